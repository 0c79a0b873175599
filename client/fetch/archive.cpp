#include "client/fetch/archive.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "client/fetch/list_file.h"
#include "core/text.h"

namespace fetch {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPiece = std::size_t{64} * 1024;
constexpr int kMostNames = 1000;

std::string uids_of(const std::string& path) { return path + ".uids"; }
std::string part_of(const std::string& path) { return path + ".part"; }

bool exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

core::Result<void> rename_file(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return core::Failure(write_error(to, errno));
  return {};
}

// The first line of .uids and of .part.
struct Head {
  std::string mailbox;
  std::uint64_t size = 0;  // of the file that it speaks of
};

std::string written(const Head& head) { return Json{{"mailbox", head.mailbox}, {"size", head.size}}.dump() + "\n"; }

std::optional<Head> read_head(const std::string& line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("mailbox") || !json["mailbox"].is_string()) return std::nullopt;
  Head head{json["mailbox"].get<std::string>()};
  if (json.contains("size") && json["size"].is_number_unsigned()) head.size = json["size"].get<std::uint64_t>();
  return head;
}

std::optional<Head> head_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string line;
  return std::getline(file, line) ? read_head(line) : std::nullopt;
}

// An object as people read it, two spaces deep in a list.
std::string pretty(const std::string& json) {
  const Json mail = Json::parse(json, nullptr, false);
  const std::string text = mail.is_discarded() ? json : mail.dump(2, ' ', false, Json::error_handler_t::replace);
  return "  " + core::replace_all(text, "\n", "\n  ");
}

}  // namespace

core::Result<Archive> Archive::open(const std::string& path, const std::string& mailbox) {
  auto part = Output::go_on(part_of(path));
  if (!part) return core::Failure(part.error());
  Archive archive(path, mailbox, std::move(*part));
  archive.read_ids();
  if (const auto read = archive.read_part(); !read) return core::Failure(read.error());
  return archive;
}

// Of .uids and .uids.new that is right whose size is the file's: between two renames somebody may have been killed. Where
// neither is, the file was edited, and the ids hold all the same.
void Archive::read_ids() {
  if (!exists(path_)) return;
  const std::string fresh = uids_of(path_) + ".new";
  if (const auto head = head_of(fresh); head && head->size == size_of(path_)) (void)rename_file(fresh, uids_of(path_));
  std::ifstream file(uids_of(path_), std::ios::binary);
  std::string line;
  if (!std::getline(file, line)) return;
  const auto head = read_head(line);
  if (!head || head->mailbox != mailbox_) return;
  is_intact_ = head->size == size_of(path_);
  if (!is_intact_ && !is_list(path_)) return;
  is_ours_ = true;
  while (std::getline(file, line)) {
    if (kept_.insert(line).second) kept_order_.push_back(line);
  }
}

core::Result<void> Archive::read_part() {
  std::ifstream file(part_of(path_), std::ios::binary);
  std::string line;
  std::getline(file, line);
  const auto head = file.eof() ? std::nullopt : read_head(line);
  if (!head || head->mailbox != mailbox_) {
    const std::string first = written({mailbox_});
    part_size_ = first.size();
    return part_.cut(0).and_then([&] { return part_.write(first); });
  }
  part_size_ = line.size() + 1;
  while (std::getline(file, line) && !file.eof()) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab == 0) break;
    std::string id = line.substr(0, tab);
    if (!kept_.contains(id)) come_.emplace(std::move(id), Place{part_size_ + tab + 1, line.size() - tab - 1});
    part_size_ += line.size() + 1;
  }
  return part_.cut(part_size_);
}

core::Result<void> Archive::add(const std::string& id, std::string_view json) {
  if (has(id)) return {};
  const std::string line = id + "\t" + std::string(json) + "\n";
  if (const auto done = part_.write(line); !done) return done;
  come_.emplace(id, Place{part_size_ + id.size() + 1, json.size()});
  part_size_ += line.size();
  return {};
}

