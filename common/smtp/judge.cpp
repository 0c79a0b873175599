#include "smtp/judge.h"

#include <algorithm>
#include <set>

#include "core/show.h"
#include "core/text.h"

namespace smtp {
namespace {

// RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets, code, space and CRLF included; what a client said may be longer.
constexpr std::size_t kMaxReplyText = 512 - 6;

std::string clipped(std::string text) {
  if (text.size() <= kMaxReplyText) return text;
  std::size_t end = kMaxReplyText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;  // not inside a character
  text.resize(end);
  return text;
}

std::string domain_of(const Path& path) { return path.mailbox ? core::to_lower(path.mailbox->domain()) : std::string(); }

// Different domains among the recipients when this one is taken too.
std::size_t domains_with(const std::vector<Path>& taken, const Path& path) {
  std::set<std::string> domains{domain_of(path)};
  for (const Path& one : taken) domains.insert(domain_of(one));
  return domains.size();
}

}  // namespace

Reply Judge::reply(int code, std::string_view enhanced, std::string_view text) const {
  std::string line;
  if (!enhanced.empty() && memory().extensions.offers("ENHANCEDSTATUSCODES")) line = std::string(enhanced) + " ";
  return Reply{ReplyCode(code), {clipped(line.append(text))}};
}

void Judge::greet(Turn& turn) const { turn.proposed = reply(220, "", config_.name + " ESMTP"); }

void Judge::command(Turn& turn, bool followed) const {
  if (refuse(turn)) return;
  switch (turn.input) {
    case Input::kHelo:
    case Input::kEhlo: turn.proposed = hello(*turn.said.command); break;
    case Input::kMail: mail(turn); break;
    case Input::kRcpt: rcpt(turn); break;
    case Input::kHelp: turn.proposed = help(turn.said.command->argument); break;
    case Input::kQuit: turn.proposed = reply(221, "2.0.0", config_.name + " Service closing transmission channel"); break;
    case Input::kStarttls: starttls(turn, followed); break;
    default:  // what is always answered in the same way, with its row
      if (row(turn.input).answer.code == 0) break;
      if (row(turn.input).takes == Takes::kMailbox && refuse_envelope(turn)) break;
      turn.proposed = reply(row(turn.input).answer);
  }
}

Reply Judge::hello(const Command& command) const {
  if (command.verb == Input::kHelo) return reply(250, "", config_.name);
  const std::string greets = config_.name + " greets " + core::show_bytes(command.argument);
  Reply out = reply(250, "", config_.ehlo_text.empty() ? greets : config_.ehlo_text);
  for (std::string& line : offer_.lines()) out.lines.push_back(std::move(line));
  return out;
}

Reply Judge::help(const std::string& about) const {
  if (about.empty()) {
    std::string text = "Commands:";
    for (const CommandRow& row : kCommands) {
      if (!row.verb.empty() && offer_.has_command(row.input)) text += " " + std::string(row.verb);
    }
    return reply(214, "2.0.0", text);
  }
  const std::optional<Input> command = find_command(about.substr(0, about.find(' ')));
  if (!command) return reply(504, "5.5.4", "There is no such command to tell about");
  // A reply is ASCII.
  const std::string rule = core::replace_all(row(*command).rule, "§", "section ");
  return reply(214, "2.0.0", "Syntax: " + std::string(row(*command).grammar) + " (" + rule + ")");
}

// Parameters and characters that this client may not use here.
bool Judge::refuse_envelope(Turn& turn) const {
  const Command& command = *turn.said.command;
  if (const auto refusal = refuse_parameters(command, memory().extensions, config_.limits.stream.message)) {
    turn.proposed = to(*refusal);
    if (refusal->code == 555) turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
    return true;
  }
  if (!lacks_smtputf8(command, memory())) return false;
  turn.said.remarks.push_back({RemarkKind::kNonAsciiAddress, {}});
  turn.proposed = reply(553, "5.6.7", "An address that is not ASCII needs SMTPUTF8");
  return true;
}

void Judge::mail(Turn& turn) const {
  if (refuse_envelope(turn)) return;
  const auto& most = config_.limits.messages;
  turn.proposed = most && memory().transactions >= *most ? reply(452, "4.5.3", "Too many messages in one session")
                                                         : reply(250, "2.1.0", "OK");
}

void Judge::rcpt(Turn& turn) const {
  if (refuse_envelope(turn)) return;
  const std::vector<Path>& taken = memory().forward_paths;
  const auto& domains = config_.limits.recipient_domains;
  if (taken.size() >= config_.limits.recipients) {
    turn.proposed = reply(452, "4.5.3", "Too many recipients");
  } else if (domains && domains_with(taken, turn.said.command->path) > *domains) {
    turn.proposed = reply(452, "4.5.3", "Too many domains among the recipients");
  } else {
    turn.proposed = reply(250, "2.1.5", "OK");
  }
}

// What stands behind STARTTLS in clear could come from somebody in between, to be taken for a command that came inside TLS
// (CVE-2011-0411). A client has to wait for the 220 (RFC 3207 §4).
void Judge::starttls(Turn& turn, bool followed) const {
  turn.proposed = reply(220, "2.0.0", "Ready to start TLS");
  if (!followed) return;
  turn.proposed = reply(554, "5.5.1", "Octets in clear behind STARTTLS, closing connection");
  turn.said.remarks.push_back({RemarkKind::kPlaintextBehindStarttls, {}});
  turn.closes = true;
}

}  // namespace smtp
