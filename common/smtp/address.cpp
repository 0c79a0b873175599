#include "smtp/address.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/domain.h"
#include "core/show.h"
#include "core/text.h"

namespace smtp {
namespace {

constexpr std::size_t kMaxLocalPart = 64;  // RFC 5321 §4.5.3.1.1
constexpr std::size_t kMaxPath = 256;      // RFC 5321 §4.5.3.1.3, brackets included

using core::is_alnum;
using core::is_digit;
using core::is_high;

// atext of RFC 5322 §3.2.3.
bool is_atext(char c) { return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos; }

// Snum: 1 to 3 digits, 0 to 255.
bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    const std::string_view number = text.substr(0, dot);
    if (number.empty() || number.size() > 3 || !std::all_of(number.begin(), number.end(), is_digit)) return false;
    int value = 0;
    for (const char c : number) value = value * 10 + (c - '0');
    if (value > 255 || (dot == std::string_view::npos) != (part == 3)) return false;
    if (part < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

bool is_hex_group(std::string_view text) {
  return !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

// Number of 16-bit groups in "a:b:1.2.3.4", or nothing when it is malformed. Empty text has none.
std::optional<int> count_groups(std::string_view text, bool ipv4_at_end) {
  int groups = 0;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && ipv4_at_end && is_ipv4(group)) return groups + 2;
    if (!is_hex_group(group)) return std::nullopt;
    ++groups;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return groups;
}

bool is_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return count_groups(text, true) == 8;
  const std::optional<int> before = count_groups(text.substr(0, gap), false);
  const std::optional<int> after = count_groups(text.substr(gap + 2), true);
  return before && after && *before + *after <= 6;  // RFC 5321 §4.1.3: "::" stands for at least two groups
}

// The characters a local part stands for: quotes and backslashes removed.
std::string unquoted(std::string_view local_part) {
  if (local_part.size() < 2 || local_part.front() != '"') return std::string(local_part);
  std::string out;
  for (std::size_t i = 1; i + 1 < local_part.size(); ++i) {
    if (local_part[i] == '\\') ++i;
    out += local_part[i];
  }
  return out;
}

core::Failure bad(core::Text text, std::size_t octet, core::Text hint = {}) {
  return core::fail(
      core::Blame::kPeer, std::move(text),
      core::phrase("octet {0} of the address, RFC 5321 §4.1.2", "地址的第 {0} 个字节，RFC 5321 §4.1.2", {octet + 1}),
      std::move(hint));
}

}  // namespace

bool is_address_literal(std::string_view text) {
  if (text.size() < 3 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  if (is_ipv4(text)) return true;
  if (core::starts_with_ignoring_case(text, "IPv6:")) return is_ipv6(text.substr(5));
  // General-address-literal = Standardized-tag ":" 1*dcontent
  const std::size_t colon = text.find(':');
  const std::string_view content = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const bool tag = colon != std::string_view::npos && colon > 0 && text[colon - 1] != '-' &&
                   std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                               [](char c) { return is_alnum(c) || c == '-'; });
  return tag && !content.empty() && std::all_of(content.begin(), content.end(), [](char c) {
           return c > ' ' && c < 0x7F && c != '[' && c != '\\' && c != ']';
         });
}

// Reads mailboxes and paths from left to right; position() is where it stands.
class PathParser {
 public:
  PathParser(std::string_view text, bool allow_utf8) : text_(text), allow_utf8_(allow_utf8) {}

  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Mailbox = Local-part "@" ( Domain / address-literal )
  core::Result<Mailbox> mailbox() {
    Mailbox out;
    const std::size_t begin = at_;
    auto local = local_part();
    if (!local) return core::Failure(local.error());
    out.local_part_ = std::move(*local);
    if (!skip('@'))
      return bad({"there is no @ behind the local part", "本地部分后面没有 @"}, at_,
                 {"an address is user@domain", "地址写成 user@domain"});
    auto part = domain();
    if (!part) return core::Failure(part.error());
    out.domain_ = std::move(*part);
    // RFC 6531 §3.3 adds UTF8-non-ascii to the grammar, not any octet.
    if (!core::is_utf8(text_.substr(begin, at_ - begin))) return bad({"the address is not UTF-8", "地址不是 UTF-8"}, begin);
    return out;
  }

  // <Postmaster>, in any letter case and without a domain (RFC 5321 §4.5.1).
  std::optional<Mailbox> postmaster() {
    constexpr std::string_view kWord = "Postmaster>";
    if (!core::starts_with_ignoring_case(text_.substr(at_), kWord)) return std::nullopt;
    Mailbox out;
    out.local_part_ = text_.substr(at_, kWord.size() - 1);
    at_ += kWord.size() - 1;
    return out;
  }

