#include "smtp/command.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"
#include "core/domain.h"
#include "core/show.h"
#include "core/text.h"
#include "protocol/response_remarks.h"
#include "sasl/exchange.h"
#include "sasl/login_words.h"
#include "smtp/credentials.h"

namespace smtp {
namespace {

// 0xFF too: telnet sends it before its own commands, and no character of UTF-8 has it. White space is no stranger.
bool is_stray(char c) { return (core::is_control(c) && c != '\t') || c == '\xff'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

// A line being read: what its pieces are and where they stand.
struct Reading {
  std::string_view line;
  CommandLeniency leniency;
  std::vector<Remark> remarks;
  std::vector<core::Span> secrets;
  bool begins_login = false;

  [[nodiscard]] std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - line.data());
  }
  void remark(RemarkKind kind, std::string_view part) {
    remarks.push_back({kind, {offset_of(part), offset_of(part) + part.size()}});
  }
  // The secrets so far that stand in a part of the line, counted from its start.
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view part) const {
    const std::size_t begin = offset_of(part);
    std::vector<core::Span> spans;
    for (const core::Span& span : secrets) {
      if (span.end <= begin || span.begin >= begin + part.size()) continue;
      spans.push_back({std::max(span.begin, begin) - begin, std::min(span.end, begin + part.size()) - begin});
    }
    return spans;
  }
  // Spans of a part of the line.
  void hide(std::string_view part, const std::vector<core::Span>& spans) {
    for (const core::Span& span : spans) secrets.push_back({offset_of(part) + span.begin, offset_of(part) + span.end});
  }
};

using Parsed = tl::expected<Command, CommandError>;

tl::unexpected<CommandError> syntax(Input verb, core::Text text, core::Text hint = {}) {
  return tl::unexpected(CommandError{
      CommandFault::kSyntax, verb, {core::Blame::kPeer, std::move(text), std::string(row(verb).rule), std::move(hint)}});
}

core::Text example(std::string_view line) { return core::phrase("for example: {0}", "例如：{0}", {line}); }

// Mistakes that show in the octets, whatever the command is.
void remark_octets(Reading& reading) {
  const std::string_view line = reading.line;
  const auto at = [&](std::size_t i) { return line.substr(i, 1); };
  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos) reading.remark(RemarkKind::kNulBytes, at(nul));
  if (const std::size_t cr = line.find('\r', 1); cr != std::string_view::npos) reading.remark(RemarkKind::kBareCr, at(cr));
  if (!line.empty() && line.front() == '\r') reading.remark(RemarkKind::kReversedCrlf, at(0));
  const auto* const control =
      std::find_if(line.begin(), line.end(), [](char c) { return is_stray(c) && c != '\0' && c != '\r'; });
  if (control != line.end())
    reading.remark(RemarkKind::kControlCharacters, at(static_cast<std::size_t>(control - line.begin())));
  if (line.ends_with("\\r\\n")) reading.remark(RemarkKind::kLiteralBackslashCrlf, line.substr(line.size() - 4));
}

// helo = "HELO" SP Domain; ehlo = "EHLO" SP ( Domain / address-literal ). What is no domain is taken with a remark:
// RFC 5321 §4.1.4 forbids to refuse mail because of the name.
Parsed parse_hello(Reading& reading, Input verb, std::string_view argument) {
  if (argument.empty()) {
    reading.remark(RemarkKind::kHeloNoArgument, reading.line);
    if (!reading.leniency.helo_no_argument) {
      return syntax(verb, core::phrase("{0} needs the name of the client", "{0} 后面要写客户端的名字", {row(verb).verb}),
                    example("EHLO client.example"));
    }
  } else if (argument.find_first_of(" \t") != std::string_view::npos) {
    reading.remark(RemarkKind::kHeloSeveralWords, argument);
    return syntax(verb, {"the name of the client must be one word", "客户端的名字只能是一个词"},
                  example("EHLO client.example"));
  } else if (std::any_of(argument.begin(), argument.end(), is_stray)) {
    // The name is repeated in the answer, where no control character may stand (RFC 5321 §4.2).
    return syntax(verb, {"the name of the client holds a control character", "客户端的名字里有控制字符"},
                  example("EHLO client.example"));
  } else if (argument.find('@') != std::string_view::npos) {
    reading.remark(RemarkKind::kHeloIsAddress, argument);
  } else if (std::any_of(argument.begin(), argument.end(), [](char c) { return static_cast<unsigned char>(c) > 127; })) {
    reading.remark(RemarkKind::kHeloNotAscii, argument);
  } else if (argument.find_first_of("[]") != std::string_view::npos && !is_address_literal(argument)) {
    reading.remark(RemarkKind::kHeloBadLiteral, argument);
  } else if (!is_address_literal(argument) && (!core::is_domain(argument) || argument.find('.') == std::string_view::npos)) {
    reading.remark(RemarkKind::kHeloNotFqdn, argument);
  }
  Command command;
  command.verb = verb;
  return command;
}

