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

core::Text hint_about_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return {"this is UTF-16; save the file as UTF-8", "这是 UTF-16；请把文件存成 UTF-8"};
  }
  if (core::is_utf8(text)) return {};
  return {"save the file as UTF-8; it may be in GBK now", "请把文件存成 UTF-8；现在可能是 GBK"};
}

core::Text hint_about_lookalike(std::string_view rest) {
  for (const Lookalike& one : kLookalikes) {
    if (rest.starts_with(one.typed)) {
      return core::phrase("this is the Chinese character {0}; TOML wants {1}", "这是中文字符 {0}；TOML 要用 {1}",
                          {one.typed, one.wanted});
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

core::Text hint_about_value(std::string_view line, std::size_t at) {
  const std::string_view word = word_at(line, at);
  if (word.empty()) return {};
  const std::string lower = core::to_lower(word);
  if (lower == "true" || lower == "false") return core::phrase("write {0}, in small letters", "写成 {0}，用小写", {lower});
  return core::phrase("a text stands between quotes: \"{0}\"", "文本要放在引号里：\"{0}\"", {word});
}

// An odd number of quotes: the last one opens what nothing closes.
bool is_unclosed(std::string_view value) {
  return value.starts_with('"') && !value.starts_with("\"\"\"") && std::count(value.begin(), value.end(), '"') % 2 == 1;
}

}  // namespace

core::Text toml_hint(std::string_view text, Position where, std::string_view said) {
  if (core::Text hint = hint_about_encoding(text); !hint.empty()) return hint;
  if (said.find("redefine") != std::string_view::npos) {
    return {"a key stands once in a table; another [[rule]], [[reply]] or [[step]] begins a new one",
            "一个键在一个表里只能出现一次；要另起一个表，再写一行 [[rule]]、[[reply]] 或 [[step]]"};
  }
  const std::string_view line = line_at(text, where.line);
  const std::size_t at = offset_of(line, where.column);
  if (at < line.size() && line[at] >= 0 && line[at] < ' ') {
    return {"this octet belongs in no text; is it the right file?", "文本里不会有这个字节；是不是拿错了文件？"};
  }
  if (core::Text hint = hint_about_lookalike(line.substr(at)); !hint.empty()) return hint;
  const Assignment assignment = assignment_in(line);
  if (is_unclosed(assignment.value)) {
    return {"close the text with \" in this line, or begin and end it with \"\"\"",
            "在这一行里用 \" 结束文本，或者用 \"\"\" 开头和结尾"};
  }
  const bool escapes = at > 0 && (line[at - 1] == '\\' || line.substr(at).starts_with('\\'));
  if (escapes) {
    return {"a backslash itself is \\\\, or put the text between ' and '", "反斜杠本身写成 \\\\，或者把文本放在 ' 和 ' 之间"};
  }
  if (assignment.value.starts_with('{') && assignment.value.find('}') == std::string_view::npos) {
    return {"a table between { and } stands in one line", "{ 和 } 之间的表要写在一行里"};
  }
  if (assignment.key.empty()) {
    const std::string_view statement = core::trim(line);
    if (statement.empty() || !is_letter(statement.front())) return {};
    return {"key = \"value\"; a remark begins with #", "写成 key = \"value\"；注释以 # 开头"};
  }
  const std::size_t value_begins = line.find('=') + 1;
  if (at < value_begins) {
    if (at >= line.size() || !core::is_high(line[at])) return {};
    return {"a key with such letters stands between quotes", "带这种字符的键要放在引号里"};
  }
  if (assignment.value.empty()) return {"write the value behind the =", "在 = 后面写上值"};
  return hint_about_value(line, at);
}

}  // namespace document