  // A-d-l = At-domain *( "," At-domain ), At-domain = "@" Domain; with the colon behind it.
  core::Result<void> source_route() {
    do {
      if (!skip('@')) return bad({"a source route is @host,@host:", "源路由写成 @host,@host:"}, at_);
      if (auto host = domain(); !host) return core::Failure(host.error());
    } while (skip(','));
    if (!skip(':')) return bad({"a source route ends with a colon", "源路由要以冒号结尾"}, at_);
    return {};
  }

 private:
  // RFC 6531 §3.3: letters outside ASCII belong to the grammar where SMTPUTF8 is in use, and only there.
  [[nodiscard]] bool is_foreign_letter() const { return !allow_utf8_ && !at_end() && is_high(text_[at_]); }
  [[nodiscard]] core::Failure foreign_letter() const {
    return bad({"a letter outside ASCII stands in the address", "地址里有非 ASCII 字符"}, at_,
               {"it takes SMTPUTF8 (RFC 6531)", "这需要 SMTPUTF8（RFC 6531）"});
  }

  // Local-part = Dot-string / Quoted-string
  core::Result<std::string> local_part() {
    const std::size_t begin = at_;
    if (peek() == '"') {
      if (auto quoted = quoted_string(); !quoted) return core::Failure(quoted.error());
    } else if (auto dots = dot_string(); !dots) {
      return core::Failure(dots.error());
    }
    if (at_ - begin > kMaxLocalPart) return bad({"the local part is longer than 64 octets", "本地部分超过 64 个字节"}, begin);
    return std::string(text_.substr(begin, at_ - begin));
  }

  // Dot-string = Atom *("." Atom)
  core::Result<void> dot_string() {
    do {
      const std::size_t begin = at_;
      while (!at_end() && (is_atext(text_[at_]) || (allow_utf8_ && is_high(text_[at_])))) ++at_;
      if (is_foreign_letter()) return foreign_letter();
      if (at_ == begin)
        return bad({"a character of the local part is missing or not allowed without quotes",
                    "本地部分缺少字符，或者有不加引号就不能用的字符"},
                   at_);
    } while (skip('.'));
    return {};
  }

  // Quoted-string = DQUOTE *( qtextSMTP / "\" printable ) DQUOTE
  core::Result<void> quoted_string() {
    ++at_;
    while (!at_end() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_end() || text_[at_] < ' ' || text_[at_] == 0x7F) {
        if (!at_end() && allow_utf8_ && is_high(text_[at_])) {
          ++at_;
          continue;
        }
        return bad({"a character that may not stand in a quoted local part", "带引号的本地部分里有不能用的字符"}, at_);
      }
      ++at_;
    }
    if (!skip('"')) return bad({"the quoted local part has no closing quote", "带引号的本地部分缺少右引号"}, at_);
    return {};
  }

