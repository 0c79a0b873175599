// The few things a store asks of the file system, with errors that name the file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace store {

// What errno says about it, as an error of the system; id "disk-full" where it is.
core::Failure file_failure(const core::Text& what, const std::string& path);

// An open file; closes it.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() { close(); }
  File(File&& other) noexcept : descriptor_(other.release()) {}
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  int release();
  // Whether the system has taken everything; errno says why not.
  bool close();

 private:
  int descriptor_ = -1;
};

// All of it at once; false: errno says why not.
bool write_all(int file, std::string_view octets);
// As many octets as there are from there on, at most `size`. Nothing: it cannot be read, and errno says why.
core::Result<std::string> read_at(const File& file, std::size_t offset, std::size_t size, const std::string& path);

// It may be there already.
core::Result<void> make_folder(const std::string& path);

// Takes the file's lock for itself, and waits for whoever has it; with `wait` false it does not. False: errno says why not
// (EWOULDBLOCK: somebody else has it). The system gives it back when the process dies. A file system that has no locks is taken
// for one that nobody else uses.
bool lock_file(int file, bool wait = true);
void unlock_file(int file);

}  // namespace store
