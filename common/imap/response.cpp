#include "imap/response.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/text.h"

namespace imap::response {
namespace {

constexpr std::size_t kDeepest = 100;  // lists in lists that are passed over

struct ConditionRow {
  std::string_view word;
  Condition condition;
};
constexpr std::array kConditions{
    ConditionRow{"OK", Condition::kOk},           ConditionRow{"NO", Condition::kNo},   ConditionRow{"BAD", Condition::kBad},
    ConditionRow{"PREAUTH", Condition::kPreauth}, ConditionRow{"BYE", Condition::kBye},
};

const ConditionRow* condition_of(std::string_view word) {
  const auto* const row = std::find_if(kConditions.begin(), kConditions.end(),
                                       [&](const ConditionRow& one) { return core::equals_ignoring_case(one.word, word); });
  return row == kConditions.end() ? nullptr : row;
}

template <typename Number>
std::optional<Number> number_in(std::string_view digits) {
  Number number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

// Walks over the data of one response. Servers put more blanks than the grammar has; they count for nothing.
class Cursor {
 public:
  Cursor(std::string_view text, std::vector<Octets>& literals) : text_(text), literals_(literals) {}

  [[nodiscard]] bool at_end() {
    skip_blanks();
    return text_.empty();
  }
  [[nodiscard]] bool takes(char c) {
    skip_blanks();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] char next() {
    skip_blanks();
    return text_.empty() ? '\0' : text_.front();
  }

  // ATOM-CHARs and what names of attributes and flags have beside them: up to a blank, a parenthesis or a quote.
  std::string_view atom() {
    skip_blanks();
    const std::string_view word = text_.substr(0, text_.find_first_of(" ()\"\r\n"));
    text_.remove_prefix(word.size());
    return word;
  }

  // "BODY[HEADER.FIELDS (TO CC)]<0>", whose brackets hold blanks.
  std::string_view attribute() {
    skip_blanks();
    const std::size_t stop = std::min(text_.find_first_of(" ()[\r\n"), text_.size());
    std::size_t end = stop;
    if (stop < text_.size() && text_[stop] == '[') end = std::min(text_.find(']', stop), text_.size() - 1) + 1;
    if (end < text_.size() && text_[end] == '<') end = std::min(text_.find('>', end), text_.size() - 1) + 1;
    const std::string_view name = text_.substr(0, end);
    text_.remove_prefix(end);
    return name;
  }

  // string = quoted / literal (RFC 9051 §9), literal8 too.
  std::optional<Octets> string() {
    skip_blanks();
    if (text_.starts_with('"')) return quoted();
    const std::size_t tilde = text_.starts_with("~{") ? 1 : 0;
    if (text_.size() <= tilde || text_[tilde] != '{') return std::nullopt;
    const std::size_t end = text_.find('\n');
    if (end == std::string_view::npos || literal_ >= literals_.size()) return std::nullopt;
    text_.remove_prefix(end + 1);
    return std::move(literals_[literal_++]);
  }

  // *( … ) of atoms.
  std::optional<std::vector<std::string>> atoms() {
    std::vector<std::string> out;
    if (!takes('(')) return std::nullopt;
    while (!takes(')')) {
      const std::string_view word = atom();
      if (word.empty()) return std::nullopt;
      out.emplace_back(word);
    }
    return out;
  }

  // Any value: an atom, a string, lists of them. False: there is none.
  bool skip_value() {
    std::size_t depth = 0;
    do {
      const char c = next();
      if (c == '(') {
        if (!takes('(') || ++depth > kDeepest) return false;
      } else if (c == ')') {
        if (depth == 0 || !takes(')')) return false;
        --depth;
      } else if (c == '"' || c == '{' || text_.starts_with("~{")) {
        if (!string()) return false;
      } else if (atom().empty()) {
        return false;
      }
    } while (depth > 0);
    return true;
  }

 private:
  void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(' '), text_.size())); }

