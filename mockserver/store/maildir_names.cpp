#include "mockserver/store/maildir_names.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <iterator>

#include <unistd.h>

#include "core/ascii.h"
#include "mailbox/flags.h"

namespace store {
namespace {

using mailbox::Flags;

constexpr std::string_view kOther = "other";
constexpr std::size_t kLongestName = 200;  // of 255 that file systems take

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

// The run of digits at the start of `text` without leading zeros; `text` then begins behind it.
std::string_view take_digits(std::string_view& text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), core::is_digit);
  std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

struct Letter {
  char letter;
  bool Flags::*flag;
};
constexpr std::array kLetters{Letter{'D', &Flags::draft}, Letter{'F', &Flags::flagged}, Letter{'R', &Flags::answered},
                              Letter{'S', &Flags::seen}, Letter{'T', &Flags::deleted}};

bool is_of_imap(char c) {
  return (c >= 'a' && c <= 'z') ||
         std::any_of(kLetters.begin(), kLetters.end(), [c](const Letter& one) { return one.letter == c; });
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

std::string unique_name() {
  static std::atomic<std::uint64_t> messages = 0;  // of the process: several servers may share a folder
  static std::atomic<std::int64_t> last = 0;
  std::int64_t now =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::int64_t before = last;
  while (before < now && !last.compare_exchange_weak(before, now)) {
  }
  now = std::max(now, before);                                                   // somebody may have set the clock back
  const std::string micros = std::to_string(1000000 + now % 1000000).substr(1);  // names sort by time
  return std::to_string(now / 1000000) + ".M" + micros + "P" + std::to_string(getpid()) + "Q" + std::to_string(++messages) +
         ".smtplab";
}

bool came_before(std::string_view name, std::string_view other) {
  std::string_view rest = name;
  std::string_view than = other;
  while (!rest.empty() && !than.empty()) {
    if (core::is_digit(rest.front()) && core::is_digit(than.front())) {
      const std::string_view number = take_digits(rest);
      const std::string_view against = take_digits(than);
      if (number.size() != against.size()) return number.size() < against.size();
      if (number != against) return number < against;
    } else if (rest.front() != than.front()) {
      return rest.front() < than.front();
    } else {
      rest.remove_prefix(1);
      than.remove_prefix(1);
    }
  }
  return rest.empty() == than.empty() ? name < other : rest.empty();
}

FileName split_name(std::string_view file) {
  const std::size_t colon = std::min(file.find(':'), file.size());
  return {file.substr(0, colon), file.substr(colon)};
}

std::string_view letters_of(std::string_view info) { return info.starts_with(":2,") ? info.substr(3) : std::string_view(); }

Flags flags_of(std::string_view letters, const std::vector<std::string>& keywords) {
  Flags flags;
  for (const Letter& one : kLetters) flags.*one.flag = letters.find(one.letter) != std::string_view::npos;
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if (letters.find(static_cast<char>('a' + i)) != std::string_view::npos) flags.keywords.push_back(keywords[i]);
  }
  std::sort(flags.keywords.begin(), flags.keywords.end());
  return flags;
}

std::string changed_letters(std::string_view letters, mailbox::Change change, const Flags& flags,
                            const std::vector<std::string>& keywords) {
  const Flags now = mailbox::changed(flags_of(letters, keywords), change, mailbox::spelled_as(keywords, flags));
  std::string changed;
  std::copy_if(letters.begin(), letters.end(), std::back_inserter(changed), [](char c) { return !is_of_imap(c); });
  for (const Letter& one : kLetters) {
    if (now.*one.flag) changed += one.letter;
  }
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if (std::binary_search(now.keywords.begin(), now.keywords.end(), keywords[i])) changed += static_cast<char>('a' + i);
  }
  std::sort(changed.begin(), changed.end());
  return changed;
}

}  // namespace store
