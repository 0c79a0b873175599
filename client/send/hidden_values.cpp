#include "client/send/hidden_values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/text.h"
#include "core/userinfo.h"

namespace send {
namespace {

// The marks that JSON has, those that people take for them (Chinese keyboards, Python), and what they are meant as.
struct Mark {
  std::string_view octets;
  char meant;
};
constexpr std::array<Mark, 25> kMarks{{{"{", '{'},  {"}", '}'},  {"[", '['},  {"]", ']'}, {",", ','},  {":", ':'},  {";", ','},
                                       {"=", ':'},  {"\"", '"'}, {"'", '"'},  {"`", '"'}, {"，", ','}, {"、", ','}, {"；", ','},
                                       {"：", ':'}, {"“", '"'},  {"”", '"'},  {"‘", '"'}, {"’", '"'},  {"｛", '{'}, {"｝", '}'},
                                       {"［", '['}, {"］", ']'}, {"【", '['}, {"】", ']'}}};

// What stands in a line: a mark, a text between quotation marks (with them), or a word of anything else.
enum class Kind : std::uint8_t { kMark, kText, kOpenText, kWord, kEnd };

struct Token {
  Kind kind = Kind::kEnd;
  char meant = 0;  // of a mark
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t quote = 0;  // octets of each quotation mark
};

bool is_blank_mark(char c) { return c == ' ' || c == '\t' || c == '\r'; }

const Mark* mark_at(std::string_view text, std::size_t at) {
  const auto hit =
      std::find_if(kMarks.begin(), kMarks.end(), [&](const Mark& one) { return text.substr(at).starts_with(one.octets); });
  return hit == kMarks.end() ? nullptr : &*hit;
}

// A text ends at the next mark of quotation that no backslash stands before, or with the line.
Token text_token(std::string_view line, std::size_t begin, std::size_t quote) {
  for (std::size_t at = begin + quote; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (const Mark* const mark = mark_at(line, at); mark != nullptr && mark->meant == '"') {
      return {Kind::kText, 0, begin, at + mark->octets.size(), quote};
    }
  }
  return {Kind::kOpenText, 0, begin, line.size(), quote};
}

Token next_token(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank_mark(line[at])) ++at;
  if (at == line.size()) return {Kind::kEnd, 0, at, at, 0};
  if (const Mark* const mark = mark_at(line, at)) {
    if (mark->meant == '"') return text_token(line, at, mark->octets.size());
    return {Kind::kMark, mark->meant, at, at + mark->octets.size(), 0};
  }
  std::size_t end = at;
  while (end < line.size() && !is_blank_mark(line[end]) && mark_at(line, end) == nullptr) ++end;
  return {Kind::kWord, 0, at, end, 0};
}

class ValueScan {
 public:
  ValueScan(std::string_view text, const std::vector<std::string_view>& shown) : text_(text), shown_(shown) {}

  std::vector<core::Span> read() {
    for (std::size_t begin = 0; begin < text_.size(); ++begin) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      read_line(begin, text_.substr(begin, end - begin));
      begin = end;
    }
    return std::move(hidden_);
  }

 private:
  void read_line(std::size_t offset, std::string_view line) {
    if (before_ == 'x') before_ = ',';  // where the comma is missing, or the mark that ends a text
    for (Token token = next_token(line, 0); token.kind != Kind::kEnd;) {
      const Token next = next_token(line, token.end);
      if (token.kind == Kind::kMark) {
        pass(token.meant);
      } else {
        judge(offset, line, token, next);
      }
      token = next;
    }
  }

  void pass(char mark) {
    depth_ += mark == '[' ? 1 : 0;
    depth_ -= mark == ']' && depth_ > 0 ? 1 : 0;
    if (mark == ',' && depth_ == 0) key_is_shown_ = false;
    before_ = mark;
  }

  void judge(std::size_t offset, std::string_view line, const Token& token, const Token& next) {
    const std::string_view name = line.substr(token.begin + token.quote, token.end - token.begin - 2 * token.quote);
    const bool ends = next.kind == Kind::kEnd || (next.kind == Kind::kMark && next.meant != ':');
    const bool names = next.kind == Kind::kMark && next.meant == ':' && token.kind != Kind::kOpenText;
    const bool begins = before_ == '{' || before_ == ',' || before_ == '\0';
    if (names && (begins || is_shown(name))) {
      key_is_shown_ = is_shown(name);
    } else if (!(before_ == ':' || depth_ > 0) || !key_is_shown_ || !ends || token.kind == Kind::kOpenText) {
      hide(offset, token);
    } else if (const auto password = core::userinfo_password(name)) {
      const std::size_t begin = offset + token.begin + token.quote;
      hidden_.push_back({begin + password->begin, begin + password->end});
    }
    before_ = 'x';
  }

  void hide(std::size_t offset, const Token& token) {
    const std::size_t closing = token.kind == Kind::kText ? token.quote : 0;
    const core::Span span{offset + token.begin + token.quote, offset + token.end - closing};
    if (span.begin < span.end) hidden_.push_back(span);
  }

  [[nodiscard]] bool is_shown(std::string_view name) const {
    return std::any_of(shown_.begin(), shown_.end(),
                       [&](std::string_view one) { return core::equals_ignoring_case(one, name); });
  }

  std::string_view text_;
  const std::vector<std::string_view>& shown_;
  std::vector<core::Span> hidden_;
  char before_ = '\0';         // the mark before this, 'x' for what is none
  bool key_is_shown_ = false;  // the value that comes next may be shown
  std::size_t depth_ = 0;      // of lists
};

}  // namespace

std::vector<core::Span> hidden_values(std::string_view text, const std::vector<std::string_view>& shown) {
  return ValueScan(text, shown).read();
}

}  // namespace send
