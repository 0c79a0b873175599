#include "mockserver/store/note_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace store {
namespace {

using mailbox::Uid;

constexpr std::size_t kHead = 16;  // octets of a record before those of the note
constexpr std::size_t kScannedAtOnce = std::size_t{1} << 20;
constexpr std::uint64_t kWorthTidying = std::uint64_t{1} << 20;

template <typename Number>
void append_number(std::string& out, Number number) {
  for (std::size_t octet = 0; octet < sizeof(Number); ++octet) out += static_cast<char>(number >> (8 * octet));
}

template <typename Number>
Number number_in(std::string_view octets) {
  Number number = 0;
  for (std::size_t octet = 0; octet < sizeof(Number); ++octet)
    number |= static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(octets[octet])) << (8 * octet));
  return number;
}

// Against what crashes and disks do, not against people: eight octets at a time.
std::uint64_t sum_of(std::uint32_t uid, std::string_view octets) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  std::uint64_t sum = (std::uint64_t{uid} << 32U | octets.size()) * kFactor;
  const auto add = [&](std::uint64_t word) {
    sum = (sum ^ word) * kFactor;
    sum ^= sum >> 29U;
  };
  for (; octets.size() >= 8; octets.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), 8);
    add(word);
  }
  std::uint64_t last = 0;
  std::memcpy(&last, octets.data(), octets.size());
  add(last);
  return sum;
}

void append_record(std::string& out, Uid uid, std::string_view octets) {
  append_number(out, uid.value);
  append_number(out, static_cast<std::uint32_t>(octets.size()));
  append_number(out, sum_of(uid.value, octets));
  out += octets;
}

// REQUIRES: it is whole.
bool is_sound(std::string_view record) {
  return number_in<std::uint64_t>(record.substr(8)) == sum_of(number_in<std::uint32_t>(record), record.substr(kHead));
}

}  // namespace

NoteFile::NoteFile(std::string folder, std::string_view format, std::uint32_t uid_validity,
                   const std::function<bool(Uid)>& is_there)
    : path_(std::move(folder) + "/smtplab-notes"), format_(format), uid_validity_(uid_validity) {
  beginning_ = "smtplab-notes 1 " + std::to_string(uid_validity) + ' ' + format_ + '\n';
  if (!open() || !lock_file(file_.get())) return;
  read_on();
  tidy(is_there);
  if (file_.is_open()) unlock_file(file_.get());
}

NoteFile::~NoteFile() { flush(); }

