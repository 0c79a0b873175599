#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"
#include "mockserver/scenario/placeholders.h"
#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/reading.h"
#include "mockserver/scenario/way.h"
#include "protocol/known.h"

namespace scenario {
namespace {

void read_quirks(const Reading& reading, const document::Node& list) {
  protocol::ServerSettings& server = reading.draft.scenario.server;
  server.quirks.clear();
  for (const document::Node* const quirk : strings_of(&list)) {
    server.quirks.push_back(quirk->text);
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
    const std::string_view starttls = starttls_word(*draft.scenario.protocol);
    if (protocol::offers(read.lines, starttls)) {
      const std::string_view rule = way_of(*draft.scenario.protocol).tls_rule;
      reading.problems.add(list->where,
                           core::phrase("{0} is offered in clear only ({1})", "{0} 只在明文时提供（{1}）", {starttls, rule}),
                           {"write it into extensions", "把它写到 extensions 里"});
    }
    (key == "extensions_tls" ? draft.extensions_tls : draft.extensions_auth) = std::move(read);
  }
}

void read_host(const Reading& reading, const document::Node& text) {
  if (auto host = parse_host(text.text, *reading.draft.scenario.protocol)) {
    reading.draft.scenario.hosts.push_back(std::move(*host));
  } else {
    reading.problems.add(text.where, {"not a host with its ports", "不是主机名加端口"},
                         {"for example \"smtp.qq.com 25 587 465/tls\" or \"pop.qq.com pop3 110 995/tls\"",
                          "例如 \"smtp.qq.com 25 587 465/tls\" 或 \"pop.qq.com pop3 110 995/tls\""});
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

void read_limits(const Reading& reading, const document::Node& table) {
  Scenario& scenario = reading.draft.scenario;
  for (const protocol::LimitRow& row : scenario.protocol->limits()) {
    const auto value = integer_in(table, row.name);
    if (value && *value > 0) scenario.server.limits[std::string(row.name)] = static_cast<std::size_t>(*value);
  }
  if (const auto time = seconds_in(table, "idle_timeout")) scenario.idle_timeout = *time;
  if (const auto time = seconds_in(table, "silence")) scenario.silence = *time;
}

}  // namespace

const protocol::Protocol* protocol_of(const document::Node& root, const Scenario* provider) {
  const document::Node* const node = root.find("protocol", document::NodeType::kText);
  if (node == nullptr && provider != nullptr && provider->protocol != nullptr) return provider->protocol;
  const protocol::Protocol* const said = protocol::find(node == nullptr ? std::string_view("smtp") : node->text);
  // What is no protocol is reported; that all the rest can be read, it is some.
  return said != nullptr ? said : protocol::known().front();
}

void read_protocol(const Reading& reading) {
  Scenario& scenario = reading.draft.scenario;
  const protocol::Protocol* const inherited = scenario.protocol;
  if (inherited == nullptr) {
    scenario.protocol = protocol_of(reading.document.root, nullptr);
    scenario.idle_timeout = way_of(*scenario.protocol).idle_timeout;
    return;
  }
  const document::Node* const node = reading.document.root.find("protocol", document::NodeType::kText);
  const protocol::Protocol* const said = node == nullptr ? inherited : protocol::find(node->text);
  if (said == nullptr || said == inherited) return;
  reading.problems.add(node->where, core::phrase("its provider speaks {0}", "它的服务商用的是 {0}", {inherited->title()}),
                       {"leave 'protocol' out, or extend another provider", "去掉 'protocol'，或者 extends 别的服务商"});
}

void read_server(const Reading& reading) {
  Scenario& scenario = reading.draft.scenario;
  if (const document::Node* const limits = reading.document.root.find("limits", document::NodeType::kTable))
    read_limits(reading, *limits);
  const document::Node* const table = reading.document.root.find("server", document::NodeType::kTable);
  if (table == nullptr) return;
  if (auto server_name = string_in(*table, "name")) scenario.server.name = std::move(*server_name);
  for (const document::Node* const sign : strings_of(table->find("signs"))) scenario.signs.push_back(sign->text);
  for (const document::Node* const text : strings_of(table->find("hosts"))) read_host(reading, *text);
  if (const document::Node* const greeting = table->find("greeting")) {
    if (const auto index = use_reply(reading, *greeting, {"greeting", "connect"})) scenario.greeting = index;
  }
  if (const document::Node* const text = table->find("ehlo_text", document::NodeType::kText)) {
    check_template(reading, *text, names_of(reply_placeholders(*scenario.protocol)));
    scenario.server.hello_text = text->text;
  }
  if (const document::Node* const json = table->find("oauth_error", document::NodeType::kText))
    read_oauth_error(reading, *json);
  read_lists(reading, *table);
  read_folder_names(reading, *table);
  if (const document::Node* const list = table->find("quirks", document::NodeType::kList)) read_quirks(reading, *list);
  if (const auto listens = string_in(*table, "connections")) scenario.listens = *listens != "refuse";
  if (const auto ends = word_in<protocol::LineEnds>(*table, "server", "line_ends")) scenario.server.line_ends = *ends;
  if (const auto security = word_in<Security>(*table, "server", "security")) scenario.security = *security;
}

}  // namespace scenario