core::Result<void> Archive::commit(const std::vector<std::string>& ids) {
  if (come_.empty() && is_ours_) {
    leave();
    return {};
  }
  std::unordered_map<std::string_view, std::size_t> ranks;
  for (const std::string& id : ids) ranks.emplace(id, ranks.size());
  std::vector<std::string> order;  // of the new file
  const auto size = write_mails(ranks, order);
  if (!size) return core::Failure(size.error());
  if (const auto done = write_ids(order, *size); !done) return done;
  if (const auto done = put_aside(); !done) return done;
  if (const auto done = rename_file(path_ + ".new", path_); !done) return done;
  if (const auto done = rename_file(uids_of(path_) + ".new", uids_of(path_)); !done) return done;
  std::remove(part_of(path_).c_str());
  return {};
}

// The newest first; what is no longer in the mailbox, or has no rank there, as it came.
std::vector<std::string> Archive::sorted(const Ranks& ranks) const {
  std::vector<std::string> come;
  for (const auto& [id, place] : come_) come.push_back(id);
  const auto rank = [&](const std::string& id) {
    const auto found = ranks.find(id);
    return found == ranks.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found->second);
  };
  std::sort(come.begin(), come.end(), [&](const std::string& a, const std::string& b) {
    const auto rank_a = rank(a);
    const auto rank_b = rank(b);
    return rank_a != rank_b ? rank_a > rank_b : come_.at(a).at < come_.at(b).at;
  });
  return come;
}

void Archive::leave() const {
  if (come_.empty()) std::remove(part_of(path_).c_str());
}

core::Result<void> Archive::put_aside() {
  if (is_ours_ || !exists(path_)) return {};
  for (int number = 1; number < kMostNames; ++number) {
    const std::string name = path_ + ".before" + (number > 1 ? "-" + std::to_string(number) : "");
    if (exists(name)) continue;
    set_aside_ = name;
    return rename_file(path_, name);
  }
  return core::Failure(write_error(path_, EEXIST));
}

// Mails of earlier runs and of this one put together: what is older may come later, after an interruption. A file that was
// edited by hand stays together, behind what is new.
core::Result<std::uint64_t> Archive::write_mails(const Ranks& ranks, std::vector<std::string>& order) const {
  auto output = Output::create(path_ + ".new");
  if (!output) return core::Failure(output.error());
  std::ifstream part(part_of(path_), std::ios::binary);
  std::optional<ListFile> old;
  if (is_ours_) old.emplace(path_);
  std::uint64_t size = 0;
  core::Result<void> done;
  const auto put = [&](const std::string& text) {
    size += text.size();
    if (done) done = output->write(text);
  };
  const auto begin = [&] { put(order.empty() ? "[\n" : ",\n"); };
  std::size_t kept = 0;
  for (const std::string& id : sorted(ranks)) {
    const auto rank = ranks.find(id);
    while (is_intact_ && old && old->has_next() && kept < kept_order_.size()) {
      const auto other = ranks.find(kept_order_[kept]);
      if (rank != ranks.end() && other != ranks.end() && other->second < rank->second) break;
      begin();
      put("  " + old->next());
      order.push_back(kept_order_[kept++]);
    }
    const Place& place = come_.at(id);
    std::string json(static_cast<std::size_t>(place.size), ' ');
    part.seekg(static_cast<std::streamoff>(place.at));
    if (!part.read(json.data(), static_cast<std::streamsize>(json.size())))
      return core::Failure(write_error(part_of(path_), EIO));
    begin();
    put(pretty(json));
    order.push_back(id);
  }
  if (old && old->has_next()) {
    begin();
    put("  ");
    const auto copied = old->copy_rest(*output);
    if (!copied) return core::Failure(copied.error());
    size += *copied;
  } else {
    put(order.empty() ? "[]\n" : "\n]\n");
  }
  order.insert(order.end(), kept_order_.begin() + static_cast<std::ptrdiff_t>(kept), kept_order_.end());
  if (done) done = output->close();
  if (!done) return core::Failure(done.error());
  return size;
}

core::Result<void> Archive::write_ids(const std::vector<std::string>& order, std::uint64_t size) const {
  auto output = Output::create(uids_of(path_) + ".new");
  if (!output) return core::Failure(output.error());
  std::string text = written({mailbox_, size});
  for (const std::string& id : order) {
    text += id + "\n";
    if (text.size() < kPiece) continue;
    if (const auto done = output->write(std::exchange(text, {})); !done) return done;
  }
  if (const auto done = output->write(text); !done) return done;
  return output->close();
}

}  // namespace fetch
