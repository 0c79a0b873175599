// What FETCH says of odd messages, as tests/imap/letters.txt has it. UPDATE_GOLDEN=1 writes it.
#include "tests/imap/letters.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "imap/body_structure.h"
#include "imap/envelope.h"
#include "imap/message_tree.h"

namespace {

imap::MessageTree tree_of(std::string_view message, std::size_t piece = std::string_view::npos) {
  imap::TreeReader reader;
  for (std::string_view rest = message; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
    reader.feed(rest.substr(0, piece));
  return reader.finish();
}

std::vector<std::string> answers_to(const std::string& message) {
  const imap::MessageTree tree = tree_of(message);
  std::string envelope = "ENVELOPE ";
  std::string structure = "BODYSTRUCTURE ";
  imap::append_envelope(envelope, tree.parts.front().fields);
  imap::append_body_structure(structure, tree, imap::Extension::kWith);
  return {test::escaped(envelope), test::escaped(structure)};
}

void write(const std::vector<test::Letter>& letters) {
  std::ofstream file(test::letters_path());
  for (const test::Letter& letter : letters) {
    file << "== " << letter.name << '\n' << letter.written;
    for (const std::string& answer : answers_to(letter.message)) file << "=> " << answer << '\n';
    for (const std::string& why : letter.differing) file << "=! " << why << '\n';
    file << '\n';
  }
}

}  // namespace

TEST_CASE("imap letters: what FETCH says of odd messages") {
  const std::vector<test::Letter> letters = test::letters();
  REQUIRE(letters.size() > 150);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) return write(letters);
  for (const test::Letter& letter : letters) {
    CAPTURE(letter.name);
    CHECK(answers_to(letter.message) == letter.answers);
  }
}

TEST_CASE("imap letters: however a message is cut, its parts are the same") {
  for (const test::Letter& letter : test::letters()) {
    CAPTURE(letter.name);
    const imap::MessageTree whole = tree_of(letter.message);
    CHECK(whole.size() == letter.message.size());
    for (const std::size_t piece : {1, 2, 3, 7, 64}) {
      CAPTURE(piece);
      CHECK(tree_of(letter.message, piece) == whole);
    }
  }
}
