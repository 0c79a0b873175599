#include <algorithm>
#include <utility>

#include "core/text.h"
#include "mockserver/scenario/placeholders.h"
#include "mockserver/scenario/reading.h"
#include "mockserver/scenario/template_scanner.h"
#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

// What the placeholder stands for is missing from the scenario: what has to be there, or nothing.
core::Text lacking(std::string_view placeholder, const std::vector<Account>& accounts) {
  if (placeholder == "client" || placeholder == "literal") return {};
  if (placeholder == "user2") {
    return accounts.size() < 2 ? core::Text{"a second [[account]]", "第二个 [[account]]"} : core::Text();
  }
  if (accounts.empty()) return {"an [[account]]", "一个 [[account]]"};
  if (placeholder == "web_password" && accounts.front().web_password.empty())
    return {"web_password in the first [[account]]", "第一个 [[account]] 里的 web_password"};
  return {};
}

// server: to which it is said.
void check_step_template(const Reading& reading, const document::Node& node, const Scenario& server) {
  check_template(reading, node, names_of(kStepPlaceholders));
  TemplateScanner scanner(node.text);
  for (auto part = scanner.next(); part && part->has_value(); part = scanner.next()) {
    if (!(*part)->is_placeholder) continue;
    const std::string_view name = (*part)->text;
    const core::Text missing = lacking(name, server.accounts);
    if (missing.empty()) continue;
    reading.problems.add(node.where, core::phrase("{0} needs {1}", "{0} 需要{1}", {"{" + std::string(name) + "}", missing}));
  }
}

// The key that says what the step does: "send", "message" or "connect"; empty when there is none, or more than one.
std::string_view deed_of(const Reading& reading, const document::Node& table) {
  std::string_view deed;
  for (const std::string_view key : {"send", "message", "connect"}) {
    const document::Node* const node = table.find(key);
    if (node == nullptr) continue;
    if (!deed.empty()) {
      reading.problems.add(
          node->where, core::phrase("a step has either '{0}' or '{1}'", "一步里只能有 '{0}' 和 '{1}' 中的一个", {deed, key}),
          {"give each a [[step]] of its own", "分成两个 [[step]]"});
      return {};
    }
    deed = key;
  }
  if (deed.empty() && !has_unknown_key(table, "step")) {
    reading.problems.add(table.where, {"this step does nothing", "这一步什么也不做"},
                         {"send = \"…\" for a line, message = \"…\" for mail data, connect = true for a new connection",
                          "发一行用 send = \"…\"，发邮件内容用 message = \"…\"，新建连接用 connect = true"});
  }
  return deed;
}

// A code as it stands in a file: 250, "+OK".
std::string as_value(std::string_view code) {
  const bool is_number = code.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? std::string(code) : "\"" + std::string(code) + "\"";
}

void check_message(const Reading& reading, const document::Node& message, const protocol::Protocol& protocol) {
  const auto rows = protocol.inputs();
  const auto takes_one = [](const protocol::InputRow& row) { return row.role == protocol::Role::kContent; };
  if (std::any_of(rows.begin(), rows.end(), takes_one)) return;
  reading.problems.add(message.where,
                       core::phrase("over {0} no client hands over a message", "{0} 里客户端不交邮件", {protocol.title()}));
}

void check_expectation(const Reading& reading, const document::Node& table, std::string_view deed, protocol::LineEnd end,
                       const protocol::Protocol& protocol) {
  const document::Node* const expect = table.find("expect");
  const bool sends = deed == "send" && table.find("send", document::NodeType::kText) != nullptr;
  if (sends && expect == nullptr && end != protocol::LineEnd::kNone) {
    reading.problems.add(table.where, {"'expect' is missing in [[step]]", "[[step]] 里缺少 'expect'"},
                         core::phrase("the code that answers the line, such as expect = {0}",
                                      "写上这一行会得到的回复码，例如 expect = {0}", {as_value(protocol.done_code())}));
  } else if (deed == "connect" && expect == nullptr) {
    reading.problems.add(table.where, {"'expect' is missing in [[step]]", "[[step]] 里缺少 'expect'"},
                         core::phrase("the code of the greeting, such as expect = {0}", "写上问候的回复码，例如 expect = {0}",
                                      {as_value(way_of(protocol).greeting)}));
  } else if (deed == "message" && expect != nullptr) {
    reading.problems.add(
        expect->where, {"no reply comes to a message before its final dot", "邮件在结尾的点之前不会得到回复"},
        {"give the dot a step of its own: send = \".\" with expect = 250", "把点单独作为一步：send = \".\" 加 expect = 250"});
  }
}

// To which server of the path this step is said; before: the one before it. At one that is unknown nobody can say what is
// right.
std::optional<std::size_t> server_at(const Reading& reading, const document::Node& table, std::size_t before) {
  const document::Node* const at = table.find("at", document::NodeType::kText);
  if (at == nullptr) return before;
  if (table.find("connect") == nullptr) {
    reading.problems.add(at->where, {"'at' is of a new connection", "'at' 说的是新建连接时连到哪里"},
                         {"write it into a [[step]] with connect = true", "请写在有 connect = true 的 [[step]] 里"});
    return before;
  }
  if (at->text == reading.draft.scenario.provider) return 0;
  const auto& others = reading.draft.scenario.others;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (others[i]->id == at->text) return i + 1;
  }
  return std::nullopt;
}

