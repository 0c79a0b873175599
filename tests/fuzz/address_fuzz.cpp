// Invariant: what is read as a mailbox or a path is written and read again as the same one, never takes more octets than
// there are, and holds no control character; remarks lie within the argument; errors show no raw octets; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain.h"
#include "core/show.h"
#include "smtp/address.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demand_printable(const core::Error& error) {
  demand(!error.text.empty());
  demand(core::show_bytes(core::describe(error, core::Language::kEnglish)) == core::describe(error, core::Language::kEnglish));
}

void try_mailbox(std::string_view input, bool allow_utf8) {
  const auto mailbox = smtp::Mailbox::parse(input, allow_utf8);
  if (!mailbox) {
    demand_printable(mailbox.error());
    return;
  }
  demand(mailbox->text() == input && mailbox->same_as(*mailbox));
  demand(input.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
  const auto again = smtp::Mailbox::parse(mailbox->text(), allow_utf8);
  demand(again && *again == *mailbox);
}

void try_path(std::string_view input, smtp::PathKind kind, smtp::PathLeniency leniency) {
  std::vector<smtp::Remark> remarks;
  const auto parsed = smtp::parse_path(input, kind, leniency, remarks);
  for (const smtp::Remark& remark : remarks) demand(remark.where.begin <= remark.where.end && remark.where.end <= input.size());
  if (!parsed) {
    demand_printable(parsed.error());
    return;
  }
  demand(parsed->length <= input.size());
  demand(parsed->path.mailbox || !parsed->path.as_written.empty() || kind == smtp::PathKind::kReverse);
  const std::string text = parsed->path.text();
  std::vector<smtp::Remark> none;
  const auto again = smtp::parse_path(text, kind, leniency, none);
  demand(again && again->path == parsed->path && again->length == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const bool allow_utf8 : {false, true}) {
    try_mailbox(input, allow_utf8);
    for (const bool no_angle_brackets : {false, true}) {
      try_path(input, smtp::PathKind::kForward, {no_angle_brackets, allow_utf8});
      try_path(input, smtp::PathKind::kReverse, {no_angle_brackets, allow_utf8});
    }
  }
  if (smtp::is_address_literal(input) || core::is_domain(input)) demand(core::show_bytes(input) == input);
  return 0;
}
