#include "mockserver/store/maildir_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "mockserver/store/stored_folder.h"

namespace store {
namespace {

class FileContent final : public StoredContent {
 public:
  FileContent(File file, std::string path, mailbox::Lines lines, std::uint64_t stored)
      : StoredContent(lines, stored != 0), file_(std::move(file)), path_(std::move(path)), size_(stored) {}

 private:
  std::uint64_t skip_stored(std::uint64_t octets) override {
    const std::uint64_t skipped = std::min<std::uint64_t>(octets, size_ - std::min<std::uint64_t>(size_, at_));
    at_ += skipped;
    return skipped;
  }

  core::Result<std::string_view> stored(std::size_t most) override {
    auto piece = read_at(file_, at_, most, path_);
    if (!piece) return core::Failure(piece.error());
    piece_ = std::move(*piece);
    at_ += piece_.size();
    return std::string_view(piece_);
  }

  File file_;
  std::string path_;
  std::uint64_t size_;  // 0: nothing can be skipped
  std::size_t at_ = 0;
  std::string piece_;
};

}  // namespace

File open_message(const std::string& path) {
  File file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat what {};
  if (file.is_open() && (fstat(file.get(), &what) != 0 || !S_ISREG(what.st_mode))) {
    file.close();
    errno = ENOENT;
  }
  return file;
}

std::unique_ptr<mailbox::Content> content_of(File file, std::string path, mailbox::Lines lines, std::uint64_t size) {
  struct stat what {};
  const bool is_whole = fstat(file.get(), &what) == 0 && static_cast<std::uint64_t>(what.st_size) == size;
  return std::make_unique<FileContent>(std::move(file), std::move(path), lines, is_whole ? size : 0);
}

std::optional<Known> measure(const std::string& path, const std::string& name) {
  File file = open_message(path);
  struct stat what {};
  if (!file.is_open() || fstat(file.get(), &what) != 0) return std::nullopt;
  Known message;
  message.name = name;
  message.received = what.st_mtime;
  const auto content = content_of(std::move(file), path, mailbox::Lines::kCrlf, 0);
  for (;;) {
    const auto piece = content->next();
    if (!piece) return std::nullopt;
    if (piece->empty()) return message;
    message.size += piece->size();
  }
}

}  // namespace store
