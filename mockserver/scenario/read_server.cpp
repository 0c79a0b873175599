#include <algorithm>

#include "core/text.h"
#include "mockserver/scenario/placeholders.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

std::string_view first_word(std::string_view line) { return line.substr(0, line.find(' ')); }

bool is_extension_line(std::string_view line) {
  const bool printable = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return printable && !line.empty() && line.front() != ' ';
}

void read_extensions(const Reading& reading, const document::Node& list) {
  reading.draft.extensions.clear();
  for (const document::Node* const line : strings_of(&list)) {
    if (!is_extension_line(line->text)) {
      reading.problems.add(line->where, "an extension is a keyword and its parameters, in ASCII",
                           "for example \"AUTH LOGIN PLAIN\"");
    } else if (line->text.find('{') != std::string::npos) {
      reading.problems.add(line->where, "an extension line is no template", "write out what the server announces");
    }
    reading.draft.extensions.push_back(line->text);
  }
}

void read_quirks(const document::Node& list, smtp::ServerConfig& server) {
  server.auth_after_helo = false;
  server.leniency = {};
  for (const document::Node* const quirk : strings_of(&list)) {
    if (quirk->text == "auth-after-helo") server.auth_after_helo = true;
    if (quirk->text == "no-colon") server.leniency.no_colon = true;
    if (quirk->text == "no-angle-brackets") server.leniency.no_angle_brackets = true;
    if (quirk->text == "helo-no-argument") server.leniency.helo_no_argument = true;
  }
}

void read_security(const Reading& reading, const document::Node& table) {
  const auto security = word_in<Security>(table, "server", "security");
  if (!security) return;
  reading.draft.scenario.security = *security;
  if (*security != Security::kNone) {
    reading.problems.add(table.find("security")->where, "TLS is not available yet in this version",
                         "write security = \"none\"");
  }
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
  if (const document::Node* const greeting = table->find("greeting")) {
    if (const auto index = use_reply(reading, *greeting, "greeting", "connect")) scenario.greeting = index;
  }
  if (const document::Node* const text = table->find("ehlo_text", document::NodeType::kText)) {
    check_template(reading, *text, names_of(kReplyPlaceholders));
    scenario.server.ehlo_text = text->text;
  }
  if (const document::Node* const list = table->find("extensions", document::NodeType::kList)) read_extensions(reading, *list);
  if (const document::Node* const list = table->find("quirks", document::NodeType::kList)) read_quirks(*list, scenario.server);
  if (const auto ends = word_in<smtp::LineEnds>(*table, "server", "line_ends")) scenario.server.line_ends = *ends;
  read_security(reading, *table);
}

void finish_server(Draft& draft) {
  Scenario& scenario = draft.scenario;
  std::vector<std::string> announced;
  for (const std::string& line : draft.extensions) {
    const bool starttls = core::equals_ignoring_case(first_word(line), "STARTTLS");
    if (!starttls || scenario.security == Security::kStarttls) announced.push_back(line);
  }
  scenario.server.extensions = smtp::Extensions::from_lines(std::move(announced));
  scenario.server.leniency.allow_utf8 = scenario.server.extensions.offers("SMTPUTF8");
}

}  // namespace scenario
