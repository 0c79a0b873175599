// Invariant: any line gives a command or an error, with remarks and secrets inside the line; a command is written and read
// again as the same command, on one line; an error shows no raw octets and no secret; never a crash.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/show.h"
#include "smtp/command.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void try_line(std::string_view line, smtp::CommandLeniency leniency) {
  const smtp::ParsedCommand parsed = smtp::parse_command(line, leniency);
  for (const smtp::Remark& remark : parsed.remarks)
    demand(remark.where.begin <= remark.where.end && remark.where.end <= line.size());
  for (const core::Span& span : parsed.secrets) demand(span.begin <= span.end && span.end <= line.size());
  if (!parsed.command) {
    const core::Error& error = parsed.command.error().error;
    demand(!error.text.empty());
    demand(core::show_bytes(core::describe(error, core::Language::kEnglish)) ==
           core::describe(error, core::Language::kEnglish));
    return;
  }
  const std::string written = smtp::serialise(*parsed.command);
  demand(written.ends_with("\r\n") && std::count(written.begin(), written.end(), '\n') == 1);
  const auto again = smtp::parse_command(std::string_view(written).substr(0, written.size() - 2), leniency);
  demand(again.command && *again.command == *parsed.command);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view line(reinterpret_cast<const char*>(data), size);
  line = line.substr(0, line.find('\n'));  // a line holds no LF
  for (unsigned bits = 0; bits < 16; ++bits) {
    try_line(line, {(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, (bits & 8U) != 0});
  }
  return 0;
}