void check_connect(const Reading& reading, const document::Node& table) {
  const document::Node* const connect = table.find("connect", document::NodeType::kBoolean);
  if (connect != nullptr && !connect->boolean) {
    reading.problems.add(connect->where, {"'connect' can only be true", "'connect' 只能是 true"},
                         {"leave it out of a step that does not connect", "不建立连接的步骤里不要写它"});
  }
  if (const document::Node* const end = table.find("end")) {
    reading.problems.add(end->where,
                         {"'end' is of a line, and this step sends none", "'end' 说的是一行的结尾，而这一步不发送行"},
                         {"leave it out", "把它去掉"});
  }
}

void check_one_line(const Reading& reading, const document::Node& send, protocol::LineEnd end) {
  if (end == protocol::LineEnd::kNone || send.text.find_first_of("\r\n") == std::string::npos) return;
  reading.problems.add(
      send.where, {"'send' is one line without its end", "'send' 是不带行结尾的一行"},
      {"one [[step]] for each line, and mail data in 'message'; with end = \"none\" it is sent exactly as it stands",
       "一行用一个 [[step]]，邮件内容放在 'message' 里；加上 end = \"none\" 就会原样发送"});
}

Step read_step(const Reading& reading, const document::Node& table, std::size_t number) {
  const Scenario& server = server_of(reading.draft.scenario, number);
  Step step;
  step.server = number;
  step.line_end = word_in<protocol::LineEnd>(table, "step", "end").value_or(protocol::LineEnd::kCrlf);
  if (const document::Node* const send = table.find("send", document::NodeType::kText)) {
    check_step_template(reading, *send, server);
    check_one_line(reading, *send, step.line_end);
    step.send = send->text;
  }
  if (const document::Node* const message = table.find("message", document::NodeType::kText)) {
    check_step_template(reading, *message, server);
    check_message(reading, *message, *server.protocol);
    step.message = message->text;
  }
  const std::string_view deed = deed_of(reading, table);
  step.connects = deed == "connect";
  if (step.connects) check_connect(reading, table);
  step.expect = check_code(reading, table, "expect", *server.protocol);
  if (const auto wait = seconds_in(table, "wait")) step.wait = *wait;
  step.say = text_in(table, "say").value_or(core::Text());
  step.then = text_in(table, "then").value_or(core::Text());
  check_expectation(reading, table, deed, step.line_end, *server.protocol);
  return step;
}

// A step that says {literal} counts the octets of the message behind it.
void announce_messages(const Reading& reading, const std::vector<const document::Node*>& tables, std::vector<Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].send.find("{literal}") == std::string::npos) continue;
    if (i + 1 < steps.size()) steps[i].announced = steps[i + 1].message;
    if (!steps[i].announced.empty()) continue;
    reading.problems.add(
        tables[i]->find("send")->where,
        {"{literal} announces a message, and the next step is none", "{literal} 预告一封邮件，而下一步不是邮件"},
        {"write the message in the [[step]] behind it", "把邮件写在后面的 [[step]] 里"});
  }
}

}  // namespace

void read_accounts(const Reading& reading) {
  std::vector<Account> accounts;
  for (const document::Node* const table : tables_in(reading.document.root, "account")) {
    Account account{string_in(*table, "user").value_or(""), string_in(*table, "password").value_or(""),
                    string_in(*table, "web_password").value_or(""), string_in(*table, "token").value_or("")};
    const auto same = [&](const Account& other) { return core::equals_ignoring_case(other.user, account.user); };
    for (const std::string_view key : {"user", "password", "token"}) {
      const document::Node* const node = table->find(key, document::NodeType::kText);
      if (node != nullptr && node->text.empty())
        reading.problems.add(node->where, core::phrase("'{0}' is empty", "'{0}' 是空的", {key}));
    }
    if (std::any_of(accounts.begin(), accounts.end(), same)) {
      reading.problems.add(table->where, core::phrase("there is an account '{0}' already", "已经有账户 '{0}'", {account.user}));
    }
    accounts.push_back(std::move(account));
  }
  if (!accounts.empty()) reading.draft.scenario.accounts = std::move(accounts);
}

void read_steps(const Reading& reading) {
  Scenario& scenario = reading.draft.scenario;
  const std::vector<const document::Node*> tables = tables_in(reading.document.root, "step");
  if (!tables.empty()) {
    scenario.steps.clear();
    scenario.failure.clear();
  }
  std::optional<std::size_t> server = 0;
  for (const document::Node* const table : tables) {
    server = server_at(reading, *table, *server);
    if (!server) return;
    scenario.steps.push_back(read_step(reading, *table, *server));
  }
  announce_messages(reading, tables, scenario.steps);
  if (auto failure = string_in(reading.document.root, "failure")) scenario.failure = std::move(*failure);
}

}  // namespace scenario
