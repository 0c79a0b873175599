#include "smtp/extensions.h"

#include <string>

#include <doctest/doctest.h>

namespace {

smtp::Extensions learned() {
  return smtp::Extensions::from_reply({smtp::ReplyCode(250),
                                       {"mail.example greets client.example", "PIPELINING", "SIZE 35882577", "AUTH LOGIN PLAIN",
                                        "AUTH=LOGIN PLAIN", "8bitmime", "STARTTLS"}});
}

}  // namespace

TEST_CASE("smtp extensions: every line behind the first is one, in any letter case") {
  const smtp::Extensions extensions = learned();
  CHECK(extensions.lines().size() == 6);
  CHECK(extensions.offers("PIPELINING"));
  CHECK(extensions.offers("pipelining"));
  CHECK(extensions.offers("8BITMIME"));
  CHECK(extensions.offers("AUTH"));
  CHECK_FALSE(extensions.offers("mail.example"));
  CHECK_FALSE(extensions.offers("PIPE"));
  CHECK_FALSE(extensions.offers("PIPELININGS"));
  CHECK_FALSE(extensions.offers("LOGIN"));
  CHECK_FALSE(extensions.offers(""));
  CHECK_FALSE(extensions.empty());
}

TEST_CASE("smtp extensions: parameters are those behind the keyword") {
  const smtp::Extensions extensions = learned();
  CHECK(std::string(extensions.parameters("size")) == "35882577");
  CHECK(std::string(extensions.parameters("AUTH")) == "LOGIN PLAIN");
  CHECK(extensions.parameters("PIPELINING").empty());
  CHECK(extensions.parameters("DSN").empty());
}

TEST_CASE("smtp extensions: mechanisms are whole words of AUTH or of the old AUTH=") {
  const smtp::Extensions both = learned();
  CHECK(both.offers_mechanism("LOGIN"));
  CHECK(both.offers_mechanism("plain"));
  CHECK_FALSE(both.offers_mechanism("PLAI"));
  CHECK_FALSE(both.offers_mechanism("CRAM-MD5"));
  CHECK_FALSE(both.offers_mechanism(""));
  const auto old = smtp::Extensions::from_lines({"AUTH=LOGIN PLAIN"});
  CHECK(old.offers_mechanism("LOGIN"));
  CHECK(old.offers_mechanism("PLAIN"));
  const auto none = smtp::Extensions::from_lines({"AUTHX LOGIN", "XAUTH PLAIN"});
  CHECK_FALSE(none.offers_mechanism("LOGIN"));
  CHECK_FALSE(none.offers_mechanism("PLAIN"));
  const auto tail = smtp::Extensions::from_lines({"AUTH XLOGIN LOGIN"});
  CHECK(tail.offers_mechanism("LOGIN"));
}

TEST_CASE("smtp extensions: the mechanisms are listed once each") {
  const auto names = [](const smtp::Extensions& extensions) {
    std::string out;
    for (const std::string& one : extensions.mechanisms()) out += (out.empty() ? "" : " ") + one;
    return out;
  };
  CHECK(names(learned()) == "LOGIN PLAIN");
  CHECK(names(smtp::Extensions::from_lines({"AUTH=login  Plain", "AUTH SCRAM-SHA-1"})) == "LOGIN PLAIN SCRAM-SHA-1");
  CHECK(names(smtp::Extensions::from_lines({"AUTH", "AUTHX LOGIN", "SIZE"})).empty());
}

TEST_CASE("smtp extensions: a reply of one line announces nothing") {
  CHECK(smtp::Extensions::from_reply({smtp::ReplyCode(250), {"PIPELINING"}}).empty());
  CHECK(smtp::Extensions().empty());
  CHECK_FALSE(smtp::Extensions().offers("SIZE"));
}

TEST_CASE("smtp extensions: lines without codes and the reply that carries them agree") {
  CHECK(smtp::Extensions::from_lines({"PIPELINING", "AUTH LOGIN"}) ==
        smtp::Extensions::from_reply({smtp::ReplyCode(250), {"hello", "PIPELINING", "AUTH LOGIN"}}));
}
