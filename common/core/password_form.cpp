#include "core/password_form.h"

#include <cstddef>

#include "core/ascii.h"

namespace core {
namespace {

constexpr unsigned kCapitals = 1;
constexpr unsigned kSmallLetters = 2;
constexpr unsigned kDigits = 4;
constexpr unsigned kOthers = 8;

unsigned kind_of(char c) {
  if (c >= 'A' && c <= 'Z') return kCapitals;
  if (c >= 'a' && c <= 'z') return kSmallLetters;
  return is_digit(c) ? kDigits : kOthers;
}

struct Form {
  std::size_t characters = 0;
  unsigned kinds = 0;
};

Form form_of(std::string_view text) {
  Form form;
  for (const char c : text) {
    if (c == ' ') continue;
    ++form.characters;
    form.kinds |= kind_of(c);
  }
  return form;
}

}  // namespace

bool has_form_of(std::string_view text, std::string_view sample) {
  const Form form = form_of(text);
  Form wanted = form_of(sample);
  if ((wanted.kinds & kCapitals) != 0) wanted.kinds |= kSmallLetters | kDigits;
  return form.characters == wanted.characters && (form.kinds & ~wanted.kinds) == 0;
}

}  // namespace core
