#include "document/problems.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/secret.h"
#include "core/show.h"

namespace document {
namespace {

constexpr std::size_t kMostShown = 20;
constexpr std::size_t kWidestLine = 120;     // columns of a quoted line
constexpr std::size_t kLongestSequence = 4;  // octets of a character

// Where line `number` begins in the text; its end when there are not so many.
std::size_t line_begin(std::string_view text, int number) {
  std::size_t at = 0;
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  return at;
}

// Chinese characters and their punctuation take two columns of a terminal (Unicode Standard Annex 11, the blocks in use).
std::size_t columns_of(char32_t c) {
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::size_t sequence_length(std::string_view text) { return std::max<std::size_t>(1, core::utf8_sequence_length(text)); }

std::size_t width_of(std::string_view shown) {
  std::size_t width = 0;
  while (!shown.empty()) {
    const std::size_t step = sequence_length(shown);
    width += columns_of(core::utf8_decode(shown.substr(0, step)));
    shown.remove_prefix(step);
  }
  return width;
}

// A line cut to what a terminal shows, around the caret where that stands far to the right, and a caret under the character
// in that column. Instead of what is hidden a mask is shown; a caret within stands under its beginning.
class Quote {
 public:
  Quote(const Document& document, int number) : text_(document.text), hidden_(document.hidden) {
    at_ = line_begin(text_, number);
    end_ = std::min(text_.find('\n', at_), text_.size());
    if (end_ > at_ && text_[end_ - 1] == '\r') --end_;
  }

  std::string with_caret(int column) {
    std::size_t number = skip_before(column);
    std::size_t caret = std::string::npos;
    for (; width_ < kWidestLine; ++number) {
      if (number == static_cast<std::size_t>(column)) caret = is_inside_mask() ? mask_at_ : width_;
      if (at_ >= end_) break;
      const Piece piece = piece_at(at_);
      if (!piece.shown.empty()) mask_at_ = width_;
      show(piece.shown);
      at_ += piece.octets;
    }
    if (shown_.empty()) return {};
    if (at_ < end_) shown_ += " …";
    shown_ += '\n';
    if (caret != std::string::npos) shown_.append(caret, ' ').append("^\n");
    return std::move(shown_);
  }

 private:
  // One character as it is shown; of what is hidden the first one is the mask, and the others are nothing.
  struct Piece {
    std::size_t octets;
    std::string shown;
  };

  // How much of the line stands left of what is quoted: the number of its first character that is shown.
  std::size_t skip_before(int column) {
    std::size_t at = at_;
    std::size_t left = 0;
    for (int number = 1; number < column && at < end_; ++number) {
      const Piece piece = piece_at(at);
      left += width_of(piece.shown);
      at += piece.octets;
    }
    std::size_t number = 1;
    if (left < kWidestLine) return number;
    for (; left > kWidestLine / 2 || is_inside_mask(); ++number) {
      const Piece piece = piece_at(at_);
      left -= width_of(piece.shown);
      at_ += piece.octets;
    }
    show("… ");
    return number;
  }

  void show(std::string_view piece) {
    shown_ += piece;
    width_ += width_of(piece);
  }

  [[nodiscard]] const core::Span* hidden_at(std::size_t at) const {
    const auto behind = std::upper_bound(hidden_.begin(), hidden_.end(), at,
                                         [](std::size_t place, const core::Span& one) { return place < one.begin; });
    return behind == hidden_.begin() || at >= std::prev(behind)->end ? nullptr : &*std::prev(behind);
  }
  [[nodiscard]] bool is_inside_mask() const {
    const core::Span* const hidden = hidden_at(at_);
    return hidden != nullptr && hidden->begin != at_;
  }

  [[nodiscard]] Piece piece_at(std::size_t at) const {
    const std::size_t length = sequence_length(std::string_view(text_).substr(at, kLongestSequence));
    const core::Span* const hidden = hidden_at(at);
    if (hidden == nullptr) return {length, core::show_bytes(std::string_view(text_).substr(at, length))};
    return {length, hidden->begin == at ? std::string(core::kMask) : std::string()};
  }

  const std::string& text_;
  const std::vector<core::Span>& hidden_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::string shown_;
  std::size_t width_ = 0;
  std::size_t mask_at_ = 0;  // where the last piece stands
};

}  // namespace

void Problems::add(Position where, core::Text message, core::Text hint) {
  problems_.push_back({where, std::move(message), std::move(hint)});
}

std::string Problems::describe(const Problem& problem, core::Language language) const {
  std::string out = document_->path + ":" + std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) +
                    ": " + core::show_bytes(problem.message.in(language)) + "\n" +
                    Quote(*document_, problem.where.line).with_caret(problem.where.column);
  const bool is_chinese = language == core::Language::kChinese;
  if (!problem.hint.empty()) out += (is_chinese ? "提示：" : "hint: ") + core::show_bytes(problem.hint.in(language)) + "\n";
  out.pop_back();
  return out;
}

std::string Problems::all(const std::vector<Problem>& sorted, core::Language language) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostShown); ++i) {
    text += (i == 0 ? "" : "\n") + describe(sorted[i], language);
  }
  if (sorted.size() <= kMostShown) return text;
  return text + "\n" + core::phrase("and {0} more", "还有 {0} 处", {sorted.size() - kMostShown}).in(language);
}

core::Error Problems::error() const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
  return {core::Blame::kInput, {all(sorted, core::Language::kEnglish), all(sorted, core::Language::kChinese)}, {}, {}};
}

}  // namespace document
