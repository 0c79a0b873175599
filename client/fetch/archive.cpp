#include "client/fetch/archive.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>

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

// The next octet of JSON that says something; 0: there is none.
char next_octet(std::ifstream& file) {
  char c = 0;
  while (file.get(c)) {
    if (std::string_view(" \t\r\n\xEF\xBB\xBF").find(c) == std::string_view::npos) return c;
  }
  return 0;
}

// Where the first element of the list in this file stands; nothing when the list is empty, or there is none.
std::optional<std::streamoff> first_element(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (next_octet(file) != '[') return std::nullopt;
  const char first = next_octet(file);
  if (first == ']' || first == 0) return std::nullopt;
  return static_cast<std::streamoff>(file.tellg()) - 1;
}

// Somebody may have edited it.
bool is_list(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return next_octet(file) == '[' && file.seekg(0) && Json::accept(file);
}

core::Result<void> copy(std::ifstream& from, Output& to, std::uint64_t& size) {
  std::array<char, kPiece> piece{};
  while (from.read(piece.data(), piece.size()) || from.gcount() > 0) {
    const std::string_view octets(piece.data(), static_cast<std::size_t>(from.gcount()));
    if (const auto done = to.write(octets); !done) return done;
    size += octets.size();
  }
  return {};
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
  if (head->size != size_of(path_) && !is_list(path_)) return;
  is_ours_ = true;
  while (std::getline(file, line)) kept_.insert(line);
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
  std::vector<Place> places;
  std::vector<std::string> come;
  std::unordered_map<std::string, Place> left = come_;
  const auto take = [&](const std::string& id) {
    const auto one = left.find(id);
    if (one == left.end()) return;
    places.push_back(one->second);
    come.push_back(id);
    left.erase(one);
  };
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) take(*id);
  std::vector<std::pair<std::uint64_t, std::string>> gone;  // from the mailbox, or it has no ids: as they came
  for (const auto& [id, place] : left) gone.emplace_back(place.at, id);
  std::sort(gone.begin(), gone.end());
  for (const auto& one : gone) take(one.second);
  const auto size = write_mails(places);
  if (!size) return core::Failure(size.error());
  if (const auto done = write_ids(come, *size); !done) return done;
  if (const auto done = put_aside(); !done) return done;
  if (const auto done = rename_file(path_ + ".new", path_); !done) return done;
  if (const auto done = rename_file(uids_of(path_) + ".new", uids_of(path_)); !done) return done;
  std::remove(part_of(path_).c_str());
  return {};
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

core::Result<std::uint64_t> Archive::write_mails(const std::vector<Place>& places) const {
  auto output = Output::create(path_ + ".new");
  if (!output) return core::Failure(output.error());
  std::ifstream part(part_of(path_), std::ios::binary);
  std::uint64_t size = 0;
  core::Result<void> done;
  const auto put = [&](const std::string& text) {
    size += text.size();
    if (done) done = output->write(text);
  };
  put("[");
  std::string_view between = "\n";
  for (const Place& place : places) {
    std::string json(static_cast<std::size_t>(place.size), ' ');
    part.seekg(static_cast<std::streamoff>(place.at));
    if (!part.read(json.data(), static_cast<std::streamsize>(json.size())))
      return core::Failure(write_error(part_of(path_), EIO));
    put(std::string(between) + pretty(json));
    between = ",\n";
  }
  const auto before = is_ours_ ? first_element(path_) : std::nullopt;
  if (before) {
    put(std::string(between) + "  ");
    std::ifstream old(path_, std::ios::binary);
    old.seekg(*before);
    if (done) done = copy(old, *output, size);
  } else {
    put(places.empty() ? "]\n" : "\n]\n");
  }
  if (done) done = output->close();
  if (!done) return core::Failure(done.error());
  return size;
}

core::Result<void> Archive::write_ids(const std::vector<std::string>& come, std::uint64_t size) {
  auto output = Output::create(uids_of(path_) + ".new");
  if (!output) return core::Failure(output.error());
  std::string text = written({mailbox_, size});
  const auto put = [&](const std::string& id) -> core::Result<void> {
    text += id + "\n";
    return text.size() < kPiece ? core::Result<void>() : output->write(std::exchange(text, {}));
  };
  for (const std::string& id : come) {
    if (const auto done = put(id); !done) return done;
  }
  for (const std::string& id : kept_) {
    if (const auto done = put(id); !done) return done;
  }
  if (const auto done = output->write(text); !done) return done;
  return output->close();
}

namespace {

// Keeps the texts of the first object in a list, and then wants no more.
class FirstObject final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& value) override {
    if (depth_ == 2) texts[key_] = value;
    return true;
  }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool key(string_t& name) override {
    if (depth_ == 2) key_ = name;
    return true;
  }
  bool end_object() override {
    is_whole = is_whole || depth_ == 2;
    return --depth_ > 1;
  }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return --depth_ > 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  std::unordered_map<std::string, std::string> texts;
  bool is_whole = false;

 private:
  std::size_t depth_ = 0;
  std::string key_;
};

}  // namespace

std::optional<std::unordered_map<std::string, std::string>> first_mail(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  FirstObject first;
  Json::sax_parse(file, &first);
  return first.is_whole ? std::optional(std::move(first.texts)) : std::nullopt;
}

}  // namespace fetch
