#include "mailbox/folder_name.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"

namespace mailbox {
namespace {

constexpr std::string_view kInbox = "INBOX";

core::Failure bad_name(const core::Text& what) {
  return core::fail(core::Blame::kCaller, core::phrase("the folder's name {0}", "文件夹名{0}", {what}));
}

void append_utf16(std::string& out, char32_t c) {
  const auto unit = [&](char32_t value) {
    out += static_cast<char>(value >> 8U);
    out += static_cast<char>(value & 0xFFU);
  };
  if (c < 0x10000) return unit(c);
  unit(0xD800 + ((c - 0x10000) >> 10U));
  unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
}

// Whether these octets are whole UTF-16 (big-endian); what they say goes to `out`.
bool append_as_utf8(std::string& out, std::string_view utf16) {
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(utf16[at]) << 8U | static_cast<unsigned char>(utf16[at + 1]));
  };
  if (utf16.empty() || utf16.size() % 2 != 0) return false;
  for (std::size_t at = 0; at < utf16.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xDC00 && c < 0xE000) return false;
    if (c >= 0xD800 && c < 0xDC00) {
      at += 2;
      if (at == utf16.size() || unit(at) < 0xDC00 || unit(at) >= 0xE000) return false;
      c = 0x10000 + ((c - 0xD800) << 10U) + (unit(at) - 0xDC00);
    }
    core::append_utf8(out, c);
  }
  return true;
}

// The base64 of modified UTF-7: "," for "/", and no padding.
std::string modified_base64(const std::string& octets) {
  std::string text = core::base64_encode(octets);
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  std::replace(text.begin(), text.end(), '/', ',');
  return text;
}

bool append_shifted(std::string& out, std::string_view base64) {
  std::string text(base64);
  if (text.find('/') != std::string::npos) return false;
  std::replace(text.begin(), text.end(), ',', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  const auto octets = core::base64_decode(text);
  return octets && append_as_utf8(out, *octets);
}

}  // namespace

FolderName FolderName::inbox() { return FolderName(std::string(kInbox)); }

core::Result<FolderName> FolderName::parse(std::string_view utf8) {
  if (core::equals_ignoring_case(utf8, kInbox)) return inbox();
  if (utf8.empty()) return bad_name({"is empty", "是空的"});
  if (!core::is_utf8(utf8)) return bad_name({"is not UTF-8", "不是 UTF-8"});
  if (utf8.find('/') != std::string_view::npos) return bad_name({"has a slash in it", "里有斜杠"});
  if (std::any_of(utf8.begin(), utf8.end(), core::is_control))
    return bad_name({"has a control character in it", "里有控制字符"});
  if (utf8.front() == kSeparator || utf8.back() == kSeparator || utf8.find("..") != std::string_view::npos)
    return bad_name({"has an empty level: dots separate levels", "有一级是空的：点号分隔各级"});
  FolderName name{std::string(utf8)};
  const bool is_below_inbox = utf8.size() > kInbox.size() && utf8[kInbox.size()] == kSeparator;
  if (is_below_inbox && core::starts_with_ignoring_case(utf8, kInbox)) name.text_.replace(0, kInbox.size(), kInbox);
  if (name.utf7().size() > kMaxOctets) return bad_name({"is too long", "太长"});
  return name;
}

core::Result<FolderName> FolderName::from_utf7(std::string_view utf7) {
  std::string text;
  while (!utf7.empty()) {
    const std::size_t shift = std::min(utf7.find('&'), utf7.size());
    text += utf7.substr(0, shift);
    utf7.remove_prefix(shift);
    if (utf7.empty()) break;
    const std::size_t end = utf7.find('-');
    if (end == std::string_view::npos) return bad_name({"has an & without a - behind it", "里的 & 后面没有 -"});
    if (end == 1) {
      text += '&';
    } else if (!append_shifted(text, utf7.substr(1, end - 1))) {
      return bad_name({"is not modified UTF-7", "不是修改版 UTF-7"});
    }
    utf7.remove_prefix(end + 1);
  }
  return parse(text);
}

std::string FolderName::utf7() const {
  std::string out;
  std::string utf16;
  const auto end_shift = [&] {
    if (!utf16.empty()) out += '&' + modified_base64(utf16) + '-';
    utf16.clear();
  };
  for (std::string_view rest = text_; !rest.empty();) {
    const std::size_t length = core::utf8_sequence_length(rest);
    if (length > 1) {
      append_utf16(utf16, core::utf8_decode(rest.substr(0, length)));
    } else {
      end_shift();
      out += rest.front();
      if (rest.front() == '&') out += '-';
    }
    rest.remove_prefix(length);
  }
  end_shift();
  return out;
}

bool FolderName::is_inbox() const { return text_ == kInbox; }

bool FolderName::is_below(const FolderName& other) const {
  return text_.size() > other.text_.size() && text_.starts_with(other.text_) && text_[other.text_.size()] == kSeparator;
}

core::Result<FolderName> FolderName::moved(const FolderName& from, const FolderName& to) const {
  return parse(to.text_ + text_.substr(from.text_.size()));
}

}  // namespace mailbox
