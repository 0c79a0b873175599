#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/explain/gbk.h"
#include "client/explain/pasted.h"
#include "core/show.h"
#include "core/text.h"

namespace explain {
namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};

// What web pages and mails in HTML write.
constexpr std::array kEntities{
    Entity{"&#39;", "'"},  Entity{"&#039;", "'"}, Entity{"&apos;", "'"}, Entity{"&quot;", "\""},
    Entity{"&#34;", "\""}, Entity{"&lt;", "<"},   Entity{"&gt;", ">"},   Entity{"&nbsp;", " "},
    Entity{"&amp;", "&"},  Entity{"<br>", "\n"},  Entity{"<br/>", "\n"}, Entity{"<br />", "\n"},
};

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// `digits` hexadecimal digits at the start of `text`.
std::optional<unsigned> hex(std::string_view text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, digits)) {
    const auto digit = hex_digit(c);
    if (!digit) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(*digit);
  }
  return value;
}

std::string utf8(unsigned code) {
  const auto octet = [](unsigned value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {octet(code)};
  if (code < 0x800) return {octet(0xC0 | (code >> 6)), octet(0x80 | (code & 0x3F))};
  return {octet(0xE0 | (code >> 12)), octet(0x80 | ((code >> 6) & 0x3F)), octet(0x80 | (code & 0x3F))};
}

struct Undone {
  std::string text;
  std::size_t length;  // of what it replaces
};

// What `rest` begins with, behind one backslash or several: "n", "r\n", "\"", "xe4", "u4f60".
std::optional<Undone> undo(std::string_view rest) {
  if (rest.empty()) return std::nullopt;
  switch (rest.front()) {
    case 'r': return Undone{"", 1};  // as good as always before \n; alone it is none of ours
    case 'n': return Undone{"\n", 1};
    case 't': return Undone{" ", 1};
    case '"':
    case '\'':
    case '/': return Undone{std::string(1, rest.front()), 1};
    case 'x':
      if (const auto octet = hex(rest.substr(1), 2); octet && *octet >= 0x20 && *octet < 0x80) {
        return Undone{std::string(1, static_cast<char>(static_cast<unsigned char>(*octet))), 3};
      }
      return std::nullopt;
    case 'u':
      if (const auto code = hex(rest.substr(1), 4); code && *code >= 0x20 && (*code < 0xD800 || *code > 0xDFFF)) {
        return Undone{utf8(*code), 5};
      }
      return std::nullopt;
    default: return std::nullopt;
  }
}

// A path of Windows is full of backslashes: C:\new\reports. A drive letter or a dot before them says so.
bool in_windows_path(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '"' && text[begin - 1] != '\'' && text[begin - 1] != '(' &&
         text[begin - 1] != '\n' && at - begin < 300) {
    --begin;
  }
  const std::string_view word = text.substr(begin, at + 1 - begin);
  return word.size() >= 3 && word[1] == ':' && word[2] == '\\';
}

// The octet that `\\xe4` stands for, behind one backslash or several at `at`; nothing: it is none, or it is ASCII.
std::optional<Undone> undo_octet(std::string_view text, std::size_t at) {
  const std::size_t behind = std::min(text.find_first_not_of('\\', at), text.size());
  if (behind == at || !text.substr(behind).starts_with('x')) return std::nullopt;
  const auto octet = hex(text.substr(behind + 1), 2);
  if (!octet || *octet < 0x80) return std::nullopt;
  return Undone{std::string(1, static_cast<char>(static_cast<unsigned char>(*octet))), behind + 3 - at};
}

// A run of such octets in one charset: UTF-8, or GBK, whose second octet may be a letter. Around it somebody may have written
// in another one: "报错 b'\xc7\xeb'".
std::optional<Undone> undo_octets(std::string_view text, std::size_t at) {
  Undone run{{}, 0};
  bool is_half = false;  // of a letter of GBK
  while (at + run.length < text.size()) {
    const char c = text[at + run.length];
    if (const auto octet = undo_octet(text, at + run.length)) {
      run.text += octet->text;
      run.length += octet->length;
      is_half = !is_half;
    } else if (is_half && c >= '@' && c <= '~' && c != '\\') {
      run.text += c;
      ++run.length;
      is_half = false;
    } else {
      break;
    }
  }
  if (run.length == 0) return std::nullopt;
  if (!core::is_utf8(run.text)) run.text = from_gbk(run.text);
  return run;
}

std::optional<Undone> undo_entity(std::string_view rest) {
  for (const Entity& entity : kEntities) {
    if (core::starts_with_ignoring_case(rest, entity.name)) return Undone{std::string(entity.text), entity.name.size()};
  }
  return std::nullopt;
}

}  // namespace

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\\') {
      if (const auto octets = in_windows_path(text, at) ? std::nullopt : undo_octets(text, at)) {
        out += octets->text;
        at += octets->length;
        continue;
      }
      std::size_t behind = at;
      while (behind < text.size() && text[behind] == '\\') ++behind;
      const auto undone = in_windows_path(text, at) ? std::nullopt : undo(text.substr(behind));
      out += undone ? undone->text : std::string(text.substr(at, behind - at));
      at = behind + (undone ? undone->length : 0);
      continue;
    }
    const auto entity = c == '&' || c == '<' ? undo_entity(text.substr(at, 8)) : std::nullopt;
    if (entity) {
      out += entity->text;
      at += entity->length;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

}  // namespace explain
