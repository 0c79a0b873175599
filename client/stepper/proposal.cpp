#include "client/stepper/proposal.h"

#include "smtp/command.h"
#include "smtp/data_reader.h"

namespace stepper {

std::string Proposal::bytes() const {
  if (connects()) return {};
  if (is_line()) return text + (line_end == smtp::LineEnd::kCrlf ? "\r\n" : line_end == smtp::LineEnd::kLf ? "\n" : "");
  std::string lines = core::replace_all(core::replace_all(text, "\r\n", "\n"), "\n", "\r\n");
  if (form == Form::kMessage) return smtp::dot_stuff(lines);
  if (!lines.empty() && !lines.ends_with('\n')) lines += "\r\n";
  return "BDAT " + std::to_string(lines.size()) + " LAST\r\n" + lines;
}

std::vector<core::Span> secrets_of_command(std::string_view line) { return smtp::parse_command(line, {}).secrets; }

}  // namespace stepper
