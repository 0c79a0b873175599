// The rows of tests/imap/letters.txt; tests/interop/imap_letters.py says how they are written.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/ascii.h"
#include "mailbox/line_ends.h"

namespace test {

struct Letter {
  std::string name;
  std::string written;                 // as it stands in the file
  std::string message;                 // with CRLF at the end of every line
  std::vector<std::string> answers;    // "ENVELOPE (…)", escaped
  std::vector<std::string> differing;  // "ENVELOPE why"
};

inline std::string letters_path() { return std::string(SMTPLAB_SOURCE) + "/tests/imap/letters.txt"; }

inline std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    switch (const char c = text[++at]) {
      case 'r': out += '\r'; break;
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case '\n': break;
      case 'x':
        out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
        at += 2;
        break;
      default: out += c;
    }
  }
  return out;
}

inline std::string escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\r' || c == '\n' || c == '\t' || c == '\\') {
      out.append({'\\', c == '\r' ? 'r' : c == '\n' ? 'n' : c == '\t' ? 't' : '\\'});
    } else if (core::is_control(c) || core::is_high(c)) {
      out.append({'\\', 'x', kDigits[octet >> 4U], kDigits[octet & 15U]});
    } else {
      out += c;
    }
  }
  return out;
}

inline std::vector<Letter> letters() {
  std::ifstream file(letters_path());
  std::vector<Letter> found;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      found.push_back({line.substr(3), {}, {}, {}, {}});
      continue;
    }
    REQUIRE_FALSE(found.empty());
    Letter& letter = found.back();
    if (line.starts_with("=> ")) {
      letter.answers.push_back(line.substr(3));
    } else if (line.starts_with("=! ")) {
      letter.differing.push_back(line.substr(3));
    } else if (letter.answers.empty()) {
      letter.written += line + '\n';
    }
  }
  for (Letter& letter : found) mailbox::LineEnds().convert(unescaped(letter.written), letter.message);
  return found;
}

}  // namespace test
