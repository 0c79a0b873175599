#include "pop3/command.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"
#include "pop3/strangers.h"
#include "pop3/words.h"
#include "protocol/response_remarks.h"
#include "sasl/exchange.h"
#include "sasl/login_words.h"

namespace pop3 {
namespace {

constexpr std::size_t kDigest = 32;  // hexadecimal digits of MD5

bool is_blank(char c) { return c == ' ' || c == '\t'; }
// 0xFF too: telnet sends it before its own commands, and no character of UTF-8 has it. White space is no stranger.
bool is_stray(char c) { return (core::is_control(c) && c != '\t') || c == '\xff'; }

// A line being read: what its pieces are and where they stand.
struct Reading {
  std::string_view line;
  std::vector<Remark> remarks = {};
  std::vector<Part> parts = {};
  std::vector<core::Span> secrets = {};
  bool begins_login = false;

  [[nodiscard]] core::Span span_of(std::string_view part) const {
    const auto begin = static_cast<std::size_t>(part.data() - line.data());
    return {begin, begin + part.size()};
  }
  void remark(RemarkKind kind, std::string_view part) { remarks.push_back({kind, span_of(part)}); }
  void part(std::string_view name, std::string_view piece, bool is_secret = false) {
    parts.push_back({name, span_of(piece), is_secret});
    if (is_secret && !piece.empty()) secrets.push_back(span_of(piece));
  }
  // Spans of a piece of the line.
  void hide(std::string_view piece, const std::vector<core::Span>& spans) {
    for (const core::Span& span : spans) secrets.push_back(span_of(piece.substr(span.begin, span.end - span.begin)));
  }
};

using Parsed = tl::expected<Command, CommandError>;

core::Text example_of(std::string_view line) { return core::phrase("for example: {0}", "例如：{0}", {line}); }

tl::unexpected<CommandError> syntax(Input verb, core::Text text, core::Text hint = {}) {
  return tl::unexpected(CommandError{
      CommandFault::kSyntax, verb, {core::Blame::kPeer, std::move(text), std::string(row(verb).rule), std::move(hint)}});
}

Command command_of(Input verb, std::string_view argument) {
  Command command;
  command.verb = verb;
  command.argument = argument;
  return command;
}

// Mistakes that show in the octets, whatever the command is.
void remark_octets(Reading& reading) {
  const std::string_view line = reading.line;
  const auto mark_first = [&](RemarkKind kind, auto is_it) {
    const auto* const hit = std::find_if(line.begin(), line.end(), is_it);
    if (hit != line.end()) reading.remark(kind, line.substr(static_cast<std::size_t>(hit - line.begin()), 1));
  };
  mark_first(RemarkKind::kNulOctet, [](char c) { return c == '\0'; });
  mark_first(RemarkKind::kBareCr, [](char c) { return c == '\r'; });
  mark_first(RemarkKind::kControlCharacter, [](char c) { return is_stray(c) && c != '\0' && c != '\r'; });
  if (line.ends_with("\\r\\n")) reading.remark(RemarkKind::kLiteralBackslashCrlf, line.substr(line.size() - 4));
}

// msg = 1*DIGIT. What is larger than any maildrop is read as the largest number: there is no such message.
std::optional<std::uint32_t> read_number(Reading& reading, std::string_view word) {
  if (word.empty() || !std::all_of(word.begin(), word.end(), core::is_digit)) {
    reading.remark(RemarkKind::kNoNumber, word);
    return std::nullopt;
  }
  if (word.size() > 1 && word.front() == '0') reading.remark(RemarkKind::kNumberLeadingZero, word);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() ? number : std::numeric_limits<std::uint32_t>::max();
}

// list = "LIST" [SP msg]; retr = "RETR" SP msg; dele, uidl likewise; top = "TOP" SP msg SP n
Parsed parse_numbers(Reading& reading, Input verb, std::string_view argument) {
  const Argument form = row(verb).argument;
  const std::string word(row(verb).verb);
  const core::Text example = example_of(word + (form == Argument::kMessageAndLines ? " 1 0" : " 1"));
  Command command = command_of(verb, argument);
  if (argument.empty() && form == Argument::kMessageOrNone) return command;
  if (argument.empty()) {
    reading.remark(RemarkKind::kArgumentMissing, reading.line);
    return syntax(verb, core::phrase("{0} needs the number of a message", "{0} 后面要写邮件的编号", {word}), example);
  }
  const std::string_view message = take_word(argument);
  reading.part("message", message);
  const auto number = read_number(reading, message);
  if (!number)
    return syntax(verb, core::phrase("'{0}' is no number of a message", "'{0}' 不是邮件的编号", {core::show_bytes(message)}),
                  example);
  command.message = *number;
  if (form == Argument::kMessageAndLines) {
    if (argument.empty()) {
      reading.remark(RemarkKind::kTopWithoutLines, message);
      return syntax(verb, {"TOP needs the number of a message and a count of lines", "TOP 后面要写邮件的编号和行数"}, example);
    }
    const std::string_view lines = take_word(argument);
    reading.part("lines", lines);
    const auto count = read_number(reading, lines);
    if (!count)
      return syntax(verb, core::phrase("'{0}' is no count of lines", "'{0}' 不是行数", {core::show_bytes(lines)}), example);
    command.body_lines = *count;
  }
  if (argument.empty()) return command;
  reading.remark(RemarkKind::kArgumentNotTaken, argument);
  return syntax(verb, core::phrase("more stands behind {0} than it takes", "{0} 后面的内容多了", {word}), example);
}

// Behind a name with a blank stands the password: after a word that says so, or at once.
void hide_behind_name(Reading& reading, std::string_view argument) {
  const std::string_view behind = argument.substr(std::min(argument.find_first_of(" \t"), argument.size()));
  const std::size_t begin = sasl::skip_separators(behind, 0);
  if (begin == behind.size()) return;
  const auto login = sasl::foreign_login(behind);
  const bool is_named = login && !login->empty();
  reading.hide(behind, is_named ? *login : std::vector<core::Span>{{begin, behind.size()}});
}

// user = "USER" SP name; pass = "PASS" SP string. A whole login on one line is the mistake of people who know FTP.
Parsed parse_text(Reading& reading, Input verb, std::string_view argument) {
  const std::string word(row(verb).verb);
  if (argument.empty()) {
    reading.remark(RemarkKind::kArgumentMissing, reading.line);
    return syntax(verb, verb == Input::kUser ? core::phrase("{0} needs a name", "{0} 后面要写用户名", {word})
                                             : core::phrase("{0} needs the password", "{0} 后面要写密码", {word}));
  }
  Command command = command_of(verb, argument);
  if (verb == Input::kUser) {
    command.user = argument;
    reading.part("user", argument);
    hide_behind_name(reading, argument);
  } else {
    reading.part("password", argument, true);
  }
  if (!core::is_ascii(argument)) reading.remark(RemarkKind::kNotAscii, argument);
  return command;
}

// apop = "APOP" SP name SP digest; digest = 32 hexadecimal digits in lower case. A name may hold blanks.
Parsed parse_apop(Reading& reading, std::string_view argument) {
  const std::size_t blank = argument.find_last_of(" \t");
  if (blank == std::string_view::npos) {
    reading.remark(RemarkKind::kArgumentMissing, reading.line);
    reading.part("argument", argument, true);  // it may be the digest, or worse
    return syntax(Input::kApop, {"APOP needs a name and a digest", "APOP 后面要写用户名和摘要"},
                  {"MD5 of the time stamp in the greeting and the password", "摘要是问候里的时间戳加密码的 MD5"});
  }
  const std::string_view digest = argument.substr(blank + 1);
  const std::string_view user = core::trim(argument.substr(0, blank));
  const bool is_hex = digest.size() == kDigest && digest.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  reading.part("user", user);
  reading.part("digest", digest, !is_hex);
  if (digest != core::to_lower(digest) || !is_hex) reading.remark(RemarkKind::kDigestNotHexLower, digest);
  if (!is_hex)
    return syntax(Input::kApop, {"the digest has to be 32 hexadecimal digits in lower case", "摘要应当是 32 位小写十六进制数"});
  Command command = command_of(Input::kApop, argument);
  command.user = user;
  command.digest = digest;
  return command;
}

// sasl-mech = 1*20( UPPER-ALPHA / DIGIT / "-" / "_" ) (RFC 4422 §3.1), in any letter case here
bool is_mechanism(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return core::is_alnum(c) || c == '-' || c == '_'; });
}

