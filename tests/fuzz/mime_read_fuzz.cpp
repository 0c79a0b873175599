// Invariant: any octets are read as a message, within the documented limits and without more coming out than they can stand
// for; names and values of fields are what mime/read.h says; addresses are found only where an @ stands; the same octets read
// the same twice; never a crash.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/text.h"
#include "mime/content.h"
#include "mime/encoded_word.h"
#include "mime/flaws.h"
#include "mime/read.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// Octets that one octet of a message can become: there are charsets in which one stands for several characters.
constexpr std::size_t kMostGrown = 16;

std::size_t check_field(const mime::Field& field) {
  demand(field.name.find_first_of(":\r\n") == std::string::npos);
  demand(core::trim(field.value) == field.value);
  const auto mailboxes = mime::mailboxes_in(field.value);
  for (const std::string& mailbox : mailboxes) demand(mailbox.find('@') != std::string::npos);
  demand(static_cast<std::ptrdiff_t>(mailboxes.size()) <= std::count(field.value.begin(), field.value.end(), '@'));
  return field.name.size() + field.value.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const mime::Read read = mime::read(message);
  std::size_t read_size = 0;
  for (const std::string& text : read.texts) read_size += text.size();
  demand(read.fields.size() <= mime::kMostFields && read_size <= mime::kLongestText);
  for (const mime::Field& field : read.fields) read_size += check_field(field);
  demand(read_size <= size * kMostGrown);
  const mime::Read again = mime::read(message);
  demand(again.texts == read.texts && again.fields.size() == read.fields.size());
  demand(mime::flaws_in(message) == mime::flaws_in(message));
  const std::string joined = mime::with_joined_words(message);
  const mime::Content content = mime::read_content(message);
  demand(content.text.size() <= (size + 2) * kMostGrown);
  for (const mime::Enclosed& part : content.enclosed) demand(mime::octets_of(part).size() <= size + 1);
  demand(joined.size() <= size + size / 2 + 4 && mime::with_joined_words(joined) == joined);
  return 0;
}
