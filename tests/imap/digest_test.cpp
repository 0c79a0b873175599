#include "imap/digest.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "imap/stored_message.h"
#include "tests/imap/letters.h"
#include "tests/imap/mailbox_of.h"

TEST_CASE("imap digest: packed and unpacked it is the same") {
  for (const test::Letter& letter : test::letters()) {
    CAPTURE(letter.name);
    test::MailboxOf box({{letter.message}});
    const auto content = box.folder().content({1}, mailbox::Lines::kCrlf);
    const auto digest = imap::digest_of(**content);
    REQUIRE(digest);
    const std::string octets = imap::packed(*digest);
    CHECK(imap::unpacked(octets) == *digest);
    CHECK(imap::packed_envelope(octets) == digest->envelope);
    // Whatever has become of them, they are a digest or none.
    for (std::size_t size = 0; size < octets.size(); ++size)
      CHECK_FALSE(imap::unpacked(std::string_view(octets).substr(0, size)));
    for (std::size_t at = 0; at < octets.size(); ++at) {
      std::string damaged = octets;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x81);
      if (const auto other = imap::unpacked(damaged)) CHECK_FALSE(other->tree.parts.empty());
    }
  }
}

TEST_CASE("imap digest: what was worked out once is taken from the notes") {
  test::MailboxOf box({{"Subject: one\r\n\r\nx"}, {"Subject: two\r\n\r\n"}});
  std::string envelope;
  REQUIRE(imap::StoredMessage(box.folder(), box.entry(0)).append_envelope(envelope));
  CHECK(envelope == "(NIL \"one\" NIL NIL NIL NIL NIL NIL NIL NIL)");
  mailbox::Notes* const notes = box.folder().notes(imap::kDigestFormat);
  REQUIRE(notes != nullptr);
  REQUIRE(notes->find({1}));
  // What stands in the notes is believed.
  notes->keep({2}, std::string(*notes->find({1})));
  envelope.clear();
  REQUIRE(imap::StoredMessage(box.folder(), box.entry(1)).append_envelope(envelope));
  CHECK(envelope == "(NIL \"one\" NIL NIL NIL NIL NIL NIL NIL NIL)");
  // What is no digest is worked out again.
  notes->keep({2}, "\xFF\xFF nonsense");
  imap::StoredMessage second(box.folder(), box.entry(1));
  envelope.clear();
  REQUIRE(second.append_envelope(envelope));
  CHECK(envelope == "(NIL \"two\" NIL NIL NIL NIL NIL NIL NIL NIL)");
  CHECK((*second.tree())->size() == 16);
}