  std::optional<Octets> quoted() {
    std::string out;
    for (std::size_t i = 1; i < text_.size(); ++i) {
      if (text_[i] == '"') {
        text_.remove_prefix(i + 1);
        const std::size_t size = out.size();
        return Octets{std::move(out), size};
      }
      if (text_[i] == '\\' && i + 1 < text_.size()) ++i;
      out += text_[i];
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::vector<Octets>& literals_;
  std::size_t literal_ = 0;
};

// resp-text = ["[" resp-text-code "]" SP] text
Status status_of(std::string tag, Condition condition, std::string_view words) {
  words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
  Status status{std::move(tag), condition};
  status.words = words;
  const std::size_t close = words.starts_with('[') ? words.find(']') : std::string_view::npos;
  if (close != std::string_view::npos) {
    status.code = words.substr(1, close - 1);
    words = core::trim(words.substr(close + 1));
  }
  status.text = words;
  return status;
}

std::optional<Response> numbers_found(std::string_view text) {
  Found found;
  while (true) {
    const std::string_view word = take_word(text);
    if (word.empty()) return found;
    if (word.starts_with('(')) return found;  // (MODSEQ n), RFC 7162 §3.1.5
    const auto number = number_in<std::uint32_t>(word);
    if (!number) return std::nullopt;
    found.numbers.push_back(*number);
  }
}

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
std::optional<Response> listed(Cursor cursor) {
  Listed one;
  auto flags = cursor.atoms();
  if (!flags) return std::nullopt;
  one.flags = std::move(*flags);
  if (cursor.next() == '"') {
    auto delimiter = cursor.string();
    if (!delimiter) return std::nullopt;
    one.delimiter = std::move(delimiter->kept);
  } else if (!core::equals_ignoring_case(cursor.atom(), "NIL")) {
    return std::nullopt;
  }
  if (auto name = cursor.string()) {
    one.name = std::move(name->kept);
  } else {
    one.name = cursor.atom();
  }
  return one.name.empty() ? std::nullopt : std::optional<Response>(std::move(one));
}

// One attribute and its value; false: it breaks the grammar.
bool take_attribute(Cursor& cursor, Fetched& out) {
  const std::string name = core::to_upper(cursor.attribute());
  if (name.empty()) return false;
  if (name == "UID" || name == "RFC822.SIZE") {
    const auto number = number_in<std::uint64_t>(cursor.atom());
    if (!number) return false;
    if (name == "RFC822.SIZE") {
      out.size = number;
    } else if (*number > 0 && *number <= UINT32_MAX) {
      out.uid = static_cast<std::uint32_t>(*number);
    } else {
      return false;
    }
    return true;
  }
  if (name == "FLAGS") return (out.flags = cursor.atoms()).has_value();
  const bool is_message = name == "BODY[]" || name == "RFC822";
  if (name != "INTERNALDATE" && !is_message) return cursor.skip_value();
  auto value = cursor.string();
  if (!value) return core::equals_ignoring_case(cursor.atom(), "NIL");
  if (is_message) {
    out.message = std::move(value);
  } else {
    out.internal_date = std::move(value->kept);
  }
  return true;
}

// msg-att = "(" … *(SP …) ")"
std::optional<Response> fetched(std::uint32_t number, Cursor cursor) {
  Fetched out;
  out.number = number;
  if (!cursor.takes('(')) return std::nullopt;
  while (!cursor.takes(')')) {
    if (cursor.at_end() || !take_attribute(cursor, out)) return std::nullopt;
  }
  return out;
}

std::optional<Response> untagged(std::string_view text, std::vector<Octets>& literals) {
  const std::string_view first = take_word(text);
  if (const auto* const row = condition_of(first)) return status_of({}, row->condition, text);
  if (const auto number = number_in<std::uint32_t>(first)) {
    std::string name = core::to_upper(take_word(text));
    if (name == "FETCH") return fetched(*number, Cursor(text, literals));
    return name.empty() ? std::nullopt : std::optional<Response>(Count{std::move(name), *number});
  }
  const std::string name = core::to_upper(first);
  if (name == "SEARCH") return numbers_found(text);
  if (name == "LIST" || name == "LSUB") return listed(Cursor(text, literals));
  if (name == "CAPABILITY") return Capabilities{capabilities_in("CAPABILITY" + std::string(text))};
  return std::nullopt;
}

// tag = 1*<any ASTRING-CHAR except "+">
bool is_tag(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view("(){%*\"\\+").find(c) == std::string_view::npos;
  });
}

}  // namespace

std::optional<Response> parse(Raw raw) {
  std::string_view text = raw.text;
  if (text.starts_with('+')) return Continuation{std::string(core::trim(text.substr(1)))};
  if (text.starts_with("* ")) {
    text.remove_prefix(2);
    if (auto response = untagged(text, raw.literals)) return response;
    return Other{core::to_upper(take_word(text).substr(0, 64))};
  }
  const std::string_view tag = take_word(text);
  const auto* const row = condition_of(take_word(text));
  if (row == nullptr || !is_tag(tag)) return std::nullopt;
  return status_of(std::string(tag), row->condition, text);
}

std::vector<std::string> capabilities_in(std::string_view code) {
  std::vector<std::string> names;
  if (!core::equals_ignoring_case(take_word(code), "CAPABILITY")) return names;
  for (std::string_view word = take_word(code); !word.empty(); word = take_word(code)) names.emplace_back(word);
  return names;
}

std::optional<std::uint32_t> number_of(std::string_view code, std::string_view name) {
  if (!core::equals_ignoring_case(take_word(code), name)) return std::nullopt;
  return number_in<std::uint32_t>(take_word(code));
}

bool may_hold_literals(std::string_view begin) {
  if (!begin.starts_with("* ")) return false;
  begin.remove_prefix(2);
  return condition_of(take_word(begin)) == nullptr;
}

}  // namespace imap::response
