#include "client/fetch/attachments.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include <unistd.h>

#include "client/fetch/file_name.h"
#include "client/fetch/output.h"

namespace fetch {
namespace {

constexpr std::size_t kMostTries = 10'000;

bool holds(const std::string& path, std::string_view octets) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(path, error)) ||
      std::filesystem::file_size(path, error) != octets.size())
    return false;
  std::ifstream file(path, std::ios::binary);
  std::array<char, 65536> part{};
  while (file.read(part.data(), part.size()) || file.gcount() > 0) {
    const auto length = static_cast<std::size_t>(file.gcount());
    if (octets.substr(0, length) != std::string_view(part.data(), length)) return false;
    octets.remove_prefix(std::min(length, octets.size()));
  }
  return octets.empty();
}

// 0, or errno; EEXIST: there is something of this name. A link, unlike a rename, never takes its place.
int put(const std::string& draft, const std::string& path) {
  if (link(draft.c_str(), path.c_str()) == 0) return 0;
  const bool has_no_links = errno == EPERM || errno == EOPNOTSUPP;
  if (!has_no_links) return errno;
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) return EEXIST;
  return rename(draft.c_str(), path.c_str()) == 0 ? 0 : errno;
}

}  // namespace

core::Result<AttachmentFolder> AttachmentFolder::open(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!std::filesystem::is_directory(path)) return core::Failure(write_error(path, error ? error.value() : ENOTDIR));
  return AttachmentFolder(path);
}

core::Result<std::string> AttachmentFolder::save(const std::string& name, std::string_view octets) const {
  const std::string base = path_ + "/";
  const std::string draft = base + ".smtplab-part-" + std::to_string(getpid());
  auto output = Output::create(draft);
  if (!output) return core::Failure(output.error());
  if (const auto written = output->write(octets); !written) return core::Failure(written.error());
  if (const auto closed = output->close(); !closed) return core::Failure(closed.error());
  int failure = EEXIST;
  std::string chosen = name;
  for (std::size_t number = 2; number < kMostTries; ++number) {
    failure = put(draft, base + chosen);
    if (failure != EEXIST || holds(base + chosen, octets)) break;
    chosen = numbered(name, number);
  }
  unlink(draft.c_str());
  if (failure != 0 && failure != EEXIST) return core::Failure(write_error(base + chosen, failure));
  return chosen;
}

}  // namespace fetch
