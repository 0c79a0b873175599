// How fast a client answers: whether a person types, and whether a program waits for something that does not come.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace findings {

class Pace {
 public:
  Pace() = default;
  // is_stepped: as Server has it. Then no pause has a meaning, but that nothing more comes of what was begun.
  explicit Pace(bool is_stepped) : is_stepped_(is_stepped) {}

  // A line came so long after the reply before it.
  void answered_after(std::chrono::microseconds gap);

  // All gaps so far are those of a person at a keyboard. Nothing is known of the first ones.
  [[nodiscard]] bool is_by_hand() const;
  // At least one line came faster than anybody types.
  [[nodiscard]] bool is_program() const;
  // After each reply the same long pause, several times: a time-out of the program's own, or a sleep instead of reading.
  [[nodiscard]] bool is_clockwork() const;
  // How long nothing has to come before it means something.
  [[nodiscard]] std::chrono::microseconds patience() const;

 private:
  bool is_stepped_ = false;
  std::size_t gaps_ = 0;
  std::chrono::microseconds shortest_{};
  std::vector<std::chrono::microseconds> last_;  // the last few
};

}  // namespace findings
