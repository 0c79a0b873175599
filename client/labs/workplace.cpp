#include "client/labs/workplace.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/show.h"
#include "core/system_text.h"

namespace lab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 20'000;
constexpr std::uintmax_t kMostOctets = std::uintmax_t{256} * 1024 * 1024;
constexpr std::size_t kLongestSource = std::size_t{1} << 20;

bool is_history(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == ".git" || name == ".svn" || name == ".hg";
}

core::Failure too_large(const std::string& folder) {
  return core::fail(
      core::Blame::kInput,
      core::phrase("{0} holds more than a submission does", "{0} 的内容太多，不像一份作业", {core::show_bytes(folder)}), {},
      {"run it in the folder of the submission alone", "请在作业自己的文件夹里运行"});
}

core::Failure not_copied(const std::string& folder, const std::error_code& why) {
  return core::fail(core::Blame::kSystem, core::phrase("{0} cannot be copied: {1}", "{0} 无法复制：{1}",
                                                       {core::show_bytes(folder), core::system_text(why.value())}));
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(kLongestSource, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// Sockets, devices and what may not be read are passed over.
core::Result<void> copy(const std::string& from, const fs::path& to) {
  std::size_t entries = 0;
  std::uintmax_t octets = 0;
  std::error_code failed;
  fs::recursive_directory_iterator at(from, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    const fs::file_status status = at->symlink_status();
    if (fs::is_directory(status) && is_history(at->path())) {
      at.disable_recursion_pending();
      continue;
    }
    const fs::path target = to / at->path().lexically_relative(from);
    std::error_code one;
    if (fs::is_regular_file(status)) octets += at->file_size(one);
    if (++entries > kMostEntries || octets > kMostOctets) return too_large(from);
    if (fs::is_directory(status)) {
      fs::create_directory(target, one);
    } else if (fs::is_regular_file(status)) {
      fs::copy_file(at->path(), target, one);
    } else if (fs::is_symlink(status)) {
      fs::copy_symlink(at->path(), target, one);
    }
    if (one == std::errc::no_space_on_device) return not_copied(from, one);
  }
  if (failed) return not_copied(from, failed);
  return {};
}

}  // namespace

core::Result<Workplace> Workplace::empty() {
  std::string name = (fs::temp_directory_path() / "smtplab-lab-XXXXXX").string();
  if (mkdtemp(name.data()) != nullptr) return Workplace(name);
  return core::fail(core::Blame::kSystem, core::system_text(errno), name);
}

core::Result<Workplace> Workplace::copy_of(const std::string& folder) {
  auto made = empty();
  if (!made) return made;
  if (auto copied = copy(folder, made->path()); !copied) return core::Failure(copied.error());
  return made;
}

Workplace::Workplace(Workplace&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }

Workplace::~Workplace() {
  std::error_code failed;
  if (!path_.empty()) fs::remove_all(path_, failed);
}

bool Workplace::give(const std::string& name, const std::string& content) const {
  const fs::path path = fs::path(path_) / name;
  std::error_code failed;
  if (!fs::exists(path, failed)) std::ofstream(path, std::ios::binary) << content;
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {}) == content;
}

std::string Workplace::content(const std::string& name) const { return read(fs::path(path_) / name); }

std::string Workplace::contents() const {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code failed;
  fs::recursive_directory_iterator at(path_, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && at != fs::recursive_directory_iterator() && files.size() < kMostEntries; at.increment(failed)) {
    std::error_code one;
    if (at->is_regular_file(one)) files.emplace_back(at->last_write_time(one), at->path());
  }
  std::sort(files.begin(), files.end());
  std::string all;
  for (const auto& [time, path] : files) {
    if (all.size() < kMostOctets) all += read(path);
  }
  return all;
}

std::optional<core::Text> Workplace::place_of(std::string_view words) const {
  std::error_code failed;
  fs::recursive_directory_iterator at(path_, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code one;
    if (!at->is_regular_file(one) || at->file_size(one) > kLongestSource) continue;
    const std::string text = core::to_lower(read(at->path()));
    const std::size_t found = text.find(words);
    if (found == std::string::npos || text.find('\0') != std::string::npos) continue;
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n') + 1;
    return core::phrase("{0}, line {1}", "{0} 第 {1} 行", {core::show_bytes(at->path().filename().string()), line});
  }
  return std::nullopt;
}

bool Workplace::mentions(const std::string& words) const {
  std::error_code failed;
  fs::recursive_directory_iterator at(path_, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code one;
    if (!at->is_regular_file(one) || at->path().filename() == words) continue;
    if (at->file_size(one) <= kLongestSource && read(at->path()).find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace lab
