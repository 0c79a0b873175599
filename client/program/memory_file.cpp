#include "client/program/memory_file.h"

#include <algorithm>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace program {

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int Descriptor::release() { return std::exchange(number_, -1); }

Descriptor memory_file(const std::string& content) {
  Descriptor file(memfd_create("smtplab", MFD_CLOEXEC));
  std::size_t written = 0;
  while (written < content.size()) {
    const ssize_t more = write(file.number(), content.data() + written, content.size() - written);
    if (more <= 0) return Descriptor();
    written += static_cast<std::size_t>(more);
  }
  rewind(file);
  return file;
}

std::string content_of(const Descriptor& file) {
  std::string content(std::size_t{64} * 1024, '\0');
  const ssize_t got = pread(file.number(), content.data(), content.size(), 0);
  content.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return content;
}

void empty(const Descriptor& file) {
  if (ftruncate(file.number(), 0) == 0) rewind(file);
}

void rewind(const Descriptor& file) { lseek(file.number(), 0, SEEK_SET); }

}  // namespace program
