#include "mime/address_list.h"

#include <algorithm>
#include <cstddef>

#include <gmime/gmime.h>

#include "core/show.h"
#include "mime/library.h"
#include "mime/owned.h"

namespace mime {
namespace {

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

void collect(InternetAddressList* list, std::vector<Address>& out) {
  for (int i = 0; i < internet_address_list_length(list); ++i) {
    InternetAddress* const one = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(one)) {
      collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), out);
    } else {
      out.push_back(
          {text_of(internet_address_get_name(one)), text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)))});
    }
  }
}

// How many @ stand outside of quotes: GMime passes over what it cannot read, and nobody is to be left out silently.
std::size_t at_signs(std::string_view text) {
  std::size_t count = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    } else if (text[i] == '@' && !is_quoted) {
      ++count;
    }
  }
  return count;
}

// GMime reads a group in a group by recursion, and so do we: a colon may open one (RFC 5322 §3.4).
constexpr std::ptrdiff_t kMostColons = 1000;

core::Failure no_address(std::string_view text) {
  return core::fail(core::Blame::kInput,
                    core::phrase("'{0}' is no mail address", "'{0}' 不是邮件地址", {core::show_bytes(text)}), {},
                    {"write it as alice@example.org, or Alice <alice@example.org>; several are separated by commas",
                     "写成 alice@example.org，或 Alice <alice@example.org>；几个地址之间用英文逗号隔开"});
}

}  // namespace

core::Result<std::vector<Address>> parse_addresses(std::string_view text) {
  start_library();
  const std::string whole(text);
  // A C string ends at its first NUL.
  if (whole.find('\0') != std::string::npos) return no_address(text);
  if (std::count(text.begin(), text.end(), ':') > kMostColons) return no_address(text);
  const Owned<InternetAddressList> list(internet_address_list_parse(nullptr, whole.c_str()));
  if (!list) return no_address(text);
  std::vector<Address> addresses;
  collect(list.get(), addresses);
  for (const Address& one : addresses) {
    if (one.mailbox.find('@') == std::string::npos) return no_address(one.mailbox.empty() ? text : one.mailbox);
  }
  if (addresses.empty() || at_signs(text) != addresses.size()) return no_address(text);
  return addresses;
}

}  // namespace mime