bool is_keyword(std::string_view text) {
  return !text.empty() && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) { return core::is_alnum(c) || c == '-'; });
}

// esmtp-value = 1*(%d33-60 / %d62-126 / UTF8-non-ascii), the last only with SMTPUTF8 (RFC 6531 §3.3)
bool is_value(std::string_view text, bool allow_utf8) {
  if (text.empty() || (allow_utf8 && !core::is_utf8(text))) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c > ' ' && c < 0x7F && c != '=') || (allow_utf8 && static_cast<unsigned char>(c) >= 0x80);
  });
}

// esmtp-param = esmtp-keyword ["=" esmtp-value]
core::Result<std::vector<Parameter>> parse_parameters(std::string_view text, bool allow_utf8) {
  std::vector<Parameter> parameters;
  for (text = core::trim(text); !text.empty(); text = core::trim(text)) {
    const std::string_view word = text.substr(0, text.find(' '));
    const std::size_t equals = word.find('=');
    Parameter parameter{std::string(word.substr(0, equals)), std::nullopt};
    if (equals != std::string_view::npos) parameter.value = std::string(word.substr(equals + 1));
    if (!is_keyword(parameter.keyword) || (parameter.value && !is_value(*parameter.value, allow_utf8))) {
      return core::fail(
          core::Blame::kPeer,
          core::phrase("'{0}' is no parameter", "'{0}' 不是参数", {core::show_masked(word, parameter_secrets(word))}),
          "RFC 5321 §4.1.2", {"KEYWORD or KEYWORD=value", "写成 KEYWORD 或 KEYWORD=value"});
    }
    parameters.push_back(std::move(parameter));
    text.remove_prefix(word.size());
  }
  return parameters;
}

const core::Text& envelope_hint(Input verb) {
  static const core::Text kOfMail{"write MAIL FROM:<user@domain>", "写成 MAIL FROM:<user@domain>"};
  static const core::Text kOfRcpt{"write RCPT TO:<user@domain>", "写成 RCPT TO:<user@domain>"};
  return verb == Input::kMail ? kOfMail : kOfRcpt;
}

