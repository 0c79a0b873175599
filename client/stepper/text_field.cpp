#include "client/stepper/text_field.h"

#include <algorithm>

#include "core/show.h"
#include "core/text.h"

namespace stepper {
namespace {

constexpr std::size_t kMaxText = std::size_t{64} * 1024;  // nobody types more; a paste may

std::size_t length_at(std::string_view text, std::size_t at) {
  return std::max<std::size_t>(1, core::utf8_sequence_length(text.substr(at)));
}

// Start of the character that ends before `at`. REQUIRES: at > 0.
std::size_t before(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
  return begin;
}

// Where the line that `at` stands in ends: before its CRLF or LF. Between CR and LF one stays.
std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  return end > at && end < text.size() && text[end - 1] == '\r' ? end - 1 : end;
}

std::string dots_for(std::string_view text) {
  std::string dots;
  for (std::size_t at = 0; at < text.size(); at += length_at(text, at)) {
    const bool line_end = text[at] == '\r' || text[at] == '\n';
    dots += line_end ? std::string(1, text[at]) : "•";
  }
  return dots;
}

}  // namespace

TextField::TextField(std::string text) : text_(std::move(text)) {
  const std::size_t last = text_.find_last_not_of("\r\n");
  cursor_ = last == std::string::npos ? 0 : last + 1;
}

void TextField::insert(std::string_view text) {
  if (text_.size() + text.size() > kMaxText) return;
  text_.insert(cursor_, text);
  cursor_ += text.size();
}

bool TextField::press(const screen::Key& key) {
  switch (key.name) {
    case screen::KeyName::kText: insert(key.text); return true;
    case screen::KeyName::kPaste: insert(core::replace_all(key.text, "\n", " ")); return true;
    case screen::KeyName::kBackspace:
      if (cursor_ > 0) {
        const std::size_t begin = before(text_, cursor_);
        text_.erase(begin, cursor_ - begin);
        cursor_ = begin;
      }
      return true;
    case screen::KeyName::kDelete:
      if (cursor_ < text_.size()) text_.erase(cursor_, length_at(text_, cursor_));
      return true;
    case screen::KeyName::kLeft:
      if (cursor_ > 0) cursor_ = before(text_, cursor_);
      return true;
    case screen::KeyName::kRight:
      if (cursor_ < text_.size()) cursor_ += length_at(text_, cursor_);
      return true;
    case screen::KeyName::kHome: cursor_ = cursor_ == 0 ? 0 : text_.rfind('\n', cursor_ - 1) + 1; return true;
    case screen::KeyName::kEnd: cursor_ = end_of_line(text_, cursor_); return true;
    case screen::KeyName::kUp: move_line(true); return true;
    case screen::KeyName::kDown: move_line(false); return true;
    case screen::KeyName::kControl:
      if (key.text == "u") {
        text_.erase(0, cursor_);
        cursor_ = 0;
        return true;
      }
      return false;
    case screen::KeyName::kEnter:
    case screen::KeyName::kTab:
    case screen::KeyName::kBackTab:
    case screen::KeyName::kEscape:
    case screen::KeyName::kPageUp:
    case screen::KeyName::kPageDown:
    case screen::KeyName::kResize:
    case screen::KeyName::kWheelUp:
    case screen::KeyName::kWheelDown: return false;
  }
  return false;
}

void TextField::move_line(bool up) {
  const std::size_t begin = cursor_ == 0 ? 0 : text_.rfind('\n', cursor_ - 1) + 1;
  std::size_t column = core::code_points(std::string_view(text_).substr(begin, cursor_ - begin));
  std::size_t target = 0;
  if (up) {
    if (begin == 0) return;
    target = begin == 1 ? 0 : text_.rfind('\n', begin - 2) + 1;
  } else {
    const std::size_t end = text_.find('\n', cursor_);
    if (end == std::string::npos) return;
    target = end + 1;
  }
  const std::size_t last = end_of_line(text_, target);
  for (; column > 0 && target < last; --column) target += length_at(text_, target);
  cursor_ = target;
}

std::string TextField::shown(bool hidden) const { return core::show_bytes(hidden ? dots_for(text_) : text_); }

std::size_t TextField::shown_cursor(bool hidden) const {
  const std::string before = text_.substr(0, cursor_);
  return core::code_points(core::show_bytes(hidden ? dots_for(before) : before));
}

}  // namespace stepper