// auth = "AUTH" SP sasl-mech [SP (base64 / "=")]
Parsed parse_auth(Reading& reading, std::string_view argument) {
  if (argument.empty()) {
    reading.remark(RemarkKind::kArgumentMissing, reading.line);
    return syntax(Input::kAuth, {"the mechanism is missing", "缺少机制名"}, example_of("AUTH PLAIN"));
  }
  Command command = command_of(Input::kAuth, argument);
  const std::string_view mechanism = take_word(argument);
  command.mechanism = core::to_upper(mechanism);
  const std::optional<core::Span> in_name = sasl::mechanism_secret(mechanism);
  reading.part("mechanism", mechanism);
  if (in_name) reading.hide(mechanism, {*in_name});
  if (!is_mechanism(mechanism)) {
    if (!argument.empty()) reading.part("initial-response", argument, true);
    const core::Part shown = in_name ? core::Part(core::Text{"the word behind AUTH", "AUTH 后面的词"})
                                     : core::Part("'" + core::show_bytes(mechanism) + "'");
    return syntax(Input::kAuth, core::phrase("{0} is no name of a mechanism", "{0} 不是机制名", {shown}),
                  example_of("AUTH PLAIN"));
  }
  if (argument.empty()) return command;
  const std::optional<sasl::Exchange> exchange = sasl::Exchange::begin(command.mechanism);
  const bool several = argument.find_first_of(" \t") != std::string_view::npos;
  // Of an unknown mechanism, or of words in the wrong place, nobody knows which part is the password: hide all.
  reading.part("initial-response", argument, !exchange || exchange->next_is_secret() || several);
  if (several)
    return syntax(Input::kAuth, {"more than one word follows the mechanism", "机制名后面不止一个词"},
                  {"AUTH mechanism [initial response]", "AUTH 机制名 [初始响应]"});
  protocol::remark_response(argument, sasl::ResponsePlace::kInitial, reading.span_of(argument).begin,
                            command.mechanism == "PLAIN", reading.remarks);
  command.initial_response = std::string(argument);
  return command;
}

