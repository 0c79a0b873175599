#include "imap_judge/login_form.h"

#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "core/secret.h"
#include "imap/cursor.h"

namespace imap_judge {
namespace {

using findings::Sight;

// A word that is no string: an atom, and ] (RFC 9051 §9: ASTRING-CHAR).
bool is_bare(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return (imap::is_atom_char(c) && !core::is_high(c)) || c == ']'; });
}

core::Text quoted_form() { return core::same("LOGIN \"user\" \"password\""); }

// Walks over both words. A password with blanks gives more of them, one with quotes ends them at the wrong place.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text), at_(begin_of_arguments(text)) {}

  std::optional<Sight> run() {
    if (text_.find(core::kMask, at_) != std::string_view::npos) return std::nullopt;  // nobody can tell any more
    std::size_t words = 0;
    while (skip_blanks()) {
      ++words;
      if (words > 2) return Sight{"password-not-quoted", {begin_of_arguments(text_), text_.size()}, true, quoted_form()};
      if (auto wrong = word()) return wrong;
      if (is_literal_) return std::nullopt;  // framing has seen to it
    }
    return std::nullopt;
  }

 private:
  static std::size_t begin_of_arguments(std::string_view text) {
    const std::size_t tag = text.find(' ');
    const std::size_t verb = text.find_first_not_of(' ', tag);
    return std::min(text.find(' ', verb), text.size());
  }

  bool skip_blanks() {
    at_ = std::min(text_.find_first_not_of(' ', at_), text_.size());
    return at_ < text_.size();
  }

  std::optional<Sight> word() {
    if (text_[at_] == '"') return quoted();
    if (text_[at_] == '{') {
      is_literal_ = true;
      return std::nullopt;
    }
    const std::size_t begin = at_;
    at_ = std::min(text_.find(' ', at_), text_.size());
    if (is_bare(text_.substr(begin, at_ - begin))) return std::nullopt;
    return Sight{"password-not-quoted", {begin, at_}, true, quoted_form()};
  }

  std::optional<Sight> quoted() {
    const std::size_t begin = at_++;
    bool has_backslash = false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\') {
        has_backslash = true;
        const bool is_right = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\\');
        if (!is_right) return Sight{"password-quote-not-escaped", {begin, text_.size()}, true, quoted_form()};
        ++at_;
      } else if (c == '"') {
        if (at_ == text_.size() || text_[at_] == ' ') return std::nullopt;
        return Sight{"password-quote-not-escaped", {begin, text_.size()}, true, quoted_form()};
      }
    }
    if (!has_backslash) return std::nullopt;  // a bracket that is not closed
    return Sight{"password-quote-not-escaped", {begin, text_.size()}, true, quoted_form()};
  }

  std::string_view text_;
  std::size_t at_;
  bool is_literal_ = false;
};

}  // namespace

std::optional<Sight> login_form(const Line& line) { return Walk(line.text()).run(); }

}  // namespace imap_judge
