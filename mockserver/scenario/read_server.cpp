#include <optional>
#include <utility>

#include "core/text.h"
#include "mockserver/scenario/placeholders.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

void read_quirks(const document::Node& list, smtp::ServerConfig& server) {
  server.state_leniency = {};
  server.leniency = {};
  for (const document::Node* const quirk : strings_of(&list)) {
    if (quirk->text == "auth-after-helo") server.state_leniency.auth_after_helo = true;
    if (quirk->text == "no-ehlo-after-starttls") server.state_leniency.mail_without_hello = true;
    if (quirk->text == "no-colon") server.leniency.no_colon = true;
    if (quirk->text == "no-angle-brackets") server.leniency.no_angle_brackets = true;
    if (quirk->text == "helo-no-argument") server.leniency.helo_no_argument = true;
  }
}

// The three lists of extensions; one that is written down replaces that of the provider.
void read_lists(const Reading& reading, const document::Node& table) {
  Draft& draft = reading.draft;
  if (const auto* const list = table.find("extensions", document::NodeType::kList))
    draft.extensions = read_extensions(reading, *list);
  for (const std::string_view key : {"extensions_tls", "extensions_auth"}) {
    const document::Node* const list = table.find(key, document::NodeType::kList);
    if (list == nullptr) continue;
    ExtensionList read = read_extensions(reading, *list);
    if (smtp::Extensions::from_lines(read.lines).offers("STARTTLS")) {
      reading.problems.add(list->where,
                           {"STARTTLS is offered in clear only (RFC 3207 §4.2)", "STARTTLS 只在明文时提供（RFC 3207 §4.2）"},
                           {"write it into extensions", "把它写到 extensions 里"});
    }
    (key == "extensions_tls" ? draft.extensions_tls : draft.extensions_auth) = std::move(read);
  }
}

void read_oauth_error(const Reading& reading, const document::Node& node) {
  const std::string_view json = core::trim(node.text);
  if (!json.starts_with('{') || !json.ends_with('}')) {
    reading.problems.add(node.where, {"'oauth_error' is a JSON object", "'oauth_error' 应当是 JSON 对象"},
                         {"for example '{\"status\":\"401\"}'", "例如 '{\"status\":\"401\"}'"});
  }
  reading.draft.scenario.server.oauth_error = node.text;
}

void read_limits(const document::Node& table, Scenario& scenario) {
  smtp::ServerLimits& limits = scenario.server.limits;
  const auto take = [&](std::string_view key, std::size_t& into) {
    if (const auto value = integer_in(table, key); value && *value > 0) into = static_cast<std::size_t>(*value);
  };
  take("command_line", limits.stream.command_line);
  take("auth_line", limits.stream.auth_line);
  take("message", limits.stream.message);
  take("recipients", limits.recipients);
  take("commands_without_mail", limits.commands_without_mail);
  take("auth_attempts", limits.auth_attempts);
  const auto take_optional = [&](std::string_view key, std::optional<std::size_t>& into) {
    if (const auto value = integer_in(table, key); value && *value > 0) into = static_cast<std::size_t>(*value);
  };
  take_optional("messages", limits.messages);
  take_optional("recipient_domains", limits.recipient_domains);
  if (const auto time = seconds_in(table, "idle_timeout")) scenario.idle_timeout = *time;
  if (const auto time = seconds_in(table, "silence")) scenario.silence = *time;
}

}  // namespace

void read_server(const Reading& reading) {
  Scenario& scenario = reading.draft.scenario;
  if (const document::Node* const limits = reading.document.root.find("limits", document::NodeType::kTable))
    read_limits(*limits, scenario);
  const document::Node* const table = reading.document.root.find("server", document::NodeType::kTable);
  if (table == nullptr) return;
  if (auto server_name = string_in(*table, "name")) scenario.server.name = std::move(*server_name);
  for (const document::Node* const sign : strings_of(table->find("signs"))) scenario.signs.push_back(sign->text);
  if (const document::Node* const greeting = table->find("greeting")) {
    if (const auto index = use_reply(reading, *greeting, {"greeting", "connect"})) scenario.greeting = index;
  }
  if (const document::Node* const text = table->find("ehlo_text", document::NodeType::kText)) {
    check_template(reading, *text, names_of(reply_placeholders()));
    scenario.server.ehlo_text = text->text;
  }
  if (const document::Node* const json = table->find("oauth_error", document::NodeType::kText))
    read_oauth_error(reading, *json);
  read_lists(reading, *table);
  if (const document::Node* const list = table->find("quirks", document::NodeType::kList)) read_quirks(*list, scenario.server);
  if (const auto listens = string_in(*table, "connections")) scenario.listens = *listens != "refuse";
  if (const auto ends = word_in<smtp::LineEnds>(*table, "server", "line_ends")) scenario.server.line_ends = *ends;
  if (const auto security = word_in<Security>(*table, "server", "security")) scenario.security = *security;
}

}  // namespace scenario
