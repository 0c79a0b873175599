// The octets of one direction of a connection as the network cut them, for the log: what a session makes of them is said by
// the session, how many octets of the wire that was, too; here they are cut off accordingly.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// What came or left at once.
struct Piece {
  std::size_t octets = 0;
  std::chrono::microseconds at{};  // when; on the clock of whoever keeps the log

  bool operator==(const Piece&) const = default;
};

// Octets of the wire, and their pieces: these add up to the octets, in their order.
struct Octets {
  std::string bytes;
  std::vector<Piece> pieces;
};

// In one piece.
[[nodiscard]] Octets in_one_piece(std::string bytes, std::chrono::microseconds at);

class Tape {
 public:
  void add(std::string_view octets, std::chrono::microseconds at);

  // The oldest octets, at most so many; a piece that reaches further is cut, and both parts keep its time.
  [[nodiscard]] Octets take(std::size_t octets);
  [[nodiscard]] Octets take_all() { return take(size()); }
  // All but the newest.
  [[nodiscard]] Octets take_all_but(std::size_t octets) { return take(size() - (octets < size() ? octets : size())); }

  // Those that were not taken yet.
  [[nodiscard]] std::string_view octets() const { return std::string_view(bytes_).substr(begin_); }
  [[nodiscard]] std::size_t size() const { return bytes_.size() - begin_; }

 private:
  std::string bytes_;
  std::size_t begin_ = 0;  // octets of bytes_ that were taken
  std::deque<Piece> pieces_;
};

}  // namespace core
