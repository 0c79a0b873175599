#include "imap/addresses.h"

#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "imap/envelope.h"

namespace {

std::string envelope_of(imap::Field field, std::string value) {
  imap::HeaderFields fields;
  fields.add(field, std::move(value));
  std::string out;
  imap::append_envelope(out, fields);
  return out;
}

}  // namespace

TEST_CASE("imap addresses: a group has a begin, members and an end") {
  const auto found = imap::parse_addresses("Friends: alice@example.org, Bob <bob@example.org>;, carol@example.org");
  REQUIRE(found.size() == 5);
  CHECK(found[0] == imap::Address{{}, {}, "Friends", {}});
  CHECK(found[1] == imap::Address{{}, {}, "alice", "example.org"});
  CHECK(found[2] == imap::Address{"Bob", {}, "bob", "example.org"});
  CHECK(found[3] == imap::Address{});
  CHECK(found[4] == imap::Address{{}, {}, "carol", "example.org"});
}

TEST_CASE("imap addresses: one that ends in the middle ends there") {
  for (const char* const list :
       {"<", "\"", "(", "a@", "a:", "<@", "a <b", "[", "a@[", "\\", ",", ";", ":", "@", ".", "<<>", "a@b("}) {
    CAPTURE(list);
    CHECK(imap::parse_addresses(list).size() <= 2);
  }
}

TEST_CASE("imap addresses: an answer does not grow without bounds") {
  std::string list;
  for (int i = 0; i < 50'000; ++i) list += "a,";
  CHECK(imap::parse_addresses(list).size() == imap::kMostAddresses);
  CHECK(envelope_of(imap::Field::kFrom, list).size() < 2'000'000);
}

TEST_CASE("imap envelope: sender and reply-to are those of From where they say nothing") {
  CHECK(envelope_of(imap::Field::kFrom, "a@b") ==
        "(NIL NIL ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL)");
  CHECK(envelope_of(imap::Field::kTo, "a@b") == "(NIL NIL NIL NIL NIL ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL)");
  CHECK(envelope_of(imap::Field::kSubject, "") == "(NIL \"\" NIL NIL NIL NIL NIL NIL NIL NIL)");
}