  core::Result<std::string> domain() {
    const std::size_t begin = at_;
    if (peek() == '[') {
      at_ = std::min(text_.find(']', at_), text_.size() - 1) + 1;
      const std::string_view literal = text_.substr(begin, at_ - begin);
      if (!is_address_literal(literal))
        return bad({"this is no address literal like [192.0.2.1]", "这不是 [192.0.2.1] 这样的地址字面量"}, begin);
      return std::string(literal);
    }
    while (!at_end() && (is_alnum(peek()) || peek() == '-' || peek() == '.' || (allow_utf8_ && is_high(peek())))) {
      ++at_;
    }
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (is_foreign_letter()) return foreign_letter();
    if (name.empty())
      return bad({"the domain is missing", "缺少域名"}, begin, {"an address is user@domain", "地址写成 user@domain"});
    if (!core::is_domain(name, allow_utf8_)) return bad({"this is no domain name", "这不是域名"}, begin);
    return std::string(name);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool allow_utf8_;
};

core::Result<Mailbox> Mailbox::parse(std::string_view text, bool allow_utf8) {
  PathParser parser(text, allow_utf8);
  auto mailbox = parser.mailbox();
  if (mailbox && !parser.at_end())
    return bad({"something stands behind the address", "地址后面还有别的内容"}, parser.position());
  return mailbox;
}

std::string Mailbox::text() const { return domain_.empty() ? local_part_ : local_part_ + "@" + domain_; }

std::string Mailbox::plain_text() const {
  if (!local_part_.starts_with('"')) return text();
  const std::string plain = unquoted(local_part_) + "@" + domain_;
  const auto same = parse(plain, true);
  return same && same->same_as(*this) ? plain : text();
}

bool Mailbox::same_as(const Mailbox& other) const {
  return unquoted(local_part_) == unquoted(other.local_part_) && core::equals_ignoring_case(domain_, other.domain_);
}

std::string Path::text() const { return "<" + address() + ">"; }

Path path_as_written(std::string_view argument) {
  const std::size_t begin = argument.find_first_not_of(" \t<");
  if (begin == std::string_view::npos) return {};
  argument.remove_prefix(begin);
  return {std::nullopt, std::string(argument.substr(0, argument.find_first_of(" \t>")))};
}

namespace {

// What kind of mistake an argument that is no path shows, for the explanation.
RemarkKind diagnose(std::string_view argument, bool allow_utf8) {
  const std::size_t open = argument.find('<');
  const std::string_view inside = argument.substr(open == std::string_view::npos ? 0 : open + 1);
  if (!allow_utf8 && std::any_of(argument.begin(), argument.end(), is_high)) return RemarkKind::kNonAsciiAddress;
  if (std::count(argument.begin(), argument.end(), '@') > 1 && argument.find_first_of(",;") != std::string_view::npos) {
    return RemarkKind::kSeveralRecipientsInOneRcpt;
  }
  if (open != std::string_view::npos && (open > 0 || inside.find('<') != std::string_view::npos)) {
    return RemarkKind::kDisplayNameInEnvelope;
  }
  if (core::trim(inside).empty() || inside.front() == '>') return RemarkKind::kEmptyAddress;
  return RemarkKind::kBadAddress;
}

core::Result<Mailbox> inner_mailbox(PathParser& parser, PathKind kind, std::vector<Remark>& remarks) {
  if (parser.peek() == '@') {
    const std::size_t begin = parser.position();
    if (auto route = parser.source_route(); !route) return core::Failure(route.error());
    remarks.push_back({RemarkKind::kSourceRoute, {begin, parser.position()}});
  }
  if (kind == PathKind::kForward) {
    if (auto postmaster = parser.postmaster()) return *postmaster;
  }
  return parser.mailbox();
}

// Path = "<" [ A-d-l ":" ] Mailbox ">"; Reverse-path = Path / "<>"
core::Result<ParsedPath> bracketed_path(std::string_view argument, PathKind kind, bool allow_utf8,
                                        std::vector<Remark>& remarks) {
  PathParser parser(argument, allow_utf8);
  if (!parser.skip('<'))
    return bad({"the address does not stand in angle brackets", "地址没有放在尖括号里"}, 0,
               {"write <user@domain>", "写成 <user@domain>"});
  if (parser.skip('>')) {
    if (kind == PathKind::kForward)
      return bad({"the recipient is empty", "收件人是空的"}, 1, {"only MAIL FROM may have <>", "只有 MAIL FROM 可以用 <>"});
    return ParsedPath{{}, parser.position()};
  }
  auto mailbox = inner_mailbox(parser, kind, remarks);
  if (!mailbox) return core::Failure(mailbox.error());
  if (!parser.skip('>'))
    return bad({"the closing > is missing", "缺少右尖括号 >"}, parser.position(),
               {"write <user@domain>", "写成 <user@domain>"});
  return ParsedPath{{std::move(*mailbox)}, parser.position()};
}

core::Result<ParsedPath> bare_path(std::string_view argument, PathKind kind, bool allow_utf8, std::vector<Remark>& remarks) {
  PathParser parser(argument, allow_utf8);
  auto mailbox = inner_mailbox(parser, kind, remarks);
  if (!mailbox) return core::Failure(mailbox.error());
  return ParsedPath{{std::move(*mailbox)}, parser.position()};
}

}  // namespace

core::Result<ParsedPath> parse_path(std::string_view argument, PathKind kind, PathLeniency leniency,
                                    std::vector<Remark>& remarks) {
  const bool bare = argument.find('<') == std::string_view::npos && !core::trim(argument).empty();
  if (bare) remarks.push_back({RemarkKind::kNoAngleBrackets, {0, argument.size()}});
  auto path = bare && leniency.no_angle_brackets ? bare_path(argument, kind, leniency.allow_utf8, remarks)
                                                 : bracketed_path(argument, kind, leniency.allow_utf8, remarks);
  if (path && path->length > kMaxPath) {
    remarks.push_back({RemarkKind::kBadAddress, {0, path->length}});
    return core::fail(core::Blame::kPeer, {"the address is longer than 256 octets", "地址超过 256 个字节"},
                      "RFC 5321 §4.5.3.1.3");
  }
  const bool followed = path && path->length < argument.size() && argument[path->length] != ' ';
  if (path && !followed) return path;
  const RemarkKind mistake = diagnose(argument, leniency.allow_utf8);
  if (!bare || mistake != RemarkKind::kBadAddress) remarks.push_back({mistake, {0, argument.size()}});
  if (followed) return bad({"something stands right behind the address", "地址后面紧跟着别的内容"}, path->length);
  return path;
}

}  // namespace smtp
