#include "mime/header.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"

namespace mime {
namespace {

constexpr std::size_t kLine = 76;         // of a line that holds an encoded-word (RFC 2047 §2)
constexpr std::size_t kEncodedWord = 64;  // 75 are allowed; behind the name of a field 76 on the line are the limit
constexpr std::string_view kBegin = "=?utf-8?";
constexpr std::size_t kFrame = kBegin.size() + 4;  // "Q?" and "?="

// What stands for itself in Q, also where the rules are the strictest: in a phrase (RFC 2047 §5).
bool is_plain_in_q(char c) { return core::is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/'; }

std::string q_encode(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : octets) {
    if (c == ' ') {
      out += '_';
    } else if (is_plain_in_q(c)) {
      out += c;
    } else {
      const auto octet = static_cast<unsigned char>(c);
      out += '=';
      out += kDigits[octet >> 4U];
      out += kDigits[octet & 0xFU];
    }
  }
  return out;
}

// Puts tokens behind one another with a space between, a new line before each that does not fit.
std::string fold(std::string_view name, const std::vector<std::string>& tokens) {
  std::string out = std::string(name) + ":";
  std::size_t column = out.size();
  for (const std::string& token : tokens) {
    if (column + 1 + token.size() > kLine && column > name.size() + 1) {
      out += "\r\n";
      column = 0;
    }
    out += " " + token;
    column += 1 + token.size();
  }
  return out + "\r\n";
}

// The words of a text; of several spaces all but one belong to the word behind them.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t word = text.find_first_not_of(' ', begin);
    const std::size_t end = std::min(text.find(' ', word), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// A text that means itself and survives folding: no encoded-word in disguise, nothing lost at its ends, no endless word.
bool stays_plain(std::string_view text, const std::vector<std::string>& words) {
  return core::is_printable_ascii(text) && text.find("=?") == std::string_view::npos && !text.starts_with(' ') &&
         !text.ends_with(' ') &&
         std::all_of(words.begin(), words.end(), [](const std::string& word) { return word.size() <= kEncodedWord; });
}

bool is_atom_character(char c) {
  return core::is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

std::string quoted_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// display-name = phrase (RFC 5322 §3.2.5).
std::vector<std::string> phrase(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  if (!stays_plain(name, words)) return encoded_words(name);
  if (std::all_of(name.begin(), name.end(), [](char c) { return c == ' ' || is_atom_character(c); })) return words;
  std::string quoted = quoted_string(name);
  if (quoted.size() > kEncodedWord) return encoded_words(name);
  return {std::move(quoted)};
}

constexpr std::size_t kLongestPlain = 60;  // of a parameter on a line of its own
constexpr std::size_t kLongestPiece = 50;  // of its octets as RFC 2231 writes them

// attribute-char (RFC 2231 §7), and "%" HEXDIG HEXDIG for the rest.
std::string percent_encode(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : octets) {
    if (core::is_alnum(c) || std::string_view("!#$&+-.^_`{|}~").find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[octet >> 4U];
    out += kDigits[octet & 0xFU];
  }
  return out;
}

// RFC 2231 §4: each piece is whole characters.
std::vector<std::string> percent_pieces(std::string_view text) {
  std::vector<std::string> pieces(1);
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, core::utf8_sequence_length(text));
    const std::string character = percent_encode(text.substr(0, length));
    if (pieces.back().size() + character.size() > kLongestPiece) pieces.emplace_back();
    pieces.back() += character;
    text.remove_prefix(length);
  }
  return pieces;
}

// name "=" value, or what RFC 2231 makes of it.
std::vector<std::string> parameters(std::string_view name, std::string_view text) {
  const std::string begin(name);
  if (core::is_printable_ascii(text) && text.size() <= kLongestPlain) {
    const bool is_token = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
      return core::is_alnum(c) || std::string_view("!#$%&'*+-.^_`{|}~").find(c) != std::string_view::npos;
    });
    return {begin + "=" + (is_token ? std::string(text) : quoted_string(text))};
  }
  std::vector<std::string> pieces = percent_pieces(text);
  if (pieces.size() == 1) return {begin + "*=UTF-8''" + pieces.front()};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces[i].insert(0, begin + "*" + std::to_string(i) + "*=" + (i == 0 ? "UTF-8''" : ""));
  }
  return pieces;
}

}  // namespace

std::string parameter_field(std::string_view name, std::string_view value, std::string_view parameter, std::string_view text) {
  std::string out = std::string(name) + ": " + std::string(value);
  std::size_t column = out.size();
  for (const std::string& one : parameters(parameter, text)) {
    const bool fits = column + 2 + one.size() <= kLine;
    out += (fits ? "; " : ";\r\n\t") + one;
    column = (fits ? column + 2 : 1) + one.size();
  }
  return out + "\r\n";
}

std::vector<std::string> encoded_words(std::string_view text) {
  const bool is_q = q_encode(text).size() <= core::base64_encode(text).size();
  const auto encode = [&](std::string_view octets) { return is_q ? q_encode(octets) : core::base64_encode(octets); };
  std::vector<std::string> words;
  while (!text.empty()) {
    std::size_t length = 0;
    while (length < text.size()) {
      const std::size_t next = length + std::max<std::size_t>(1, core::utf8_sequence_length(text.substr(length)));
      if (encode(text.substr(0, next)).size() + kFrame > kEncodedWord) break;
      length = next;
    }
    words.push_back(std::string(kBegin) + (is_q ? "Q?" : "B?") + encode(text.substr(0, length)) + "?=");
    text.remove_prefix(length);
  }
  return words;
}

std::string text_field(std::string_view name, std::string_view text) {
  std::vector<std::string> words = words_of(text);
  return fold(name, stays_plain(text, words) ? words : encoded_words(text));
}

std::string address_field(std::string_view name, const std::vector<Address>& addresses) {
  std::vector<std::string> tokens;
  for (const Address& one : addresses) {
    if (!tokens.empty()) tokens.back() += ',';
    std::vector<std::string> words = phrase(one.name);
    std::move(words.begin(), words.end(), std::back_inserter(tokens));
    tokens.push_back(one.name.empty() ? one.mailbox : "<" + one.mailbox + ">");
  }
  return fold(name, tokens);
}

}  // namespace mime
