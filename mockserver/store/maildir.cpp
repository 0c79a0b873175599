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

#include "core/text.h"

namespace store {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::size_t kLongestName = 200;  // of 255 that file systems take

core::Failure failure(const std::string& what, const std::string& path) {
  return core::fail(core::Blame::kSystem, what + ": " + std::strerror(errno), path);
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
    for (const File& file : files_) unlink((file.moved ? file.final : file.temporary).c_str());
  }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  core::Result<void> write(std::string temporary, std::string final, std::string_view octets) {
    const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) return failure("cannot create the file", temporary);
    files_.push_back({std::move(temporary), std::move(final), false});
    const bool written = write_all(file, octets);
    const int why = errno;
    const bool closed = close(file) == 0;
    if (!written) errno = why;
    if (!written || !closed) return failure("cannot write the file", files_.back().temporary);
    return {};
  }

  core::Result<void> commit() {
    for (File& file : files_) {
      if (rename(file.temporary.c_str(), file.final.c_str()) != 0)
        return failure("cannot move the file to its place", file.final);
      file.moved = true;
    }
    files_.clear();
    return {};
  }

 private:
  struct File {
    std::string temporary;
    std::string final;
    bool moved;
  };
  std::vector<File> files_;
};

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && std::strchr("@._+-=", c) != nullptr);
}

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
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return std::to_string(now / 1000000) + ".M" + std::to_string(now % 1000000) + "P" + std::to_string(getpid()) + "Q" +
         std::to_string(++messages) + ".smtplab";
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
  const std::string note = name + ".envelope";
  Delivery delivery;
  for (const std::string& mailbox : mailboxes_for(message.forward_paths)) {
    const std::string tmp = mailbox + "/tmp";
    const std::string envelopes = mailbox + "/envelopes";
    if (access(envelopes.c_str(), W_OK) != 0) {
      if (auto made = make_mailbox(mailbox); !made) return made;
    }
    // The envelope first: whoever sees a message in new finds its envelope there already.
    if (auto written = delivery.write(tmp + note, envelopes + note, envelope); !written) return written;
    if (auto written = delivery.write(tmp + name, (mailbox + "/new").append(name), message.content); !written) return written;
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