bool NoteFile::open() {
  forget();
  file_ = File(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  return file_.is_open();
}

void NoteFile::forget() {
  places_.clear();
  window_.clear();
  end_ = 0;
}

bool NoteFile::begin() {
  forget();
  if (ftruncate(file_.get(), 0) == 0 &&
      ::pwrite(file_.get(), beginning_.data(), beginning_.size(), 0) == static_cast<ssize_t>(beginning_.size())) {
    end_ = beginning_.size();
    return true;
  }
  file_.close();
  return false;
}

// What others have written. Needs the lock, since it cuts off what is damaged.
void NoteFile::read_on() {
  if (end_ == 0) {
    const auto head = read_at(file_, 0, beginning_.size(), path_);
    if (!head || *head != beginning_) {
      begin();
      return;
    }
    end_ = beginning_.size();
  }
  std::string octets;  // that have been read, and do not make a whole record yet
  for (;;) {
    const auto more = read_at(file_, end_ + octets.size(), kScannedAtOnce, path_);
    if (!more) {
      file_.close();
      return;
    }
    octets += *more;
    const std::size_t read = read_records(octets, end_);
    end_ += read;
    octets.erase(0, read);
    if (more->empty() || (read == 0 && octets.size() > kLargest + kHead)) break;
  }
  if (!octets.empty() && ftruncate(file_.get(), static_cast<off_t>(end_)) != 0) file_.close();
}

// The octets of all whole and sound records at the beginning; `at`: where they lie in the file.
std::size_t NoteFile::read_records(std::string_view octets, std::uint64_t at) {
  std::size_t read = 0;
  while (octets.size() - read >= kHead) {
    const auto uid = number_in<std::uint32_t>(octets.substr(read));
    const auto size = number_in<std::uint32_t>(octets.substr(read + 4));
    if (size > kLargest || octets.size() - read < kHead + size || !is_sound(octets.substr(read, kHead + size))) break;
    put({{uid}, size, at + read});
    read += kHead + size;
  }
  return read;
}

void NoteFile::put(const Place& place) {
  const auto at = places_.empty() || places_.back().uid < place.uid
                      ? places_.end()
                      : std::lower_bound(places_.begin(), places_.end(), place,
                                         [](const Place& one, const Place& other) { return one.uid < other.uid; });
  if (at != places_.end() && at->uid == place.uid) {
    *at = place;
  } else {
    places_.insert(at, place);
  }
}

const NoteFile::Place* NoteFile::place_of(Uid uid) const {
  const auto found =
      std::lower_bound(places_.begin(), places_.end(), uid, [](const Place& place, Uid wanted) { return place.uid < wanted; });
  return found != places_.end() && found->uid == uid ? &*found : nullptr;
}

// Empty: it cannot be read.
std::string_view NoteFile::record_at(const Place& place) {
  const std::size_t size = kHead + place.size;
  if (place.at >= end_) return std::string_view(pending_).substr(place.at - end_, size);
  if (place.at < window_at_ || place.at + size > window_at_ + window_.size()) {
    const std::uint64_t most = end_ - place.at;
    auto window = read_at(file_, place.at, std::min<std::uint64_t>(std::max(kWindow, size), most), path_);
    window_ = window ? std::move(*window) : std::string();
    window_at_ = place.at;
    if (window_.size() < size) return {};
  }
  return std::string_view(window_).substr(place.at - window_at_, size);
}

std::optional<std::string_view> NoteFile::find(Uid uid) {
  const Place* const place = place_of(uid);
  if (place == nullptr || !file_.is_open()) return std::nullopt;
  const std::string_view record = record_at(*place);
  // Another process may have begun the file anew.
  if (record.empty() || number_in<std::uint32_t>(record) != uid.value || !is_sound(record)) return std::nullopt;
  return record.substr(kHead);
}

void NoteFile::keep(Uid uid, std::string_view octets) {
  if (octets.size() > kLargest || !file_.is_open()) return;
  put({uid, static_cast<std::uint32_t>(octets.size()), end_ + pending_.size()});
  append_record(pending_, uid, octets);
  if (pending_.size() >= kPending) flush();
}

// The file at this path may be another one by now, or a longer one.
bool NoteFile::follow() {
  struct stat ours {};
  struct stat there {};
  const bool is_same = fstat(file_.get(), &ours) == 0 && stat(path_.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
                       ours.st_dev == there.st_dev;
  if (is_same && static_cast<std::uint64_t>(ours.st_size) == end_) return true;
  if (!is_same || static_cast<std::uint64_t>(ours.st_size) < end_) {
    if (!open() || !lock_file(file_.get())) return false;
  }
  read_on();
  return file_.is_open();
}

void NoteFile::flush() {
  if (pending_.empty() || !file_.is_open() || !lock_file(file_.get())) return;
  const std::string records = std::exchange(pending_, {});
  const std::uint64_t before = end_;
  std::erase_if(places_, [&](const Place& place) { return place.at >= before; });
  if (!follow()) return;
  if (::pwrite(file_.get(), records.data(), records.size(), static_cast<off_t>(end_)) == static_cast<ssize_t>(records.size())) {
    end_ += read_records(records, end_);
    unlock_file(file_.get());
  } else {
    if (ftruncate(file_.get(), static_cast<off_t>(end_)) != 0) forget();
    file_.close();
  }
}

// Writes those notes anew whose messages are there, where the others take more room. Needs the lock, and loses it then: it is
// another file.
void NoteFile::tidy(const std::function<bool(Uid)>& is_there) {
  if (!file_.is_open() || end_ < kWorthTidying) return;
  std::uint64_t needed = 0;
  for (const Place& place : places_) needed += is_there(place.uid) ? kHead + place.size : 0;
  if (needed > end_ / 2) return;
  const std::string path = path_ + ".new";
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file.is_open() || !write_all(file.get(), beginning_)) return;
  std::string records;
  for (const Place& place : places_) {
    if (is_there(place.uid)) records += record_at(place);
    if (records.size() < kPending && &place != &places_.back()) continue;
    if (!write_all(file.get(), records)) {
      unlink(path.c_str());
      return;
    }
    records.clear();
  }
  if (rename(path.c_str(), path_.c_str()) != 0 || !open() || !lock_file(file_.get())) return;
  read_on();
}

}  // namespace store
