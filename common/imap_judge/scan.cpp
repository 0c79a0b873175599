#include "imap_judge/scan.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "imap/literal.h"

namespace imap_judge {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Scan run() {
    while (at_ < text_.size() && out_.words.size() < Scan::kMost) {
      if (text_[at_] == ' ') {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      const Word::Kind kind = word();
      out_.words.push_back({kind, {begin, at_}});
    }
    literals_.push_back({text_.size(), text_.size()});
    std::size_t from = 0;
    for (const core::Span& literal : literals_) {
      for (std::size_t i = from; i < literal.begin; ++i) {
        if (core::is_high(text_[i]) && !out_.high) out_.high = i;
        if (core::is_control(text_[i]) && !out_.control) out_.control = i;
      }
      from = literal.end;
    }
    return std::move(out_);
  }

 private:
  // The next word, of at least one octet.
  Word::Kind word() {
    if (text_[at_] == '"') {
      quoted();
      return Word::Kind::kQuoted;
    }
    if (text_[at_] == '(') {
      list('(', ')');
      return Word::Kind::kList;
    }
    if (text_.substr(at_).starts_with("~{")) ++at_;  // literal8 (RFC 3516 §4.4)
    if (literal()) return Word::Kind::kLiteral;
    do {
      if (text_[at_] == '[') {
        list('[', ']');
      } else {
        ++at_;
      }
    } while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '(');
    return Word::Kind::kAtom;
  }

  void quoted() {
    const std::size_t begin = at_++;
    for (; at_ < text_.size() && text_[at_] != '\r' && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') {
        const bool is_right = at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
        if (!is_right && !out_.escape) out_.escape = {at_, std::min(at_ + 2, text_.size())};
        if (is_right) ++at_;
      } else if (text_[at_] == '"') {
        const bool ends = at_ + 1 == text_.size() || std::string_view(" )]\r\n").find(text_[at_ + 1]) != std::string_view::npos;
        if (ends) {
          ++at_;
          return;
        }
        if (!out_.escape) out_.escape = {at_, at_ + 1};
      }
    }
    if (!out_.unended) out_.unended = begin;
  }

  // Lists in lists are counted, so that nothing grows with their depth.
  void list(char open, char close) {
    const std::size_t begin = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        quoted();
        continue;
      }
      if (literal()) continue;
      ++at_;
      depth += c == open ? 1U : 0U;
      depth -= c == close ? 1U : 0U;
      if (depth == 0) return;
    }
    if (!out_.unended) out_.unended = begin;
  }

  // {n} and its octets, if one begins here and its line ends behind it.
  bool literal() {
    if (text_[at_] != '{') return false;
    const std::string_view line = text_.substr(at_, imap::kLongestMark);
    const std::size_t length = std::min(line.find('\n'), line.size() - 1) + 1;
    if (line[length - 1] != '\n' && at_ + length != text_.size()) return false;
    const std::size_t line_end = at_ + length;
    const auto mark = imap::literal_mark(text_.substr(at_, line_end - at_));
    if (!mark) return false;
    const std::size_t left = text_.size() - line_end;
    const std::size_t end = line_end + static_cast<std::size_t>(std::min<std::uint64_t>(mark->octets, left));
    literals_.push_back({at_, end});
    at_ = end;
    const bool may_follow = at_ == text_.size() || std::string_view(" )]").find(text_[at_]) != std::string_view::npos;
    if (!may_follow && !out_.behind_literal) out_.behind_literal = at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Scan out_;
  std::vector<core::Span> literals_;  // with what announces them
};

}  // namespace

Scan scan(std::string_view octets) { return Scanner(octets).run(); }

}  // namespace imap_judge
