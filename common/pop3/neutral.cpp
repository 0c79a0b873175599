#include "pop3/neutral.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "pop3/words.h"
#include "protocol/rows.h"
#include "sasl/response_line.h"

namespace pop3 {
namespace {

constexpr std::string_view kApopOffer = "APOP";

protocol::Outcome outcome_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk: return protocol::Outcome::kOk;
    case Outcome::kMore: return protocol::Outcome::kMore;
    case Outcome::kRefused: break;
  }
  return protocol::Outcome::kRefused;
}

// The base64 in a line of an exchange, or the initial response of AUTH (RFC 5034 §4), and what it says.
std::optional<protocol::LoginPart> login_of(const Said& said) {
  const bool is_later = said.input == Input::kAuthResponse;
  if (!is_later && !(said.command && said.command->verb == Input::kAuth)) return std::nullopt;
  protocol::LoginPart login;
  if (is_later) {
    login.response = core::Span{0, said.line().size()};
  } else {
    login.mechanism = said.command->mechanism;
    if (!said.command->initial_response) return login;
    const std::size_t at = said.line().rfind(*said.command->initial_response);
    login.response = core::Span{at, at + said.command->initial_response->size()};
  }
  const std::string_view base64 = said.line().substr(login.response->begin, login.response->end - login.response->begin);
  const auto place = is_later ? sasl::ResponsePlace::kLater : sasl::ResponsePlace::kInitial;
  if (auto decoded = sasl::decode_response(base64, place)) login.decoded = std::move(*decoded);
  return login;
}

using Limit = protocol::Limit<ServerLimits>;

constexpr std::array kLimits{
    Limit{{"command_line", "64..1048576", "Octets of a command line with its end."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.command_line = value; }},
    Limit{{"auth_line", "64..1048576", "Octets of a line of an AUTH exchange."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.auth_line = value; }},
    Limit{{"auth_attempts", "1..1000000", "Refused logins before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.login_attempts = value; }},
    Limit{{"bad_commands", "1..1000000", "Commands that are none, one after the other, before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.bad_commands = value; }},
};

constexpr auto kLimitRows = protocol::rows_of<protocol::LimitRow>(kLimits);

}  // namespace

protocol::Answer neutral(const Answer& answer, const std::vector<std::string>& body) {
  protocol::Answer out{outcome_for(answer.outcome), std::string(indicator(answer.outcome)), {}};
  std::string line = answer.code.empty() ? "" : "[" + answer.code + "]";
  if (!line.empty() && !answer.text.empty()) line += ' ';
  out.lines.push_back(line + answer.text);
  out.lines.insert(out.lines.end(), body.begin(), body.end());
  return out;
}

Answer typed(const protocol::Answer& answer) {
  const std::string line = answer.code + " " + (answer.lines.empty() ? "" : answer.lines.front());
  std::optional<Answer> read = read_first_line(line);
  return read ? std::move(*read) : Answer{};
}

protocol::Said neutral(const Said& said) {
  protocol::Said out{.input = said.input,
                     .bytes = said.bytes,
                     .octets = said.octets,
                     .line_end = said.line_end,
                     .is_command = said.command.has_value(),
                     .is_unread = said.is_unread,
                     .login = login_of(said),
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
  if (!settings.offers.empty()) {
    const Capabilities offers = Capabilities::from_lines(settings.offers);
    config.has_apop = offers.offers(kApopOffer);
    config.capabilities = offers.without(kApopOffer);
    if (settings.offers_tls) config.capabilities_tls = Capabilities::from_lines(*settings.offers_tls).without(kApopOffer);
  }
  config.takes_bare_lf = settings.line_ends != protocol::LineEnds::kStrict;
  config.oauth_error = settings.oauth_error;
  protocol::take_limits(kLimits, settings, config.limits);
  return config;
}

std::span<const protocol::LimitRow> limits() { return kLimitRows; }

}  // namespace pop3