// capa, stat, noop, rset, quit, STLS and UTF8 stand alone.
Parsed parse_alone(Reading& reading, Input verb, std::string_view argument) {
  if (argument.empty()) return command_of(verb, argument);
  reading.part("argument", argument);
  if (const auto login = sasl::foreign_login(argument)) reading.hide(argument, *login);
  reading.remark(RemarkKind::kArgumentNotTaken, argument);
  return syntax(verb, core::phrase("{0} takes no argument", "{0} 不带参数", {row(verb).verb}));
}

Parsed parse_stranger(Reading& reading, std::string_view text) {
  if (const auto login = sasl::foreign_login(text)) {
    reading.begins_login = true;
    reading.hide(text, *login);
  }
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  const RemarkKind kind = kind_of_stranger(text);
  reading.remark(kind, word);
  const bool is_hidden = std::any_of(reading.secrets.begin(), reading.secrets.end(),
                                     [&](const core::Span& one) { return one.begin < reading.span_of(word).end; });
  const std::string shown = is_hidden ? std::string(core::kMask) : core::show_bytes(word);
  core::Text why = text.empty() ? core::Text{"the line is empty", "这一行是空的"}
                                : core::phrase("'{0}' is no POP3 command", "'{0}' 不是 POP3 命令", {shown});
  return tl::unexpected(
      CommandError{CommandFault::kUnknownVerb, Input::kUnknown, {core::Blame::kPeer, std::move(why), "RFC 1939 §3", {}}});
}

