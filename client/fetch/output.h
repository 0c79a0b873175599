// A file that is written, with every error told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace fetch {

// number: errno. Blame::kSystem; ids: disk-full, file-unwritable.
[[nodiscard]] core::Error write_error(const std::string& path, int number);

class Output {
 public:
  // A new one, empty; another of this name is gone.
  static core::Result<Output> create(const std::string& path);
  // One that may exist, to be written on. Nobody else may have it open so: error id file-busy.
  static core::Result<Output> go_on(const std::string& path);
  ~Output();
  Output(Output&& other) noexcept : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}
  Output& operator=(Output&&) = delete;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // What stands behind so many octets is gone.
  core::Result<void> cut(std::size_t size);
  core::Result<void> write(std::string_view octets);
  // On the disk, and closed.
  core::Result<void> close();

 private:
  Output(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  int file_;
};

}  // namespace fetch
