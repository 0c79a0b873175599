#include "mockserver/scenario/template.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "mockserver/scenario/step_values.h"

namespace {

const scenario::Values kValues{{"user", "alice@163.com"}, {"client", "client.example"}, {"tricky", "{user}}"}, {"empty", ""}};

}  // namespace

TEST_CASE("template: placeholders and filters are filled in") {
  struct Row {
    const char* name;
    const char* text;
    const char* want;
  };
  for (const Row& row : {
           Row{"nothing to fill", "QUIT", "QUIT"},
           Row{"empty template", "", ""},
           Row{"one placeholder", "HELO {client}", "HELO client.example"},
           Row{"two side by side", "{client}{user}", "client.examplealice@163.com"},
           Row{"literal braces", "{{user}} {{{user}}}", "{user} {alice@163.com}"},
           Row{"base64", "{user|base64}", "YWxpY2VAMTYzLmNvbQ=="},
           Row{"filters run from left to right", "{user|newline|base64}", "YWxpY2VAMTYzLmNvbQo="},
           Row{"and in the other order", "{user|base64|newline}", "YWxpY2VAMTYzLmNvbQ==\n"},
           Row{"a value is never read as a template", "<{tricky}>", "<{user}}>"},
           Row{"an empty value", "<{empty}>", "<>"},
       }) {
    CAPTURE(row.name);
    const auto filled = scenario::fill(row.text, kValues);
    REQUIRE(filled.has_value());
    CHECK(*filled == row.want);
  }
}

TEST_CASE("template: what is broken is refused by fill and by check, with a way out") {
  struct Row {
    const char* name;
    const char* text;
    const char* error;
  };
  for (const Row& row : {
           Row{"unknown name", "{usr}", "unknown placeholder {usr} (did you mean 'user'?)"},
           Row{"unknown and far from all", "{zzzzzz}", "unknown placeholder {zzzzzz} (one of: client, user)"},
           Row{"no name", "{}", "unknown placeholder {} (one of: client, user)"},
           Row{"unknown filter", "{user|base46}", "unknown filter 'base46' (did you mean 'base64'?)"},
           Row{"unclosed", "HELO {client", "'{' without '}' (a brace itself is written {{)"},
           Row{"unclosed before another", "{client {user}", "'{' without '}' (a brace itself is written {{)"},
           Row{"unopened", "client}", "'}' without '{' before it (a brace itself is written }})"},
       }) {
    CAPTURE(row.name);
    const auto filled = scenario::fill(row.text, {{"user", "u"}, {"client", "c"}});
    const auto checked = scenario::check(row.text, {"client", "user"});
    REQUIRE_FALSE(filled.has_value());
    REQUIRE_FALSE(checked.has_value());
    CHECK(core::describe(filled.error(), core::Language::kEnglish) == row.error);
    CHECK(checked.error() == filled.error());
  }
  CHECK(core::describe(scenario::check("{user}", {}).error(), core::Language::kEnglish) ==
        "unknown placeholder {user} (no placeholder is known here; a brace itself is written {{)");
}

TEST_CASE("template: check passes what fill passes") {
  CHECK(scenario::check("{{ {user|newline|base64} }} {client}", {"client", "user"}).has_value());
  CHECK(scenario::check("", {}).has_value());
}

TEST_CASE("template: a text that could be a template filled in is recognised") {
  struct Row {
    const char* name;
    const char* actual;
    const char* text;
    bool want;
  };
  for (const Row& row : {
           Row{"the same", "250 OK", "250 OK", true},
           Row{"other letters", "250 ok", "250 OK", false},
           Row{"both empty", "", "", true},
           Row{"a placeholder inside", "553 auth smtp11,AbC 15", "553 auth smtp11,{id} {timestamp}", true},
           Row{"a placeholder takes no nothing", "553 auth smtp11, 15", "553 auth smtp11,{id} {timestamp}", false},
           Row{"at the end", "250 x", "250 {id}", true},
           Row{"empty at the end", "250 ", "250 {id}", false},
           Row{"at the start", "x.com ESMTP", "{server} ESMTP", true},
           Row{"side by side take one each", "ab", "{id}{n}", true},
           Row{"side by side with too little", "a", "{id}{n}", false},
           Row{"the literal stands in the value too", "<a>b> Bye", "<{id}> Bye", true},
           Row{"the last literal must reach the end", "x-y-z", "{id}-y", false},
           Row{"the last literal overlaps the one before", "aba", "{id}b{n}ba", false},
           Row{"text behind the end", "250 OK!", "250 OK", false},
           Row{"literal braces", "{x}", "{{{id}}}", true},
           Row{"a broken template fits nothing", "{x", "{x", false},
       }) {
    CAPTURE(row.name);
    CHECK(scenario::could_be(row.actual, row.text) == row.want);
  }
}

TEST_CASE("template: could_be answers at once for a text made to be slow") {
  const std::string actual(20000, 'a');
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "{id}a";
  CHECK(scenario::could_be(actual, text));
  CHECK_FALSE(scenario::could_be(actual, text + "b"));
}

TEST_CASE("step values: what a step may name comes from the accounts") {
  scenario::Scenario one;
  CHECK(scenario::step_values(one) == scenario::Values{{"client", "client.example"}, {"response", ""}});
  one.accounts = {{"alice", "secret", "web"}, {"bob", "b", ""}};
  const scenario::Values values = scenario::step_values(one, "c");
  CHECK(values.at("user2") == "bob");
  CHECK(values.at("web_password") == "web");
  CHECK(core::base64_decode(values.at("plain")).value() == std::string("\0alice\0secret", 13));
}
