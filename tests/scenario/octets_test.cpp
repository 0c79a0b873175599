#include "mockserver/scenario/octets.h"

#include <string>

#include <doctest/doctest.h>

using scenario::expand_octets;

TEST_CASE("octets: repetitions and single octets are written out, the rest stays a template") {
  struct Row {
    std::string text;
    std::string want;
  };
  for (const Row& row : {
           Row{"250 OK\n", "250 OK\n"},
           Row{"{a*3}-{ab*2}", "aaa-abab"},
           Row{"{**2}", "**"},
           Row{"{0xff}{0x00}", std::string("\xff\0", 2)},
           Row{"{0x7b}{0x7D}", "{{}}"},
           Row{"{client} {{a*2}} {user|base64}", "{client} {{a*2}} {user|base64}"},
           Row{"{unclosed", "{unclosed"},
           Row{"}", "}"},
           Row{"", ""},
       }) {
    CAPTURE(row.text);
    CHECK(expand_octets(row.text).value() == row.want);
  }
  CHECK(expand_octets("{x*1000000}").value().size() == 1'000'000);
  CHECK(expand_octets("250 {x*500000}{y*500000}\n").value().size() == 1'000'005);
  for (const char* const bad :
       {"{0xf}", "{0xfff}", "{0xgg}", "{*3}", "{a*}", "{a*0}", "{a*-1}", "{ab*500001}", "{a*600000}{b*600000}"}) {
    CAPTURE(bad);
    CHECK_FALSE(expand_octets(bad).has_value());
  }
}
