#include "imap/content_value.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

#include "core/ascii.h"
#include "core/text.h"
#include "imap/tokens.h"

namespace imap {
namespace {

// tspecials and white space (RFC 2045 §5.1)
constexpr std::string_view kEndsToken = "()<>@,;:\\\"/[]?= \t\r\n";
// People forget the quotes of a file name.
constexpr std::string_view kEndsValue = ";\" \t\r\n(";

// parameter = attribute "=" (token / quoted-string)
std::optional<std::pair<std::string, std::string>> read_parameter(Tokens& in) {
  std::string name(in.run_without(kEndsToken));
  in.skip_space();
  if (name.empty() || !in.take('=')) return std::nullopt;
  const bool is_quoted = !in.at_end() && in.peek() == '"';
  std::string value = is_quoted ? in.quoted() : std::string(in.run_without(kEndsValue));
  return std::pair(std::move(name), std::move(value));
}

// RFC 2231 §3: name*0, name*1* …: the name, which piece it is, and whether it is encoded. Nothing: it is whole.
struct Piece {
  std::string name;
  std::size_t number = 0;
  bool is_encoded = false;
};

std::optional<Piece> piece_of(std::string_view name) {
  const bool is_encoded = name.ends_with('*');
  if (is_encoded) name.remove_suffix(1);
  const std::size_t star = name.find('*');
  if (star == std::string_view::npos || star == 0) return std::nullopt;
  const std::string_view number = name.substr(star + 1);
  if (number.empty() || number.size() > 4 || !std::all_of(number.begin(), number.end(), core::is_digit)) return std::nullopt;
  return Piece{std::string(name.substr(0, star)), static_cast<std::size_t>(std::stoul(std::string(number))), is_encoded};
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (core::is_alnum(c) || std::string_view("-._").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out.append({'%', kDigits[octet >> 4U], kDigits[octet & 15U]});
    }
  }
  return out;
}

// What stands behind a charset and a language, its %HH undone (RFC 2231 §4).
std::string percent_decoded(std::string_view text) {
  const std::size_t language = text.find('\'');
  const std::size_t begin = language == std::string_view::npos ? language : text.find('\'', language + 1);
  if (begin != std::string_view::npos) text.remove_prefix(begin + 1);
  const auto digit = [&](std::size_t at) -> int {
    if (at >= text.size()) return -1;
    if (core::is_digit(text[at])) return text[at] - '0';
    const std::size_t place = std::string_view("abcdef").find(core::to_lower(text.substr(at, 1)));
    return place == std::string_view::npos ? -1 : static_cast<int>(place) + 10;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' ? digit(at + 1) : -1;
    const int low = high >= 0 ? digit(at + 2) : -1;
    if (low < 0) {
      out += text[at];
    } else {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return out;
}

// Pieces of one name that follow each other from 0 make one parameter; others are left as they are.
Parameters put_together(const Parameters& parameters) {
  std::map<std::string, std::map<std::size_t, std::pair<Piece, std::string>>> cut;  // by name in small letters
  Parameters whole;
  std::vector<std::string> order;
  for (const auto& [name, value] : parameters) {
    const auto piece = piece_of(name);
    if (!piece) {
      whole.emplace_back(name, value);
      continue;
    }
    const std::string key = core::to_lower(piece->name);
    if (!cut.contains(key)) order.push_back(key);
    cut[key].emplace(piece->number, std::pair(*piece, value));
  }
  for (const std::string& key : order) {
    const auto& pieces = cut[key];
    if (pieces.rbegin()->first + 1 != pieces.size()) {
      for (const auto& [number, piece] : pieces) {
        whole.emplace_back(piece.first.name + '*' + std::to_string(number) + (piece.first.is_encoded ? "*" : ""), piece.second);
      }
      continue;
    }
    const bool is_encoded =
        std::any_of(pieces.begin(), pieces.end(), [](const auto& one) { return one.second.first.is_encoded; });
    std::string value;
    for (const auto& [number, piece] : pieces)
      value += is_encoded && !piece.first.is_encoded ? percent_encoded(piece.second) : piece.second;
    whole.emplace_back(pieces.begin()->second.first.name + (is_encoded ? "*" : ""), std::move(value));
  }
  return whole;
}

Parameters read_parameters(Tokens& in) {
  Parameters parameters;
  bool any_pieces = false;
  for (in.skip_to(";"); in.take(';'); in.skip_to(";")) {
    if (auto parameter = read_parameter(in)) {
      any_pieces = any_pieces || parameter->first.find('*') != std::string::npos;
      parameters.push_back(std::move(*parameter));
    }
  }
  return any_pieces ? put_together(parameters) : parameters;
}

}  // namespace

bool ContentType::is(std::string_view wanted) const { return core::equals_ignoring_case(type, wanted); }

bool ContentType::is(std::string_view wanted, std::string_view wanted_subtype) const {
  return is(wanted) && core::equals_ignoring_case(subtype, wanted_subtype);
}

std::string ContentType::boundary() const {
  for (const auto& [name, value] : parameters) {
    if (core::equals_ignoring_case(name, "boundary")) return value;
    if (core::equals_ignoring_case(name, "boundary*")) return percent_decoded(value);
  }
  return {};
}

std::optional<ContentType> parse_content_type(std::string_view value) {
  Tokens in(value);
  in.skip_space();
  ContentType found;
  found.type = in.run_without(kEndsToken);
  in.skip_space();
  if (found.type.empty() || !in.take('/')) return std::nullopt;
  found.subtype = in.run_without(kEndsToken);
  if (found.subtype.empty()) return std::nullopt;
  found.parameters = read_parameters(in);
  return found;
}

std::optional<Disposition> parse_disposition(std::string_view value) {
  Tokens in(value);
  in.skip_space();
  Disposition found;
  found.type = !in.at_end() && in.peek() == '"' ? in.quoted() : std::string(in.run_without(kEndsToken));
  if (found.type.empty()) return std::nullopt;
  found.parameters = read_parameters(in);
  return found;
}

std::optional<std::string> parse_token(std::string_view value) {
  Tokens in(value);
  in.skip_space();
  std::string token(in.run_without(kEndsToken));
  in.skip_space();
  if (token.empty() || (!in.at_end() && in.peek() != ';')) return std::nullopt;
  return token;
}

std::vector<std::string> parse_languages(std::string_view value) {
  std::vector<std::string> languages;
  Tokens in(value);
  in.skip_space();
  while (!in.at_end()) {
    std::string language(in.run_without(kEndsToken));
    if (!language.empty()) languages.push_back(std::move(language));
    in.skip_to(",");
    in.take(',');
  }
  return languages;
}

}  // namespace imap
