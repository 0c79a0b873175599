// A descriptor that is closed with its owner, and files that only memory holds.
#pragma once

#include <string>

namespace program {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] int release();

 private:
  int number_;
};

// A file of this content, at its beginning (memfd_create(2)). Its number is -1 when memory is out.
[[nodiscard]] Descriptor memory_file(const std::string& content);
[[nodiscard]] std::string content_of(const Descriptor& file);  // at most 64 KiB of it
// Empties it, for another one to write into it.
void empty(const Descriptor& file);
// Whoever reads next reads from the beginning.
void rewind(const Descriptor& file);

}  // namespace program
