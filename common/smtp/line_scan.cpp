#include "smtp/line_scan.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace smtp {

namespace {

// Sixteen octets at once. GCC and clang make one instruction of each operation, and have it on every processor.
using Octets = char __attribute__((vector_size(16)));
using Words = std::array<std::uint64_t, 2>;

constexpr std::size_t kAtOnce = sizeof(Octets);
constexpr std::size_t kBlock = 8 * kAtOnce;

Octets load(const char* from) {
  Octets octets;
  std::memcpy(&octets, from, sizeof octets);
  return octets;
}

// All bits set in every octet that is a line end without its other half, or a dot behind a LF.
struct Rough {
  Octets ends{};
  Octets dots{};

  void look_at(const char* from) {
    const Octets octets = load(from);
    const Octets before = load(from - 1);
    ends |= (octets == '\n') ^ (before == '\r');
    dots |= (octets == '.') & (before == '\n');
  }
};

// Of so many times kAtOnce octets, put together. Written out instead of a loop, which the compilers leave one.
template <std::size_t... I>
Octets rough_of(const char* from, std::index_sequence<I...> /*which*/) {
  Rough rough;
  (rough.look_at(from + I * kAtOnce), ...);
  return rough.ends | rough.dots;
}

Octets rough_of(const char* from) { return rough_of(from, std::index_sequence<0>()); }

bool is_rough(char before, char c) { return (c == '\n') != (before == '\r') || (c == '.' && before == '\n'); }

Words words_of(Octets octets) {
  Words words;
  std::memcpy(words.data(), &octets, sizeof octets);
  return words;
}

bool any(Octets rough) {
  const Words words = words_of(rough);
  return (words[0] | words[1]) != 0;
}

// kAtOnce when none is.
std::size_t first(Octets rough) {
  const auto octet = [](std::uint64_t word) {
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(word) : std::countl_zero(word);
    return static_cast<std::size_t>(bits) / 8;
  };
  const Words words = words_of(rough);
  return words[0] != 0 ? octet(words[0]) : 8 + octet(words[1]);
}

}  // namespace

// No branch within a block: this is what makes receiving a message fast. Before the first one a look at what is near, since
// rough octets come in crowds: a message of nothing but LF must not cost a block for each.
std::size_t smooth_octets(const char* octets, std::size_t count) {
  std::size_t at = 0;
  if (count >= kAtOnce) {
    const Octets near = rough_of(octets);
    if (any(near)) return first(near);
    at = kAtOnce;
  }
  for (; count - at >= kBlock; at += kBlock) {
    if (any(rough_of(octets + at, std::make_index_sequence<kBlock / kAtOnce>()))) break;
  }
  for (; count - at >= kAtOnce; at += kAtOnce) {
    const Octets rough = rough_of(octets + at);
    if (any(rough)) return at + first(rough);
  }
  if (at == count) return count;
  if (at > 0) return count - kAtOnce + first(rough_of(octets + count - kAtOnce));  // some of them once more, all smooth
  // octets[at - 1] would wrap around for the first one.
  const char* const before = octets - 1;
  while (at < count && !is_rough(before[at], octets[at])) ++at;
  return at;
}

void LineEndTally::receive(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (at > 0) at += smooth_octets(bytes.data() + at, bytes.size() - at);
    if (at > 0) after_cr_ = bytes[at - 1] == '\r';
    if (at < bytes.size()) note(bytes[at++]);
  }
}

void LineEndTally::note(char c) {
  if (c == '\n' && !after_cr_) has_bare_lf_ = true;
  if (c != '\n' && after_cr_) has_bare_cr_ = true;
  after_cr_ = c == '\r';
}

}  // namespace smtp
