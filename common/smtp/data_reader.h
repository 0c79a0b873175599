// Mail data: from the 354 to CRLF.CRLF, with the dots that were stuffed taken out again (RFC 5321 §4.5.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smtp {

// What ends the data besides CRLF.CRLF.
enum class DataEnd : std::uint8_t {
  kCrlf,  // nothing
  // A dot alone between LFs, where every line before it ended in LF alone as well: a person at a keyboard. Lines of both kinds
  // never end a message so: two servers that disagree about its end let an attacker put a second one inside (CVE-2023-51764).
  kLfThroughout,
  kAnyLf,  // a dot alone between LFs anywhere: what that takes, for lessons only
};

// Reads the mail data of one message in any chunking. Everything but the stuffed dots is kept octet for octet.
class DataReader {
 public:
  // limit: octets kept; what comes beyond is read and dropped, so that the dialogue stays in step.
  explicit DataReader(std::size_t limit, DataEnd end = DataEnd::kCrlf) : limit_(limit), end_(end) {}

  // Takes octets up to the end of the data; gives how many it took. Less than all of them only when is_done().
  std::size_t receive(std::string_view bytes);

  [[nodiscard]] bool is_done() const { return line_ == Line::kDone; }
  // The message so far, unstuffed; the terminating line is not part of it, the CRLF before it is.
  [[nodiscard]] std::string& message() { return message_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool too_large() const { return size_ > limit_; }
  // A LF without CR before it, and a CR without LF behind it, were seen in the data.
  [[nodiscard]] bool has_bare_lf() const { return has_bare_lf_; }
  [[nodiscard]] bool has_bare_cr() const { return has_bare_cr_; }
  // It was a dot between LFs, not CRLFs, that ended it.
  [[nodiscard]] bool ended_by_lf() const { return ended_by_lf_; }
  // What came last was a dot alone on a line, but not between two CRLFs: the client thinks that it has finished.
  [[nodiscard]] bool looks_finished() const;

 private:
  // Where in a line the next octet stands. A dot counts only at the start of a line whose predecessor ended in CRLF.
  enum class Line : std::uint8_t { kStart, kDot, kDotCr, kInside, kInsideCr, kDone };

  // A stretch of octets that is read and not yet kept: whole stretches are copied at once.
  struct Stretch {
    std::string_view bytes;
    std::size_t begin = 0;
    std::size_t at = 0;
  };

  void pass(Stretch& stretch);
  void step(Stretch& stretch);
  void skip(Stretch& stretch, Line next);
  void undo_dot(Stretch& stretch);
  [[nodiscard]] bool lf_ends_line() const;
  void keep(std::string_view octets) {
    if (!octets.empty()) append(octets);
  }
  void append(std::string_view octets);
  void remember_tail(std::string_view taken);

  std::size_t limit_;
  DataEnd end_;
  Line line_ = Line::kStart;
  bool has_bare_lf_ = false;
  bool has_bare_cr_ = false;
  bool has_crlf_ = false;         // ended a line; only looked for where it matters
  bool began_behind_lf_ = false;  // the line that is being read: LF alone ended the one before
  bool ended_by_lf_ = false;
  std::size_t size_ = 0;
  // The last octets on the wire, as many as CR or LF, dot, CR LF are. Mail data begins where a line does.
  std::array<char, 4> tail_{'\r', '\n', '\r', '\n'};
  std::string message_;
};

// `message` as it goes over the wire: every line that starts with a dot gets another one, lines end as they are, a
// CRLF is added when the last line has none; the terminating ".\r\n" is not added.
[[nodiscard]] std::string dot_stuff(std::string_view message);

}  // namespace smtp
