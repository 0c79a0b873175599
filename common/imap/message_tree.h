// A message's parts as a tree, with the octets at which each begins and ends (RFC 2045, RFC 2046).
//
// Own parsing: BODY[2.1.MIME] and sizes must be exact to the octet, lines and parts are counted as the message stands there,
// and the message comes piece by piece, while GMime wants it whole and gives parts as it understood them. GMime decodes what
// people read (mime/read.h, mime/charset.h); SEARCH uses that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imap/content_value.h"
#include "imap/header_fields.h"

namespace imap {

// Octets of a message from 0: `begin` belongs to it, `end` does not.
struct Extent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  bool operator==(const Extent&) const = default;
};

// An entity: a message or a part of a multipart, its header and what stands behind it.
struct Part {
  enum class Kind : std::uint8_t {
    kSingle,
    kMultipart,  // its parts are the entities in `inner`: at least one
    kMessage,    // message/rfc822: the one entity in `inner` is that message
  };

  Kind kind = Kind::kSingle;
  Extent header;                     // with the empty line
  Extent body;                       // behind that, up to the line end before the next delimiter
  std::uint64_t lines = 0;           // line ends in the body
  std::uint32_t outer = 0;           // the entity in which it lies; of the message itself 0
  std::vector<std::uint32_t> inner;  // indices in MessageTree::parts
  HeaderFields fields;
  bool operator==(const Part&) const = default;
};

struct MessageTree {
  std::vector<Part> parts;  // the message itself first; what lies in another stands behind it
  [[nodiscard]] std::uint64_t size() const { return parts.front().body.end; }
  bool operator==(const MessageTree&) const = default;
};

// Of an entity in the tree, by its index. What is not said, or is no type, is text/plain, in a multipart/digest message/rfc822
// (RFC 2045 §5.2, RFC 2046 §5.1.5). Parameters are those that stand there.
[[nodiscard]] ContentType content_type_of(const MessageTree& tree, std::uint32_t part);

// Reads a message in pieces, however it is cut, in memory for its tree and one line of a header.
//
// A header ends at the first empty line, or where a delimiter cuts it off; a line in it that is no field is passed over. A line
// is a delimiter when it begins with "--" and the boundary of a multipart around it (RFC 2046 §5.1.1: what stands behind does
// not matter), where several fit of that with the longest; "--" behind that ends the multipart. The line end before a delimiter
// belongs to it, but for that of another delimiter. What no delimiter ends goes on to the end of what is around it. A multipart
// in which no part begins has one: a text without a header that is all of its body, so that nothing is lost.
class TreeReader {
 public:
  static constexpr std::size_t kDeepest = 100;          // parts within parts; what is deeper is one part without parts
  static constexpr std::size_t kMostParts = 10'000;     // then delimiters are text
  static constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 allows 70; a longer one separates nothing
  static constexpr std::size_t kMostKept = std::size_t{256} << 10;  // octets of values of fields, all headers together

  TreeReader();

  void feed(std::string_view piece);
  // That was all. The object cannot be used any more.
  [[nodiscard]] MessageTree finish();

 private:
  struct Open {
    std::uint32_t part = 0;
    std::string boundary = {};       // empty: no multipart, or behind its last delimiter
    std::uint64_t lines_before = 0;  // line ends before its body
  };
  struct Delimiter {
    std::size_t depth = 0;  // in open_
    bool closes = false;
  };

  void take_line(std::string_view line, std::uint64_t size);
  [[nodiscard]] const Delimiter* find_delimiter(std::string_view line);
  void begin_part(std::uint64_t at);
  void end_header(std::uint64_t at);
  void close_down_to(std::size_t depth, std::uint64_t line_end_size);
  void close(const Open& open, std::uint64_t line_end_size);
  void settle(std::uint32_t index);
  void add_missing_parts();
  [[nodiscard]] Part& top() { return tree_.parts[open_.back().part]; }

  MessageTree tree_;
  std::vector<Open> open_;  // from the message inwards
  HeaderReader header_{kMostKept};
  bool in_header_ = true;        // of the innermost that is open
  std::string line_;             // what has come of a line that goes on, as far as it is wanted
  std::uint64_t line_size_ = 0;  // all of that
  char last_ = 0;                // octet of it
  std::uint64_t at_ = 0;         // where the line begins
  std::uint64_t lines_ = 0;      // line ends before it
  std::uint64_t last_end_ = 0;   // octets of the line end before it
  Delimiter delimiter_;
};

}  // namespace imap
