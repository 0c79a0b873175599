#include "imap/envelope.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "imap/addresses.h"

namespace imap {
namespace {

// What people read, as it is shown to them: white space, also that of folded lines, is one blank.
std::string shown(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t white = std::min(text.find_first_of(" \t\r\n"), text.size());
    out += text.substr(0, white);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n", white), text.size()));
    if (!text.empty()) out += ' ';
  }
  return out;
}

// addr-name SP addr-adl SP addr-mailbox SP addr-host
void append_address(std::string& out, const Address& address, Quoted quoted) {
  out += '(';
  append_nstring(out, address.name ? std::optional(shown(*address.name)) : std::nullopt, quoted);
  for (const auto* const part : {&address.route, &address.mailbox, &address.host}) {
    out += ' ';
    append_nstring(out, *part, quoted);
  }
  out += ')';
}

// "(" 1*address ")" / nil
std::string addresses_text(std::optional<std::string_view> field, Quoted quoted) {
  std::string text;
  if (field) {
    for (const Address& address : parse_addresses(*field)) append_address(text, address, quoted);
  }
  return text.empty() ? "NIL" : "(" + text + ")";
}

}  // namespace

void append_envelope(std::string& out, const HeaderFields& fields, Quoted quoted) {
  const auto append_text = [&](Field field) { append_nstring(out, fields.find(field), quoted); };
  out += '(';
  append_text(Field::kDate);
  const auto subject = fields.find(Field::kSubject);
  out += ' ';
  append_nstring(out, subject ? std::optional(shown(*subject)) : std::nullopt, quoted);
  const std::string from = addresses_text(fields.find(Field::kFrom), quoted);
  out += ' ' + from;
  for (const Field field : {Field::kSender, Field::kReplyTo}) {
    const std::string addresses = addresses_text(fields.find(field), quoted);
    out += ' ' + (addresses == "NIL" ? from : addresses);
  }
  for (const Field field : {Field::kTo, Field::kCc, Field::kBcc}) out += ' ' + addresses_text(fields.find(field), quoted);
  for (const Field field : {Field::kInReplyTo, Field::kMessageId}) {
    out += ' ';
    append_text(field);
  }
  out += ')';
}

}  // namespace imap
