#include "mockserver/store/files.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/system_text.h"

namespace store {

core::Failure file_failure(const core::Text& what, const std::string& path) {
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  return core::Failure(core::Error{core::Blame::kSystem,
                                   core::phrase("{0}: {1}", "{0}：{1}", {what, core::system_text(errno)}),
                                   path,
                                   {},
                                   is_full ? "disk-full" : ""});
}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = other.release();
  }
  return *this;
}

int File::release() {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  return descriptor;
}

bool File::close() { return !is_open() || ::close(release()) == 0; }

bool write_all(int file, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(file, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

core::Result<std::string> read_at(const File& file, std::size_t offset, std::size_t size, const std::string& path) {
  std::string octets(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(file.get(), octets.data() + filled, size - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_failure({"cannot read the file", "文件读不了"}, path);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  octets.resize(filled);
  return octets;
}

core::Result<void> make_folder(const std::string& path) {
  if (mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return {};
  return file_failure({"cannot make the folder", "不能新建文件夹"}, path);
}

bool lock_file(int file, bool wait) {
  int locked = 0;
  do locked = ::flock(file, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
  while (locked != 0 && errno == EINTR);
  return locked == 0 || errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP;
}

void unlock_file(int file) { ::flock(file, LOCK_UN); }

}  // namespace store
