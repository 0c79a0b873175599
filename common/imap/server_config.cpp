#include "imap/server_config.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "protocol/rows.h"

namespace imap {
namespace {

constexpr std::string_view kAuth = "AUTH=";

// Everything that is built here.
constexpr std::array<std::string_view, 25> kOwn{"IMAP4rev1",
                                                "STARTTLS",
                                                "LITERAL+",
                                                "SASL-IR",
                                                "ID",
                                                "ENABLE",
                                                "IDLE",
                                                "NAMESPACE",
                                                "CHILDREN",
                                                "UIDPLUS",
                                                "UNSELECT",
                                                "MOVE",
                                                "ESEARCH",
                                                "SEARCHRES",
                                                "SPECIAL-USE",
                                                "LIST-EXTENDED",
                                                "LIST-STATUS",
                                                "STATUS=SIZE",
                                                "CONDSTORE",
                                                "AUTH=PLAIN",
                                                "AUTH=LOGIN",
                                                "AUTH=CRAM-MD5",
                                                "AUTH=SCRAM-SHA-1",
                                                "AUTH=SCRAM-SHA-256",
                                                "AUTH=XOAUTH2"};

// RFC 9051 appendix E.
constexpr std::array<std::string_view, 6> kInRev2{"NAMESPACE", "UNSELECT", "UIDPLUS", "ENABLE", "IDLE", "MOVE"};

using Limit = protocol::Limit<ServerLimits>;

constexpr std::array kLimits{
    Limit{{"command_line", "64..1048576", "Octets of a command, with its literals, that brings no message."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.command = value; }},
    Limit{{"literal", "64..1073741824", "Octets of a message that APPEND brings."},
          [](ServerLimits& limits, std::size_t value) { limits.stream.message = value; }},
    Limit{{"auth_attempts", "1..1000000", "Refused logins before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.login_attempts = value; }},
    Limit{{"bad_commands", "1..1000000", "Commands that are none, one after the other, before the server closes."},
          [](ServerLimits& limits, std::size_t value) { limits.bad_commands = value; }},
};

constexpr auto kLimitRows = protocol::rows_of<protocol::LimitRow>(kLimits);

bool begins_with_auth(std::string_view word) { return core::starts_with_ignoring_case(word, kAuth); }

}  // namespace

Capabilities Capabilities::from_lines(const std::vector<std::string>& lines) {
  Capabilities all;
  for (const std::string& line : lines) {
    for (std::string_view rest = core::trim(line); !rest.empty(); rest = core::trim(rest)) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      all.words_.emplace_back(word);
      rest.remove_prefix(word.size());
    }
  }
  return all;
}

bool Capabilities::offers(std::string_view word) const {
  return std::any_of(words_.begin(), words_.end(),
                     [&](const std::string& one) { return core::equals_ignoring_case(one, word); });
}

bool Capabilities::brings(Input input, bool by_uid) const {
  const std::string_view by = input == Input::kExpunge && by_uid ? std::string_view("UIDPLUS") : row(input).offered_by;
  if (by.empty()) return input != Input::kLogin || !offers("LOGINDISABLED");
  if (by == "AUTH") return std::any_of(words_.begin(), words_.end(), begins_with_auth);
  const bool is_in_rev2 = std::find(kInRev2.begin(), kInRev2.end(), by) != kInRev2.end();
  return offers(by) || (is_in_rev2 && offers("IMAP4rev2"));
}

std::vector<std::string> Capabilities::mechanisms() const {
  std::vector<std::string> all;
  for (const std::string& word : words_) {
    if (!begins_with_auth(word)) continue;
    std::string name = core::to_upper(word.substr(kAuth.size()));
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(std::move(name));
  }
  return all;
}

Capabilities Capabilities::after_login() const {
  Capabilities left;
  for (const std::string& word : words_) {
    const bool is_over = core::equals_ignoring_case(word, "STARTTLS") || core::equals_ignoring_case(word, "LOGINDISABLED");
    if (!is_over && !begins_with_auth(word)) left.words_.push_back(word);
  }
  return left;
}

Capabilities Capabilities::without(std::string_view word) const {
  Capabilities left;
  for (const std::string& one : words_) {
    if (!core::equals_ignoring_case(one, word)) left.words_.push_back(one);
  }
  return left;
}

std::string Capabilities::text() const {
  std::string text;
  for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
  return text;
}

Capabilities ServerConfig::announced(bool encrypted, bool logged_in) const {
  const Capabilities before = !encrypted         ? capabilities
                              : capabilities_tls ? *capabilities_tls
                                                 : capabilities.without("STARTTLS");
  if (!logged_in) return before;
  return capabilities_auth ? *capabilities_auth : before.after_login();
}

ServerConfig typed(const protocol::ServerSettings& settings) {
  ServerConfig config;
  config.name = settings.name;
  if (settings.offers.empty()) {
    config.capabilities = Capabilities::from_lines({kOwn.begin(), kOwn.end()});
  } else {
    config.capabilities = Capabilities::from_lines(settings.offers);
    if (settings.offers_tls) config.capabilities_tls = Capabilities::from_lines(*settings.offers_tls);
    if (settings.offers_auth) config.capabilities_auth = Capabilities::from_lines(*settings.offers_auth);
  }
  config.takes_bare_lf = settings.line_ends != protocol::LineEnds::kStrict;
  config.oauth_error = settings.oauth_error;
  config.folders = settings.folders;
  config.names.separator = settings.separator;
  config.names.is_quoted = settings.quotes_names;
  protocol::take_limits(kLimits, settings, config.limits);
  const bool only_short = !config.capabilities.offers("LITERAL+") &&
                          (config.capabilities.offers("LITERAL-") || config.capabilities.offers("IMAP4rev2"));
  if (only_short) config.limits.stream.unasked = 4096;  // RFC 7888 §5
  return config;
}

std::span<const protocol::LimitRow> limits() { return kLimitRows; }

}  // namespace imap
