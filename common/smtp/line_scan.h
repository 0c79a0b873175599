// Line ends in big stretches of mail data, found without looking at one octet after the other.
#pragma once

#include <cstddef>
#include <string_view>

namespace smtp {

// How many of these octets, from the first on, are smooth: a LF stands behind a CR and nowhere else, nothing but a LF behind
// a CR, and no dot behind a LF. The octet before the first counts, and a CR at the end is left to what follows.
// REQUIRES: octets[-1] may be read.
[[nodiscard]] std::size_t smooth_octets(const char* octets, std::size_t count);

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
