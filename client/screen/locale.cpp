#include "client/screen/locale.h"

#include <clocale>
#include <cwchar>
#include <initializer_list>
#include <string_view>

namespace screen {
namespace {

// Whether the locale reads the three octets of "▶" as one character.
bool is_utf8() {
  constexpr std::string_view kSample = "\xE2\x96\xB6";
  std::mbstate_t state{};
  wchar_t character = 0;
  return std::mbrtowc(&character, kSample.data(), kSample.size(), &state) == kSample.size() && character == 0x25B6;
}

}  // namespace

bool use_utf8_locale() {
  if (std::setlocale(LC_CTYPE, "") != nullptr && is_utf8()) return true;
  // A student's ssh session often has LANG=C or a locale that is not installed; the terminal shows UTF-8 all the same.
  for (const char* name : {"C.UTF-8", "C.utf8", "en_US.UTF-8"}) {
    if (std::setlocale(LC_CTYPE, name) != nullptr && is_utf8()) return true;
  }
  return false;
}

}  // namespace screen
