#include "core/password_form.h"

#include <array>
#include <string_view>

#include <doctest/doctest.h>

namespace {

struct FormRow {
  std::string_view text;
  std::string_view sample;
  bool same;
};

constexpr std::array kFormRows{
    FormRow{"abcdefghijklmnop", "zyxwvutsrqponmlk", true},
    FormRow{"czzx fmuv prrd smvb", "zyxwvutsrqponmlk", true},
    FormRow{"ABCDEFGHIJKLMNOP", "zyxwvutsrqponmlk", false},
    FormRow{"abcdefghijklmno", "zyxwvutsrqponmlk", false},
    FormRow{"abcdefghijklmno1", "zyxwvutsrqponmlk", false},
    FormRow{"Kq4zDnRtLmWaBcHv", "HVKQXZDNRTLMWABC", true},
    FormRow{"Kq4zDnRtLmWaBcH!", "HVKQXZDNRTLMWABC", false},
    FormRow{"wangyi163", "HVKQXZDNRTLMWABC", false},
    FormRow{"abcd", "a1B!", true},
    FormRow{"secret!", "CODE", false},
};

}  // namespace

TEST_CASE("password form: as long, and of no other kinds") {
  for (const FormRow& row : kFormRows) {
    CAPTURE(row.text);
    CHECK(core::has_form_of(row.text, row.sample) == row.same);
  }
}
