#include "mockserver/store/maildir.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/ascii.h"
#include "core/text.h"

namespace store {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::size_t kLongestName = 200;  // of 255 that file systems take

core::Failure failure(const std::string& what, const std::string& path) {
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  return core::Failure(
      core::Error{core::Blame::kSystem, what + ": " + std::strerror(errno), path, {}, is_full ? "disk-full" : ""});
}

core::Result<void> make_folder(const std::string& path) {
  if (mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return {};
  return failure("cannot make the folder", path);
}

core::Result<void> make_mailbox(const std::string& mailbox) {
  for (const char* const part : {"", "/tmp", "/new", "/cur", "/envelopes"}) {
    if (auto made = make_folder(mailbox + part); !made) return made;
  }
  return {};
}

bool write_all(int file, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(file, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Files that are being delivered. What was not committed disappears again.
class Delivery {
 public:
  Delivery() = default;
  ~Delivery() {
    for (const std::string& file : files_) unlink(file.c_str());
  }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  core::Result<void> write(const std::string& path, std::string_view octets) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) return failure("cannot create the file", path);
    files_.push_back(path);
    const bool written = write_all(file, octets);
    const int why = errno;
    const bool closed = close(file) == 0;
    if (!written) errno = why;
    if (!written || !closed) return failure("cannot write the file", path);
    return {};
  }

  // Of the file that was written last.
  void move_later(std::string final) { moves_.push_back({files_.size() - 1, std::move(final)}); }

  core::Result<void> commit() {
    for (Move& move : moves_) {
      if (rename(files_[move.file].c_str(), move.final.c_str()) != 0)
        return failure("cannot move the file to its place", move.final);
      files_[move.file] = move.final;
    }
    files_.clear();
    return {};
  }

 private:
  struct Move {
    std::size_t file;
    std::string final;
  };
  std::vector<std::string> files_;  // where they are now
  std::vector<Move> moves_;
};

bool is_plain(char c) { return core::is_alnum(c) || (c != '\0' && std::strchr("@._+-=", c) != nullptr); }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto octet = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[octet >> 4U];
  out += kDigits[octet & 15U];
}

// Tells long names apart whose beginnings are the same (FNV-1a).
std::string fingerprint(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return std::to_string(hash);
}

// Time, process and a counter: unique on one machine, as the Maildir convention asks.
std::string unique_name() {
  static std::atomic<std::uint64_t> messages = 0;  // of the process: several servers may share a folder
  static const std::string kProcess = std::to_string(getpid());
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const std::string micros = std::to_string(1000000 + now % 1000000).substr(1);  // names sort by time
  return std::to_string(now / 1000000) + ".M" + micros + "P" + kProcess + "Q" + std::to_string(++messages) + ".smtplab";
}

}  // namespace

std::string folder_name(std::string_view address) {
  std::string name;
  for (const char c : address) {
    if (is_plain(c) && !(c == '.' && name.empty())) {
      name += c;
    } else {
      append_escaped(name, c);
    }
  }
  if (name.empty()) return "%";
  if (name == kOther) return "%6Fther";
  if (name.size() > kLongestName) {
    const std::string tail = "%" + fingerprint(address);
    name = name.substr(0, kLongestName - tail.size()) + tail;
  }
  return name;
}

Maildir::Maildir(std::string folder, std::vector<std::string> accounts)
    : folder_(std::move(folder)), accounts_(std::move(accounts)) {}

core::Result<void> Maildir::prepare() const {
  for (std::size_t slash = folder_.find('/', 1); slash != std::string::npos; slash = folder_.find('/', slash + 1)) {
    mkdir(folder_.substr(0, slash).c_str(), 0777);  // whether it worked shows at the last one
  }
  if ((mkdir(folder_.c_str(), 0777) == 0 || errno == EEXIST) && access((folder_ + "/.").c_str(), R_OK | W_OK | X_OK) == 0)
    return {};
  return core::fail(core::Blame::kInput, std::string("cannot keep messages in this folder: ") + std::strerror(errno), folder_,
                    "name one that can be made and written to");
}

core::Result<void> Maildir::keep(const Message& message, std::string_view envelope) {
  const std::string name = "/" + unique_name();
  Delivery delivery;
  for (const std::string& mailbox : mailboxes_for(message.forward_paths)) {
    // The envelope first: whoever sees a message in new finds its envelope there already. Nobody looks for one whose message
    // is not there, so that it is written where it stays.
    const std::string note = (mailbox + "/envelopes").append(name).append(".envelope");
    auto written = delivery.write(note, envelope);
    if (!written)
      written = make_mailbox(mailbox).and_then([&] { return delivery.write(note, envelope); });  // its first message
    if (!written) return written;
    if (written = delivery.write((mailbox + "/tmp").append(name), message.content); !written) return written;
    delivery.move_later((mailbox + "/new").append(name));
  }
  return delivery.commit();
}

std::vector<std::string> Maildir::mailboxes_for(const std::vector<std::string>& recipients) const {
  std::vector<std::string> mailboxes;
  for (const std::string& recipient : recipients) {
    const auto account = std::find_if(accounts_.begin(), accounts_.end(),
                                      [&](const std::string& user) { return core::equals_ignoring_case(user, recipient); });
    mailboxes.push_back((folder_ + "/").append(account == accounts_.end() ? std::string(kOther) : folder_name(*account)));
  }
  std::sort(mailboxes.begin(), mailboxes.end());
  mailboxes.erase(std::unique(mailboxes.begin(), mailboxes.end()), mailboxes.end());
  return mailboxes;
}

}  // namespace store
