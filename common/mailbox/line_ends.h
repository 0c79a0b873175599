// Line ends as mail protocols want them, over pieces however they are cut.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailbox {

// An LF without a CR before it counts, and is written, as CRLF. A lone CR stays what it is. One object for one message.
class LineEnds {
 public:
  // Octets that this piece has with its line ends made whole.
  std::uint64_t size_of(std::string_view piece);
  // Writes them behind `out`.
  void convert(std::string_view piece, std::string& out);

 private:
  bool after_cr_ = false;  // the last piece ended in CR
};

}  // namespace mailbox