// mail = "MAIL FROM:" Reverse-path [SP Mail-parameters]; rcpt = "RCPT TO:" Forward-path [SP Rcpt-parameters]
Parsed parse_envelope(Reading& reading, Input verb, std::string_view argument) {
  const std::string_view word = verb == Input::kMail ? "FROM" : "TO";
  const core::Text& hint = envelope_hint(verb);
  if (!core::starts_with_ignoring_case(argument, word))
    return syntax(verb, core::phrase("{0}: is missing", "缺少 {0}:", {word}), hint);
  argument.remove_prefix(word.size());
  if (argument.empty() || argument.front() != ':') {
    reading.remark(RemarkKind::kNoColon, argument.substr(0, 0));
    if (!reading.leniency.no_colon)
      return syntax(verb, core::phrase("the colon behind {0} is missing", "{0} 后面缺少冒号", {word}), hint);
  } else {
    argument.remove_prefix(1);
  }
  const std::string_view path_text = argument.substr(std::min(argument.find_first_not_of(" \t"), argument.size()));
  if (path_text.size() != argument.size() && !path_text.empty() && reading.line[reading.offset_of(argument) - 1] == ':') {
    reading.remark(RemarkKind::kSpaceAfterColon, argument.substr(0, argument.size() - path_text.size()));
  }
  std::vector<Remark> remarks;
  auto path = parse_path(path_text, verb == Input::kMail ? PathKind::kReverse : PathKind::kForward,
                         {reading.leniency.no_angle_brackets, reading.leniency.allow_utf8}, remarks);
  const std::string_view behind = path_text.substr(path ? path->length : 0);
  reading.hide(behind, parameter_secrets(behind));
  const std::size_t offset = reading.offset_of(path_text);
  for (const Remark& remark : remarks)
    reading.remarks.push_back({remark.kind, {offset + remark.where.begin, offset + remark.where.end}});
  if (!path) {
    auto fault = syntax(verb, path.error().text, path.error().hint.empty() ? hint : path.error().hint);
    fault.value().in_path = true;
    fault.value().not_ascii = std::any_of(remarks.begin(), remarks.end(),
                                          [](const Remark& remark) { return remark.kind == RemarkKind::kNonAsciiAddress; });
    return fault;
  }
  auto parameters = parse_parameters(behind, reading.leniency.allow_utf8);
  if (!parameters) return syntax(verb, parameters.error().text, parameters.error().hint);
  Parsed command;
  command->verb = verb;
  command->path = std::move(path->path);
  command->parameters = std::move(*parameters);
  return command;
}

// sasl-mech = 1*20( UPPER-ALPHA / DIGIT / "-" / "_" ) (RFC 4422 §3.1); any letter case, as RFC 4954 §4 has it.
bool is_mechanism(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return core::is_alnum(c) || c == '-' || c == '_'; });
}

// auth = "AUTH" SP sasl-mech [SP initial-response]; initial-response = base64 / "="
Parsed parse_auth(Reading& reading, std::string_view argument) {
  const std::string_view mechanism = argument.substr(0, argument.find(' '));
  Command command;
  command.verb = Input::kAuth;
  command.mechanism = core::to_upper(mechanism);
  if (mechanism.empty()) return syntax(Input::kAuth, {"the mechanism is missing", "缺少机制名"}, example("AUTH LOGIN"));
  const std::string_view response = core::trim(argument.substr(mechanism.size()));
  const bool known_form = is_mechanism(mechanism);
  const std::optional<sasl::Exchange> exchange = sasl::Exchange::begin(command.mechanism);
  const bool several = response.find(' ') != std::string_view::npos;
  const std::optional<core::Span> in_name = sasl::mechanism_secret(mechanism);
  if (in_name) reading.hide(mechanism, {*in_name});
  // Of an unknown mechanism, or of words in the wrong place, nobody knows which part is the password: hide all.
  if (!response.empty() && (!exchange || exchange->next_is_secret() || several)) {
    reading.secrets.push_back({reading.offset_of(response), reading.offset_of(response) + response.size()});
  }
  if (response.empty() && known_form) return command;
  if (several)
    return syntax(Input::kAuth, {"more than one word follows the mechanism", "机制名后面不止一个词"},
                  {"AUTH mechanism [initial response]", "AUTH 机制名 [初始响应]"});
  if (!known_form) {
    const core::Part shown = in_name ? core::Part(core::Text{"the word behind AUTH", "AUTH 后面的词"})
                                     : core::Part("'" + core::show_bytes(mechanism) + "'");
    return syntax(Input::kAuth, core::phrase("{0} is no name of a mechanism", "{0} 不是机制名", {shown}),
                  example("AUTH LOGIN"));
  }
  protocol::remark_response(response, sasl::ResponsePlace::kInitial, reading.offset_of(response), command.mechanism == "PLAIN",
                            reading.remarks);
  command.initial_response = std::string(response);
  return command;
}

// bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ]; chunk-size = 1*DIGIT; end-marker = "LAST" (RFC 3030 §2)
Parsed parse_bdat(std::string_view argument) {
  const std::string_view size = argument.substr(0, argument.find(' '));
  const std::string_view marker = core::trim(argument.substr(size.size()));
  Command command;
  command.verb = Input::kBdat;
  command.is_last = !marker.empty();
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), command.chunk_size);
  if (size.empty()) return syntax(Input::kBdat, {"the size of the chunk is missing", "缺少块的大小"}, example("BDAT 86 LAST"));
  if (error == std::errc::result_out_of_range)
    return syntax(Input::kBdat, {"no chunk can be as large as that", "块不能有这么大"});
  if (error != std::errc() || end != size.data() + size.size()) {
    return syntax(Input::kBdat, {"the size of the chunk is a number of octets", "块的大小是字节数"}, example("BDAT 86 LAST"));
  }
  if (command.is_last && !core::equals_ignoring_case(marker, "LAST")) {
    return syntax(Input::kBdat, {"only LAST may stand behind the size", "大小后面只能是 LAST"}, example("BDAT 86 LAST"));
  }
  return command;
}

// String = Atom / Quoted-string (RFC 5321 §4.1.2), of which §3.5.1 says: a name, or an address, mostly in angle brackets.
// Names are taken as they are written: "Alice B" is what people look for.
bool is_name_or_address(std::string_view text) {
  const std::size_t space = text.find_last_of(" \t");
  if (space != std::string_view::npos && core::equals_ignoring_case(text.substr(space + 1), "SMTPUTF8"))
    text = core::trim(text.substr(0, space));
  if (text.starts_with('"') || text.find('@') == std::string_view::npos) return true;
  const std::size_t open = text.find('<');
  if (open != std::string_view::npos && text.ends_with('>')) text = text.substr(open + 1, text.size() - open - 2);
  return Mailbox::parse(text, true).has_value();
}

// Of commands that need no reader of their own.
Parsed parse_plain(Input verb, std::string_view argument) {
  const Takes takes = row(verb).takes;
  const bool needs = takes == Takes::kText || takes == Takes::kMailbox;
  const std::string_view word = row(verb).verb;
  if (takes == Takes::kNothing && !argument.empty())
    return syntax(verb, core::phrase("{0} takes no argument", "{0} 不带参数", {word}));
  if (needs && argument.empty()) return syntax(verb, core::phrase("{0} needs an argument", "{0} 需要参数", {word}));
  if (takes == Takes::kMailbox && !is_name_or_address(argument)) {
    auto fault =
        syntax(verb, core::phrase("neither a name nor an address stands behind {0}", "{0} 后面既不是名字也不是地址", {word}),
               example(std::string(word) + " alice"));
    fault.value().in_path = true;
    return fault;
  }
  Parsed command;
  command->verb = verb;
  // RFC 6531 §3.7.4.2: VRFY and EXPN may end in the parameter SMTPUTF8.
  const std::size_t space = argument.find_last_of(" \t");
  const bool has_parameter = takes == Takes::kMailbox && space != std::string_view::npos;
  if (has_parameter && core::equals_ignoring_case(argument.substr(space + 1), "SMTPUTF8")) {
    command->parameters.push_back({std::string(argument.substr(space + 1)), std::nullopt});
  }
  return command;
}

