#include "imap/plain_answer.h"

#include <string>

namespace imap {
namespace {

Answer enabled(const Enable& words, const std::optional<Selected>& selected) {
  Answer answer = ok("ENABLE completed");
  answer.data.emplace_back("ENABLED");
  for (const std::string& one : words.capabilities) {
    answer.data.front() += " " + (one == "IMAP4REV2" ? std::string("IMAP4rev2") : one);
    // RFC 7162 §3.1.2.1: the client has not heard of it, or did not listen.
    if (one == "CONDSTORE" && selected)
      answer.data.push_back("OK [HIGHESTMODSEQ " + std::to_string(selected->listing().mod_sequence) + "] the last change");
  }
  return answer;
}

}  // namespace

std::optional<Answer> plain_answer(const Command& command, const ServerConfig& config, const Capabilities& offered,
                                   const std::optional<Selected>& selected) {
  switch (command.verb) {
    case Input::kCapability: {
      Answer answer = ok("CAPABILITY completed");
      answer.data.push_back("CAPABILITY " + offered.text());
      return answer;
    }
    case Input::kNoop:
    case Input::kCheck: return ok(std::string(row(command.verb).verb) + " completed");
    case Input::kId: {
      Answer answer = ok("ID completed");
      answer.data.emplace_back("ID (\"name\" \"smtplab\")");
      return answer;
    }
    case Input::kLogout: {
      Answer answer = ok("LOGOUT completed");
      answer.data.push_back("BYE " + config.name + " closes the connection");
      return answer;
    }
    case Input::kStarttls: return ok("begin TLS negotiation");
    case Input::kNamespace: {
      Answer answer = ok("NAMESPACE completed");
      answer.data.push_back(std::string("NAMESPACE ((\"\" \"") + config.names.separator + "\")) NIL NIL");
      return answer;
    }
    case Input::kEnable: return enabled(command.words<Enable>(), selected);
    case Input::kIdle: return Answer{Condition::kMore, {}, "idling"};
    default: return std::nullopt;
  }
}

}  // namespace imap
