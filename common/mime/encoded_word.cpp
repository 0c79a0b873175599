#include "mime/encoded_word.h"

#include <algorithm>

#include "core/base64.h"
#include "core/text.h"

namespace mime {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

// RFC 2047 §4.2: "_" is a space, "=" and two hexadecimal digits an octet.
std::string q_decoded(std::string_view data) {
  std::string octets;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const auto high = data[i] == '=' && i + 2 < data.size() ? hex_digit(data[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(data[i + 2]) : std::nullopt;
    if (high && low) {
      octets += static_cast<char>(*high << 4U | *low);
      i += 2;
    } else {
      octets += data[i] == '_' ? ' ' : data[i];
    }
  }
  return octets;
}

// encoded-word = "=?" charset "?" encoding "?" encoded-text "?=", none of which has a space.
std::optional<EncodedWord> word_at(std::string_view text, std::size_t begin) {
  const std::size_t charset_end = text.find('?', begin + 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return std::nullopt;
  const std::size_t data_begin = charset_end + 3;
  const std::size_t data_end = text.find('?', data_begin);
  if (data_end == std::string_view::npos || data_end + 1 >= text.size() || text[data_end + 1] != '=') return std::nullopt;
  const char encoding = core::to_upper(text.substr(charset_end + 1, 1)).front();
  if (encoding != 'B' && encoding != 'Q') return std::nullopt;
  EncodedWord word{text.substr(begin + 2, charset_end - begin - 2), encoding, text.substr(data_begin, data_end - data_begin),
                   begin, data_end + 2};
  const std::string_view whole = text.substr(begin, word.end - begin);
  if (word.charset.empty() || whole.find_first_of(" \t\r\n") != std::string_view::npos) return std::nullopt;
  return word;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool go_together(const EncodedWord& one, const EncodedWord& next, std::string_view text) {
  return one.encoding == next.encoding && core::equals_ignoring_case(one.charset, next.charset) &&
         is_blank(text.substr(one.end, next.begin - one.end));
}

// Those from `first` to before `last` as one; nothing when one of them cannot be decoded.
std::optional<std::string> joined(const std::vector<EncodedWord>& words, std::size_t first, std::size_t last) {
  std::string data;
  for (std::size_t i = first; i < last; ++i) {
    if (words[i].encoding == 'Q') {
      data += words[i].data;
    } else if (const auto octets = words[i].octets()) {
      data += *octets;
    } else {
      return std::nullopt;
    }
  }
  const char encoding = words[first].encoding;
  return "=?" + std::string(words[first].charset) + "?" + encoding + "?" +
         (encoding == 'Q' ? data : core::base64_encode(data)) + "?=";
}

}  // namespace

std::optional<std::string> EncodedWord::octets() const {
  if (encoding == 'Q') return q_decoded(data);
  auto decoded = core::base64_decode(data);
  if (!decoded) return std::nullopt;
  return std::move(*decoded);
}

std::vector<EncodedWord> encoded_words_in(std::string_view text) {
  std::vector<EncodedWord> words;
  for (std::size_t at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at)) {
    const auto word = word_at(text, at);
    if (word) words.push_back(*word);
    at = word ? word->end : at + 2;
  }
  return words;
}

std::string with_joined_words(std::string_view text) {
  const std::vector<EncodedWord> words = encoded_words_in(text);
  std::string out;
  std::size_t at = 0;  // of the text, up to here it is in `out`
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first + 1;
    while (last < words.size() && go_together(words[last - 1], words[last], text)) ++last;
    const auto one = last > first + 1 ? joined(words, first, last) : std::nullopt;
    if (one) {
      out.append(text.substr(at, words[first].begin - at)).append(*one);
      at = words[last - 1].end;
    }
    first = last;
  }
  return out.append(text.substr(at));
}

}  // namespace mime
