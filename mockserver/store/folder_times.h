// Whether anything has been put into a folder, renamed or removed there: its time tells, but for what is quite new.
#pragma once

#include <cstdint>
#include <string>

namespace store {

class FolderTimes {
 public:
  // Two changes within this time may leave the same time behind: of the clock of another machine, or of a file system that
  // counts seconds.
  static constexpr std::int64_t kCoarse = 2'000'000'000;  // ns

  // Takes down when new and cur below it changed last. Before they are read, so that nothing is missed.
  void learn(const std::string& path);
  // Nothing has changed in either since then, for certain.
  [[nodiscard]] bool hold(const std::string& path) const;
  void forget() { learnt_ = 0; }

 private:
  std::int64_t learnt_ = 0;  // when; 0: never
  std::int64_t new_ = 0;
  std::int64_t cur_ = 0;
};

}  // namespace store
