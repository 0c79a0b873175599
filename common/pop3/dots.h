// Byte-stuffing of answers with many lines, on the fly (RFC 1939 §3): a line that begins with a dot gets another one, and a
// line of one dot alone is the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pop3 {

class DotWriter {
 public:
  // Appends what goes on the wire. `octets`: lines that end in CRLF, cut anywhere.
  void write(std::string_view octets, std::string& out);
  // The end mark, and before it a CRLF where the last line has none. Once, behind everything.
  void finish(std::string& out);

 private:
  bool at_line_start_ = true;
};

class DotReader {
 public:
  // Reads octets of the wire up to the end mark at most, appends what they mean, and gives how many it has read: all, until it
  // is done. A line may end in LF alone, the end mark too: some servers do that, and nobody can hide in it.
  std::size_t read(std::string_view octets, std::string& out);

  // The end mark was read.
  [[nodiscard]] bool is_done() const { return place_ == Place::kDone; }
  // Dots that were taken away.
  [[nodiscard]] std::size_t dots() const { return dots_; }

 private:
  enum class Place : std::uint8_t { kLineStart, kLine, kDot, kDotCr, kDone };

  void read_dot(char c, std::string& out);

  Place place_ = Place::kLineStart;
  std::size_t dots_ = 0;
};

}  // namespace pop3
