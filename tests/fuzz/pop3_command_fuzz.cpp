// Invariant: any line gives a command or an error, with parts, remarks and secrets inside the line; a command is written and
// read again as the same command, on one line; an error shows no raw octets; secrets are found in lines that nobody reads as in
// those that are read; never a crash.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/show.h"
#include "pop3/command.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

bool fits(const core::Span& span, std::string_view line) { return span.begin <= span.end && span.end <= line.size(); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view line(reinterpret_cast<const char*>(data), size);
  line = line.substr(0, line.find('\n'));  // a line holds no LF
  const pop3::ParsedCommand parsed = pop3::parse_command(line);
  for (const pop3::Remark& remark : parsed.remarks) demand(fits(remark.where, line));
  for (const pop3::Part& part : parsed.parts) demand(fits(part.where, line) && !part.name.empty());
  for (const core::Span& span : parsed.secrets) demand(fits(span, line));
  for (const bool after_login : {false, true}) {
    for (const core::Span& span : pop3::secrets_in_lines(line, after_login)) demand(fits(span, line));
  }
  if (!parsed.command) {
    const core::Error& error = parsed.command.error().error;
    demand(!error.text.empty());
    for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
      const std::string told = core::describe(error, language);
      demand(core::show_bytes(told) == told);
    }
    return 0;
  }
  const std::string written = pop3::serialise(*parsed.command);
  demand(written.ends_with("\r\n") && std::count(written.begin(), written.end(), '\n') == 1);
  const auto again = pop3::parse_command(std::string_view(written).substr(0, written.size() - 2));
  demand(again.command && *again.command == *parsed.command);
  return 0;
}
