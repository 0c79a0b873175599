#include "mime/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace mime {
namespace {

constexpr auto kSkipped = std::to_array<std::string_view>({"script", "style", "head", "title", "noscript", "template"});
constexpr auto kBlocks = std::to_array<std::string_view>(
    {"address", "article", "aside", "blockquote", "br",  "dd",      "div",   "dl", "dt",     "fieldset", "figure",
     "footer",  "form",    "h1",    "h2",         "h3",  "h4",      "h5",    "h6", "header", "hr",       "li",
     "main",    "nav",     "ol",    "p",          "pre", "section", "table", "tr", "ul"});
constexpr auto kSpaced = std::to_array<std::string_view>({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p"});

struct NameRow {
  std::string_view name;
  char32_t letter;
};
constexpr auto kNames = std::to_array<NameRow>({
    {"amp", U'&'},    {"lt", U'<'},    {"gt", U'>'},        {"quot", U'"'},     {"apos", U'\''}, {"nbsp", U' '},
    {"copy", U'©'},   {"reg", U'®'},   {"trade", U'™'},     {"hellip", U'…'},   {"mdash", U'—'}, {"ndash", U'–'},
    {"lsquo", U'‘'},  {"rsquo", U'’'}, {"ldquo", U'“'},     {"rdquo", U'”'},    {"laquo", U'«'}, {"raquo", U'»'},
    {"middot", U'·'}, {"bull", U'•'},  {"times", U'×'},     {"yen", U'¥'},      {"euro", U'€'},  {"pound", U'£'},
    {"ensp", U' '},   {"emsp", U' '},  {"zwnj", U'\u200C'}, {"zwj", U'\u200D'}, {"deg", U'°'},   {"sect", U'§'},
});
constexpr std::size_t kLongestName = 10;

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// "#38", "#x26", "amp".
std::optional<char32_t> letter_of(std::string_view reference) {
  if (!reference.starts_with('#')) {
    const auto* const row =
        std::find_if(kNames.begin(), kNames.end(), [&](const NameRow& one) { return one.name == reference; });
    return row == kNames.end() ? std::nullopt : std::optional(row->letter);
  }
  const bool is_hex = reference.size() > 1 && (reference[1] == 'x' || reference[1] == 'X');
  const std::string_view digits = reference.substr(is_hex ? 2 : 1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10);
  const bool is_letter = number >= 0x20 && number < 0x110000 && (number < 0xD800 || number > 0xDFFF);
  if (error != std::errc() || end != digits.data() + digits.size() || (!is_letter && number != '\t' && number != '\n'))
    return std::nullopt;
  return static_cast<char32_t>(number);
}

class Page {
 public:
  explicit Page(std::string_view html) : html_(html) {}

  std::string read() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<' && take_tag()) continue;
      if (c == '&' && take_reference()) continue;
      add(html_.substr(at_++, 1));
    }
    while (!out_.empty() && is_space(out_.back())) out_.pop_back();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  void add(std::string_view letter) {
    if (letter.size() == 1 && is_space(letter.front())) {
      is_parted_ = true;
      return;
    }
    const bool at_line_start = out_.empty() || out_.back() == '\n';
    if (is_parted_ && !at_line_start) out_ += ' ';
    is_parted_ = false;
    out_ += letter;
  }

  void end_line(bool leaves_one_empty) {
    is_parted_ = false;
    if (out_.empty()) return;
    if (out_.back() != '\n') out_ += '\n';
    if (leaves_one_empty && !out_.ends_with("\n\n")) out_ += '\n';
  }

  // False: the < is a letter like any other.
  bool take_tag() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      at_ = after(html_.find("-->", at_ + 4), 3);
      return true;
    }
    const bool closes = rest.starts_with("</");
    std::size_t end = closes ? 2 : 1;
    const std::size_t begin = end;
    if (begin >= rest.size() || !(core::is_alpha(rest[begin]) || rest[begin] == '!' || rest[begin] == '?')) return false;
    while (end < rest.size() && core::is_alnum(rest[end])) ++end;
    const std::string name = core::to_lower(rest.substr(begin, end - begin));
    at_ = end_of_tag(at_ + end);
    if (!closes && is_one_of(kSkipped, name)) return skip(name);
    if (is_one_of(kBlocks, name)) end_line(is_one_of(kSpaced, name));
    if (name == "td" || name == "th") is_parted_ = true;
    return true;
  }

  [[nodiscard]] std::size_t after(std::size_t found, std::size_t length) const {
    return found == std::string_view::npos ? html_.size() : found + length;
  }

  // Behind the > that ends a tag, which none in quotes does.
  [[nodiscard]] std::size_t end_of_tag(std::size_t at) const {
    char quote = 0;
    for (; at < html_.size(); ++at) {
      const char c = html_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '>') {
        return at + 1;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return html_.size();
  }

  // Up to the end tag; where it is missing, nothing is skipped: rather too much is read than nothing. That is looked for once.
  bool skip(std::string_view name) {
    bool& is_open = never_ends_[static_cast<std::size_t>(std::find(kSkipped.begin(), kSkipped.end(), name) - kSkipped.begin())];
    for (std::size_t at = is_open ? std::string_view::npos : html_.find("</", at_); at != std::string_view::npos;
         at = html_.find("</", at + 2)) {
      if (!core::starts_with_ignoring_case(html_.substr(at + 2), name)) continue;
      at_ = end_of_tag(at + 2);
      return true;
    }
    return is_open = true;
  }

  bool take_reference() {
    const std::size_t end = html_.substr(at_, kLongestName + 2).find(';');
    if (end == std::string_view::npos) return false;
    const auto letter = letter_of(html_.substr(at_ + 1, end - 1));
    if (!letter) return false;
    std::string octets;
    core::append_utf8(octets, *letter);
    add(octets);
    at_ += end + 1;
    return true;
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::array<bool, kSkipped.size()> never_ends_{};
  bool is_parted_ = false;  // blanks came since the last letter
  std::string out_;
};

}  // namespace

std::string html_text(std::string_view html) { return Page(html).read(); }

}  // namespace mime
