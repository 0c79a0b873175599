// Line ends in big stretches of mail data, found without looking at one line after the other.
#pragma once

#include <cstddef>
#include <string_view>

namespace smtp {

// Octets that is_smooth looks at.
inline constexpr std::size_t kScanBlock = 128;

// Whether in these kScanBlock octets every LF stands behind a CR, every CR before a LF, and no dot behind a LF. The octet
// before the block counts, a CR at its end is left to the next one. REQUIRES: block[-1] may be read.
[[nodiscard]] bool is_smooth(const char* block);

// Which line ends other than CRLF were seen in octets that come in any chunking.
class LineEndTally {
 public:
  void receive(std::string_view bytes);

  // A LF without CR before it.
  [[nodiscard]] bool has_bare_lf() const { return has_bare_lf_; }
  // A CR without LF behind it; one at the very end counts.
  [[nodiscard]] bool has_bare_cr() const { return has_bare_cr_ || after_cr_; }

 private:
  void note(char c);

  bool after_cr_ = false;
  bool has_bare_lf_ = false;
  bool has_bare_cr_ = false;
};

}  // namespace smtp
