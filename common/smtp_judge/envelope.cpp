#include "smtp_judge/envelope.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/text.h"
#include "findings/entity.h"
#include "mime/read.h"

namespace smtp_judge {
namespace {

using findings::Sight;

// A recipient without a domain is a user of the server, whatever domain the header gives him.
bool is_same(std::string_view address, std::string_view path) {
  if (path.find('@') == std::string_view::npos) address = address.substr(0, address.find('@'));
  return core::equals_ignoring_case(address, path);
}

bool was_named(std::string_view address, const Known& known) {
  return std::any_of(known.named.begin(), known.named.end(), [&](const std::string& path) { return is_same(address, path); });
}

// One address and no other, written out: to see that takes no reader of addresses.
bool is_only(std::string_view value, std::string_view address) {
  if (address.find('@') == std::string_view::npos || std::count(value.begin(), value.end(), '@') != 1) return false;
  const std::size_t at = value.find(address);
  if (at == std::string_view::npos) return false;
  const std::string_view behind = value.substr(at + address.size());
  const bool has_brackets = at > 0 && value[at - 1] == '<' && behind.starts_with('>');
  return has_brackets || core::trim(core::without_line_end(value)) == address;
}

bool names_only_one_of(std::string_view value, const std::vector<std::string>& paths) {
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) { return is_only(value, path); });
}

}  // namespace

std::vector<Sight> beside_envelope(std::string_view message, const findings::Entity& letter, const Known& known) {
  std::vector<Sight> sights;
  const std::string sender = known.mail.path.address();
  const mime::RawField* const from = letter.find("From");
  if (from != nullptr && !sender.empty() && !is_only(from->value, sender)) {
    const std::vector<std::string> writers = mime::mailboxes_in(from->value);
    const bool is_sender =
        std::any_of(writers.begin(), writers.end(), [&](const std::string& one) { return is_same(one, sender); });
    if (!writers.empty() && !is_sender)
      sights.push_back({"from-header-mismatch", findings::span_of(*from, message), true, core::same("From: <" + sender + ">")});
  }
  for (const mime::RawField& field : letter.fields) {
    if (!mime::has_name(field, "To") && !mime::has_name(field, "Cc")) continue;
    if (names_only_one_of(field.value, known.named)) continue;
    for (const std::string& address : mime::mailboxes_in(field.value)) {
      if (address.find('@') == std::string::npos || was_named(address, known)) continue;
      sights.push_back(
          {"header-recipient-without-rcpt", findings::span_of(field, message), true, core::same("RCPT TO:<" + address + ">")});
      return sights;
    }
  }
  return sights;
}

}  // namespace smtp_judge
