// Invariant: any octets have parts that lie within each other and in their order, however the octets are cut into pieces;
// ENVELOPE, BODYSTRUCTURE and BODY are parenthesized lists of legal tokens; what is packed is unpacked the same, and any octets
// are unpacked as a digest or as none; every section that a part can have lies within the message; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "imap/body_structure.h"
#include "imap/digest.h"
#include "imap/envelope.h"
#include "imap/message_tree.h"
#include "imap/section.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

imap::MessageTree tree_of(std::string_view message, std::size_t piece) {
  imap::TreeReader reader;
  for (; !message.empty(); message.remove_prefix(std::min(piece, message.size()))) reader.feed(message.substr(0, piece));
  return reader.finish();
}

void check_parts(const imap::MessageTree& tree, std::size_t size) {
  demand(tree.size() == size);
  for (std::uint32_t index = 0; index < tree.parts.size(); ++index) {
    const imap::Part& part = tree.parts[index];
    const imap::Part& outer = tree.parts[part.outer];
    demand(part.header.begin <= part.header.end && part.header.end == part.body.begin && part.body.begin <= part.body.end);
    demand(part.lines <= part.body.size());
    if (index == 0) continue;
    demand(outer.kind != imap::Part::Kind::kSingle);
    demand(part.body.end <= size && part.header.begin >= outer.header.begin);
  }
}

// Strings, literals, numbers, NIL, and parentheses that match.
void check_list(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    demand(c != '\0' && c != '\r' && c != '\n');
    if (c == '"') {
      for (++at; text.at(at) != '"'; ++at) {
        demand(static_cast<unsigned char>(text[at]) < 128 && text[at] != '\r' && text[at] != '\n');
        if (text[at] == '\\') demand(text.at(++at) == '"' || text[at] == '\\');
      }
    } else if (c == '{') {
      const std::size_t end = text.find("}\r\n", at);
      demand(end != std::string_view::npos);
      at = end + 2 + static_cast<std::size_t>(std::stoull(std::string(text.substr(at + 1, end - at - 1))));
      demand(at < text.size());
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      demand(depth > 0);
      demand(--depth > 0 || at + 1 == text.size());
    } else {
      demand(c == ' ' || (c >= '0' && c <= '9') || c == 'N' || c == 'I' || c == 'L');
    }
  }
  demand(depth == 0);
}

void check_sections(const imap::MessageTree& tree) {
  using What = imap::Section::What;
  for (const What what : {What::kAll, What::kHeader, What::kText, What::kMime}) {
    for (std::uint32_t one = 0; one < 4; ++one) {
      for (std::uint32_t other = 0; other < 4; ++other) {
        const auto extent = imap::find_section(tree, {{one, other}, what});
        if (extent) demand(extent->begin <= extent->end && extent->end <= tree.size());
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const imap::MessageTree tree = tree_of(message, std::string_view::npos);
  demand(tree == tree_of(message, 1) && tree == tree_of(message, 7));
  check_parts(tree, size);
  check_sections(tree);
  imap::Digest digest{{}, tree};
  imap::append_envelope(digest.envelope, tree.parts.front().fields);
  check_list(digest.envelope);
  for (const imap::Extension extension : {imap::Extension::kWithout, imap::Extension::kWith}) {
    std::string structure;
    imap::append_body_structure(structure, tree, extension);
    check_list(structure);
  }
  demand(imap::unpacked(imap::packed(digest)) == digest);
  if (const auto other = imap::unpacked(message)) demand(imap::unpacked(imap::packed(*other)) == *other);
  return 0;
}
