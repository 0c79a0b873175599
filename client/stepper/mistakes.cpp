#include "client/stepper/mistakes.h"

#include <optional>

#include "client/base/spoken.h"
#include "client/stepper/untagged.h"
#include "core/base64.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;

// What one would send first inside TLS.
std::string first_inside_tls(const protocol::Protocol& spoken) {
  const std::optional<protocol::Input> input = client::offers_input(spoken);
  if (!input) return {};
  const std::string name = input->is(protocol::Role::kHello) ? " " + protocol::Identity().client_name : "";
  return std::string(input->verb()) + name;
}

void add_for_command(std::vector<Mistake>& out, const std::string& line, const protocol::Protocol& spoken) {
  if (line == spoken.input(protocol::Role::kStartTls).verb())
    out.push_back({Word::kMistakeBehindStarttls, line + "\r\n" + first_inside_tls(spoken) + "\r\n"});
  if (const std::size_t colon = line.find(":<"); colon != std::string::npos) {
    out.push_back({Word::kMistakeNoColon, line.substr(0, colon) + " " + line.substr(colon + 1) + "\r\n"});
    out.push_back({Word::kMistakeNoBrackets, core::replace_all(core::replace_all(line, "<", ""), ">", "") + "\r\n"});
  }
  const std::string_view command = untagged(spoken, line);
  if (command.size() < line.size()) out.push_back({Word::kMistakeNoTag, std::string(command) + "\r\n"});
  if (command.size() > 3) {
    std::string misspelt = line;
    const std::size_t verb = line.size() - command.size();
    std::swap(misspelt[verb + 1], misspelt[verb + 2]);
    if (misspelt != line) out.push_back({Word::kMistakeMisspelt, misspelt + "\r\n"});
  }
}

void add_for_response(std::vector<Mistake>& out, const std::string& line) {
  const auto decoded = core::base64_decode(line);
  if (!decoded || decoded->empty()) return;
  if (decoded->find('\0') == std::string::npos) out.push_back({Word::kMistakeNotBase64, *decoded + "\r\n"});
  out.push_back({Word::kMistakeNewline, core::base64_encode(*decoded + "\n") + "\r\n"});
  out.push_back({Word::kMistakePython, "b'" + line + "'\r\n"});
}

}  // namespace

std::vector<Mistake> mistakes_for(const Proposal& proposal, const protocol::Protocol& spoken, protocol::Mode mode) {
  std::vector<Mistake> out;
  if (proposal.connects()) return out;
  if (proposal.form == Form::kChunk) {
    const std::string right = proposal.octets(spoken);
    const std::size_t size = right.size() - right.find('\n') - 1;
    out.push_back({Word::kMistakeChunkLong,
                   core::replace_all(right, std::to_string(size) + " LAST", std::to_string(size + 1) + " LAST")});
    out.push_back({Word::kMistakeChunkDot, right + ".\r\n"});
    return out;
  }
  if (proposal.form == Form::kMessage) {
    // Without a dot at the start of a line there would be nothing to see.
    std::string dotted = proposal.text;
    if (dotted.find("\n.") == std::string::npos)
      dotted = core::replace_all(dotted, "\n\n", "\n\n.a line that starts with a dot\n");
    out.push_back({Word::kMistakeNotStuffed, core::replace_all(dotted, "\n", "\r\n"), dotted});
    out.push_back({Word::kMistakeLfOnly, proposal.text, proposal.text});
    return out;
  }
  const std::string& line = proposal.text;
  if (mode == protocol::Mode::kContent) {
    out.push_back({Word::kMistakeDotLf, line + "\n"});
    return out;
  }
  if (line.empty()) {  // the mere end of a line
    if (proposal.line_end == protocol::LineEnd::kCrlf) out.push_back({Word::kMistakeLfOnly, "\n"});
    return out;
  }
  out.push_back({Word::kMistakeNoCrlf, line});
  out.push_back({Word::kMistakeLfOnly, line + "\n"});
  out.push_back({Word::kMistakeLiteral, line + "\\r\\n"});
  if (mode == protocol::Mode::kLogin) {
    add_for_response(out, line);
  } else {
    add_for_command(out, line, spoken);
  }
  return out;
}

}  // namespace stepper
