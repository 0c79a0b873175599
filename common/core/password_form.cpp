#include "core/password_form.h"

#include <cstddef>

#include "core/ascii.h"

namespace core {
namespace {

unsigned kind_of(char c) {
  if (c >= 'A' && c <= 'Z') return 1U;
  if (c >= 'a' && c <= 'z') return 2U;
  return is_digit(c) ? 4U : 8U;
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
  const Form wanted = form_of(sample);
  return form.characters == wanted.characters && (form.kinds & ~wanted.kinds) == 0;
}

}  // namespace core