Parsed parse_verb(Reading& reading, std::string_view text) {
  const auto* const end = std::find_if(text.begin(), text.end(), is_blank);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  const std::string_view argument = core::trim(text.substr(word.size()));
  const std::optional<Input> verb = find_command(word);
  reading.begins_login = verb == Input::kAuth;
  if (!verb) {
    if (const auto login = sasl::foreign_login(text)) {
      reading.begins_login = true;
      reading.hide(text, *login);
    }
    const std::string shown = core::show_masked(word, reading.secrets_in(word));
    reading.remark(text.empty() ? RemarkKind::kStrayEmptyLine : RemarkKind::kUnknownCommand, word);
    return tl::unexpected(
        CommandError{CommandFault::kUnknownVerb,
                     Input::kUnknown,
                     {core::Blame::kPeer,
                      text.empty() ? core::Text{"the line is empty", "这一行是空的"}
                                   : core::phrase("'{0}' is no SMTP command", "'{0}' 不是 SMTP 命令", {shown}),
                      "RFC 5321 §4.1.1",
                      {}}});
  }
  Parsed command = *verb == Input::kHelo || *verb == Input::kEhlo   ? parse_hello(reading, *verb, argument)
                   : *verb == Input::kMail || *verb == Input::kRcpt ? parse_envelope(reading, *verb, argument)
                   : *verb == Input::kAuth                          ? parse_auth(reading, argument)
                   : *verb == Input::kBdat                          ? parse_bdat(argument)
                                                                    : parse_plain(*verb, argument);
  if (verb != Input::kAuth) reading.hide(text, auth_arguments(text));
  if (command && reading.line.find('\0') != std::string_view::npos)
    command = syntax(*verb, {"a NUL octet stands in the line", "行里有一个 NUL 字节"});
  if (command) command->argument = argument;
  return command;
}

}  // namespace

const Parameter* find_parameter(const std::vector<Parameter>& parameters, std::string_view keyword) {
  const auto hit = std::find_if(parameters.begin(), parameters.end(),
                                [&](const Parameter& one) { return core::equals_ignoring_case(one.keyword, keyword); });
  return hit == parameters.end() ? nullptr : &*hit;
}

bool declares(const std::vector<Parameter>& parameters, std::string_view keyword, std::string_view value) {
  const Parameter* const parameter = find_parameter(parameters, keyword);
  return parameter != nullptr && parameter->value && core::equals_ignoring_case(*parameter->value, value);
}

ParsedCommand parse_command(std::string_view line, CommandLeniency leniency) {
  Reading reading{line, leniency, {}, {}, false};
  remark_octets(reading);
  std::string_view text = line;
  if (!text.empty() && text.front() == '\r') text.remove_prefix(1);  // of a reversed line end, remarked above
  const std::string_view trimmed = core::trim(text);
  if (!trimmed.empty() && is_blank(text.front()))
    reading.remark(RemarkKind::kLeadingSpace, text.substr(0, reading.offset_of(trimmed) - reading.offset_of(text)));
  if (!trimmed.empty() && is_blank(text.back())) {
    // RFC 5321 §4.1.1: trailing white space is to be tolerated.
    const std::size_t end = reading.offset_of(trimmed) + trimmed.size();
    reading.remark(RemarkKind::kTrailingSpace, line.substr(end));
  }
  return {parse_verb(reading, trimmed.empty() ? text.substr(0, 0) : trimmed), std::move(reading.remarks),
          std::move(reading.secrets), reading.begins_login};
}

std::optional<Command> taken_as_written(std::string_view line, Input verb) {
  if (verb != Input::kMail && verb != Input::kRcpt) return std::nullopt;
  Command command;
  command.verb = verb;
  line = core::trim(line);
  line = core::trim(line.substr(std::min(line.find_first_of(" \t"), line.size())));
  command.argument = line;
  const std::string_view word = verb == Input::kMail ? "FROM" : "TO";
  if (core::starts_with_ignoring_case(line, word)) line.remove_prefix(word.size());
  if (line.starts_with(':')) line.remove_prefix(1);
  command.path = path_as_written(line);
  return command;
}

std::string serialise(const Command& command) {
  std::string line(row(command.verb).verb);
  if (!command.argument.empty()) return line + " " + command.argument + "\r\n";
  if (command.verb == Input::kMail || command.verb == Input::kRcpt) {
    line += command.verb == Input::kMail ? " FROM:" : " TO:";
    line += command.path.text();
    for (const Parameter& parameter : command.parameters) {
      line += " " + parameter.keyword;
      if (parameter.value) line += "=" + *parameter.value;
    }
  } else if (command.verb == Input::kAuth) {
    line += " " + command.mechanism;
    if (command.initial_response) line += " " + *command.initial_response;
  } else if (command.verb == Input::kBdat) {
    line += " " + std::to_string(command.chunk_size) + (command.is_last ? " LAST" : "");
  }
  return line + "\r\n";
}

}  // namespace smtp
