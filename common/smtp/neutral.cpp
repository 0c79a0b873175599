#include "smtp/neutral.h"

#include <array>
#include <utility>

#include "protocol/rows.h"
#include "sasl/response_line.h"

namespace smtp {
namespace {

constexpr std::array kOutcomeByDigit{protocol::Outcome::kOk, protocol::Outcome::kMore, protocol::Outcome::kRefusedForNow,
                                     protocol::Outcome::kRefused};

protocol::Outcome outcome_for(ReplyCode code) { return kOutcomeByDigit[static_cast<std::size_t>(code.first_digit()) - 2]; }

// The base64 in a line of an exchange, or the initial response of AUTH (RFC 4954 §4), and what it says.
std::optional<protocol::LoginPart> login_of(const Said& said) {
  if (said.input != Input::kAuthResponse && !(said.command && said.command->verb == Input::kAuth)) return std::nullopt;
  protocol::LoginPart login;
  const std::string_view line = said.line();
  const bool is_initial = said.input != Input::kAuthResponse;
  if (is_initial) {
    login.mechanism = said.command->mechanism;
    if (!said.command->initial_response) return login;
    const std::size_t at = line.rfind(*said.command->initial_response);
    login.response = core::Span{at, at + said.command->initial_response->size()};
  } else {
    login.response = core::Span{0, line.size()};
  }
  const std::string_view base64 = line.substr(login.response->begin, login.response->end - login.response->begin);
  const auto place = is_initial ? sasl::ResponsePlace::kInitial : sasl::ResponsePlace::kLater;
  if (auto decoded = sasl::decode_response(base64, place)) login.decoded = std::move(*decoded);
  return login;
}

struct Quirk {
  protocol::QuirkRow row;
  void (*take)(ServerConfig&);
};

constexpr std::array kQuirks{
    Quirk{{"auth-after-helo"}, [](ServerConfig& config) { config.state_leniency.auth_after_helo = true; }},
    Quirk{{"no-ehlo-after-starttls"}, [](ServerConfig& config) { config.state_leniency.mail_without_hello = true; }},
    Quirk{{"no-colon"}, [](ServerConfig& config) { config.leniency.no_colon = true; }},
    Quirk{{"no-angle-brackets"}, [](ServerConfig& config) { config.leniency.no_angle_brackets = true; }},
    Quirk{{"helo-no-argument"}, [](ServerConfig& config) { config.leniency.helo_no_argument = true; }},
};

using Limit = protocol::Limit<ServerLimits>;

constexpr std::array kLimits{
    Limit{{"command_line", "64..1048576", "Octets of a command line with its end."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.command_line = value; }},
    Limit{{"auth_line", "64..1048576", "Octets of a line of an AUTH exchange."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.auth_line = value; }},
    Limit{{"message", "1..1073741824", "Octets of a message."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.message = value; }},
    Limit{{"recipients", "1..1000000", "Recipients of one message."},
          [](ServerLimits& limits, std::size_t value) { limits.recipients = value; }},
    Limit{{"commands_without_mail", "1..1000000000", "Commands in which no message is sent, before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.commands_without_mail = value; }},
    Limit{{"auth_attempts", "1..1000000", "Refused logins before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.auth_attempts = value; }},
    Limit{{"messages", "1..1000000000", "Messages of one session; more are refused with 452."},
          [](ServerLimits& limits, std::size_t value) { limits.messages = value; }},
    Limit{{"recipient_domains", "1..1000000",
           "Different domains among the recipients of one message; more are refused with 452."},
          [](ServerLimits& limits, std::size_t value) { limits.recipient_domains = value; }},
};

constexpr auto kQuirkRows = protocol::rows_of<protocol::QuirkRow>(kQuirks);
constexpr auto kLimitRows = protocol::rows_of<protocol::LimitRow>(kLimits);

std::optional<Extensions> extensions_of(const std::optional<protocol::Offers>& offers) {
  return offers ? std::optional(Extensions::from_lines(*offers)) : std::nullopt;
}

}  // namespace

protocol::Answer neutral(const Reply& reply) { return neutral(Reply(reply)); }

protocol::Answer neutral(Reply&& reply) {
  return {outcome_for(reply.code), std::to_string(reply.code.value()), std::move(reply.lines)};
}

Reply typed(const protocol::Answer& answer) {
  const std::optional<ReplyCode> code = ReplyCode::parse(answer.code);
  return {code.value_or(ReplyCode(250)), answer.lines};
}

// Without the message, which may be long: whoever has it moves it.
protocol::Said neutral(const Said& said) {
  protocol::Said out{.input = said.input,
                     .bytes = said.bytes,
                     .octets = said.octets,
                     .line_end = said.line_end,
                     .is_command = said.command.has_value(),
                     .is_unread = said.is_unread,
                     .login = login_of(said),
                     .has_chunk = said.has_chunk,
                     .too_large = said.too_large,
                     .remarks = said.remarks,
                     .secrets = said.secrets};
  if (said.fault) {
    out.is_too_long = said.fault->fault == CommandFault::kTooLong;
    out.fault = said.fault->error;
  }
  return out;
}

protocol::StateChange neutral(const StateChange& change) { return {&row(change.from), &row(change.to), change.rule}; }

ServerConfig typed(const protocol::ServerSettings& settings) {
  ServerConfig config;
  config.name = settings.name;
  config.ehlo_text = settings.hello_text;
  config.extensions = Extensions::from_lines(settings.offers);
  config.extensions_tls = extensions_of(settings.offers_tls);
  config.extensions_auth = extensions_of(settings.offers_auth);
  config.oauth_error = settings.oauth_error;
  config.line_ends = settings.line_ends;
  for (const Quirk& quirk : kQuirks) {
    if (settings.has_quirk(quirk.row.name)) quirk.take(config);
  }
  protocol::take_limits(kLimits, settings, config.limits);
  const auto offers_utf8 = [](const std::optional<Extensions>& list) { return list && list->offers("SMTPUTF8"); };
  config.leniency.allow_utf8 =
      config.extensions.offers("SMTPUTF8") || offers_utf8(config.extensions_tls) || offers_utf8(config.extensions_auth);
  return config;
}

std::span<const protocol::QuirkRow> quirks() { return kQuirkRows; }

std::span<const protocol::LimitRow> limits() { return kLimitRows; }

}  // namespace smtp
