#include "document/toml_hints.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace document {
namespace {

struct Lookalike {
  std::string_view typed;
  std::string_view wanted;
};

// What an input method for Chinese types where TOML wants ASCII.
constexpr std::array kLookalikes{
    Lookalike{"“", "\""},  Lookalike{"”", "\""}, Lookalike{"‘", "'"},  Lookalike{"’", "'"},  Lookalike{"＂", "\""},
    Lookalike{"＝", "="},  Lookalike{"，", ","}, Lookalike{"、", ","}, Lookalike{"：", ":"}, Lookalike{"。", "."},
    Lookalike{"【", "["},  Lookalike{"】", "]"}, Lookalike{"［", "["}, Lookalike{"］", "]"}, Lookalike{"「", "\""},
    Lookalike{"」", "\""}, Lookalike{"｛", "{"}, Lookalike{"｝", "}"}, Lookalike{"＃", "#"}, Lookalike{"　", " "},
};

std::string_view line_at(std::string_view text, int number) {
  for (; number > 1 && !text.empty(); --number) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
  return text.substr(0, text.find_first_of("\r\n"));
}

// Of the character in that column; the size of the line when it is shorter.
std::size_t offset_of(std::string_view line, int column) {
  std::size_t at = 0;
  for (; column > 1 && at < line.size(); --column) at += std::max<std::size_t>(1, core::utf8_sequence_length(line.substr(at)));
  return std::min(at, line.size());
}

std::string hint_about_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "this is UTF-16; save the file as UTF-8";
  return core::is_utf8(text) ? "" : "save the file as UTF-8; it may be in GBK now";
}

std::string hint_about_lookalike(std::string_view rest) {
  for (const Lookalike& one : kLookalikes) {
    if (rest.starts_with(one.typed)) {
      return "this is the Chinese character " + std::string(one.typed) + "; TOML wants " + std::string(one.wanted);
    }
  }
  return {};
}

bool is_letter(char c) { return core::is_alpha(c) || core::is_high(c); }

// What stands behind the = in the line, and the key before it; both empty when there is none.
struct Assignment {
  std::string_view key;
  std::string_view value;
};

Assignment assignment_in(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  return {core::trim(line.substr(0, equals)), core::trim(line.substr(equals + 1))};
}

// The word that stands at `at`, from its beginning.
std::string_view word_at(std::string_view line, std::size_t at) {
  std::size_t begin = std::min(at, line.size());
  while (begin > 0 && is_letter(line[begin - 1])) --begin;
  std::size_t end = begin;
  while (end < line.size() && (is_letter(line[end]) || line[end] == '-' || line[end] == '_')) ++end;
  return line.substr(begin, end - begin);
}

std::string hint_about_value(std::string_view line, std::size_t at) {
  const std::string_view word = word_at(line, at);
  if (word.empty()) return {};
  const std::string lower = core::to_lower(word);
  if (lower == "true" || lower == "false") return "write " + lower + ", in small letters";
  return "a text stands between quotes: \"" + std::string(word) + "\"";
}

// An odd number of quotes: the last one opens what nothing closes.
bool is_unclosed(std::string_view value) {
  return value.starts_with('"') && !value.starts_with("\"\"\"") && std::count(value.begin(), value.end(), '"') % 2 == 1;
}

}  // namespace

std::string toml_hint(std::string_view text, Position where, std::string_view said) {
  if (std::string hint = hint_about_encoding(text); !hint.empty()) return hint;
  if (said.find("redefine") != std::string_view::npos) {
    return "a key stands once in a table; another [[rule]], [[reply]] or [[step]] begins a new one";
  }
  const std::string_view line = line_at(text, where.line);
  const std::size_t at = offset_of(line, where.column);
  if (at < line.size() && line[at] >= 0 && line[at] < ' ') return "this octet belongs in no text; is it the right file?";
  if (std::string hint = hint_about_lookalike(line.substr(at)); !hint.empty()) return hint;
  const Assignment assignment = assignment_in(line);
  if (is_unclosed(assignment.value)) return "close the text with \" in this line, or begin and end it with \"\"\"";
  const bool escapes = at > 0 && (line[at - 1] == '\\' || line.substr(at).starts_with('\\'));
  if (escapes) return "a backslash itself is \\\\, or put the text between ' and '";
  if (assignment.value.starts_with('{') && assignment.value.find('}') == std::string_view::npos) {
    return "a table between { and } stands in one line";
  }
  if (assignment.key.empty()) {
    const std::string_view statement = core::trim(line);
    return !statement.empty() && is_letter(statement.front()) ? "key = \"value\"; a remark begins with #" : "";
  }
  const std::size_t value_begins = line.find('=') + 1;
  if (at < value_begins) {
    return at < line.size() && core::is_high(line[at]) ? "a key with such letters stands between quotes" : "";
  }
  if (assignment.value.empty()) return "write the value behind the =";
  return hint_about_value(line, at);
}

}  // namespace document
