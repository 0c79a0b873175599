#include "client/commands/explain_message.h"

#include <fstream>
#include <iostream>
#include <optional>

#include "client/base/options.h"
#include "client/base/words.h"
#include "client/conversation/complain.h"
#include "client/stepper/letter_view.h"
#include "core/result.h"

namespace commands {
namespace {

// At most kLongestMessage octets and one; nothing where it cannot be read.
std::optional<std::string> octets_in(std::istream& in) {
  std::string octets;
  std::string piece(std::size_t{64} * 1024, '\0');
  while (octets.size() <= kLongestMessage && in.read(piece.data(), static_cast<std::streamsize>(piece.size()))) octets += piece;
  octets.append(piece, 0, static_cast<std::size_t>(in.gcount()));
  return in.bad() ? std::nullopt : std::optional(std::move(octets));
}

std::optional<std::string> octets_of(const std::string& name) {
  if (name == "-") return octets_in(std::cin);
  std::ifstream file(name, std::ios::binary);
  // A folder can be opened, and not be read.
  if (!file || (file.peek() == std::ifstream::traits_type::eof() && !file.eof())) return std::nullopt;
  file.clear();
  return octets_in(file);
}

}  // namespace

int explain_message(const std::string& name, const knowledge::Knowledge& knowledge, core::Language language, std::ostream& out,
                    std::ostream& err) {
  std::optional<std::string> octets = octets_of(name);
  if (!octets) {
    client::complain({core::Blame::kInput, {"cannot read the message", "邮件读不了"}, name, {}, "file-unreadable"}, language,
                     err);
    return client::kUsage;
  }
  if (octets->size() > kLongestMessage) {
    octets->resize(kLongestMessage);
    err << "smtplab: " << client::word(client::Word::kLetterCut, language) << '\n';
  }
  for (const screen::Line& line : stepper::letter_lines(*octets, knowledge, language)) {
    for (const screen::Run& run : line) out << run.text;
    out << '\n';
  }
  return client::kDone;
}

}  // namespace commands