Parsed parse_argument(Reading& reading, Input verb, std::string_view argument) {
  switch (row(verb).argument) {
    case Argument::kNone: return parse_alone(reading, verb, argument);
    case Argument::kText: return parse_text(reading, verb, argument);
    case Argument::kNameAndDigest: return parse_apop(reading, argument);
    case Argument::kMechanism: return parse_auth(reading, argument);
    case Argument::kMessage:
    case Argument::kMessageOrNone:
    case Argument::kMessageAndLines: break;
  }
  return parse_numbers(reading, verb, argument);
}

// `text` begins with the first word.
Parsed parse_verb(Reading& reading, std::string_view text) {
  std::string_view argument = text;
  const std::string_view word = take_word(argument);
  const std::optional<Input> verb = find_command(word);
  if (!verb) return parse_stranger(reading, text);
  reading.begins_login = row(*verb).begins_login;
  reading.part("verb", word);
  if (*verb == Input::kPass) {  // a password may end in a blank, or begin with one
    argument = text.substr(std::min(word.size() + 1, text.size()));
  } else if (is_blank(text.back())) {
    reading.remark(RemarkKind::kTrailingSpace, text.substr(text.find_last_not_of(" \t") + 1));
  }
  return parse_argument(reading, *verb, argument);
}

bool is_unknown(const ParsedCommand& parsed) { return !parsed.command && parsed.command.error().verb == Input::kUnknown; }

}  // namespace

ParsedCommand parse_command(std::string_view line) {
  Reading reading{line};
  remark_octets(reading);
  std::string_view text = line;
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  if (text.size() < line.size() && !text.empty())
    reading.remark(RemarkKind::kLeadingSpace, line.substr(0, line.size() - text.size()));
  Parsed command = parse_verb(reading, text);
  if (line.find('\r') != std::string_view::npos) {  // who ends lines with CR alone means several
    const std::vector<core::Span> meant = secrets_in_lines(core::replace_all(std::string(line), "\r", "\n"), false);
    reading.secrets.insert(reading.secrets.end(), meant.begin(), meant.end());
  }
  if (command && line.find_first_of(std::string_view("\0\r", 2)) != std::string_view::npos)
    command = syntax(command->verb, {"a NUL or a CR stands in the line", "行里有 NUL 或 CR"});
  return {std::move(command), std::move(reading.remarks), std::move(reading.parts), std::move(reading.secrets),
          reading.begins_login};
}

std::string serialise(const Command& command) {
  std::string line(row(command.verb).verb);
  if (!command.argument.empty()) return line + " " + command.argument + "\r\n";
  switch (row(command.verb).argument) {
    case Argument::kNone: break;
    case Argument::kText: line += command.user.empty() ? "" : " " + command.user; break;
    case Argument::kNameAndDigest: line += " " + command.user + " " + command.digest; break;
    case Argument::kMechanism:
      line += " " + command.mechanism;
      if (command.initial_response) line += " " + *command.initial_response;
      break;
    case Argument::kMessage: line += " " + std::to_string(command.message); break;
    case Argument::kMessageOrNone:
      if (command.message > 0) line += " " + std::to_string(command.message);
      break;
    case Argument::kMessageAndLines:
      line += " " + std::to_string(command.message) + " " + std::to_string(command.body_lines);
      break;
  }
  return line + "\r\n";
}

bool is_login_line(const ParsedCommand& parsed, std::string_view line) {
  return is_unknown(parsed) && core::trim(line).size() > 1;  // "*" and "." are no password
}

bool login_goes_on(const ParsedCommand& parsed, bool after_login) {
  return parsed.begins_login || (is_unknown(parsed) && after_login);
}

std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login) {
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t end = std::min(octets.find('\n', at), octets.size() - 1) + 1;
    const std::string_view line = core::without_line_end(octets.substr(at, end - at));
    ParsedCommand parsed = parse_command(line);
    if (after_login && is_login_line(parsed, line)) parsed.secrets.assign(1, {0, line.size()});
    for (const core::Span& span : parsed.secrets) spans.push_back({at + span.begin, at + span.end});
    after_login = login_goes_on(parsed, after_login);
    at = end;
  }
  return spans;
}

}  // namespace pop3
