#include "mockserver/envelope.h"

#include <array>
#include <ctime>

#include "core/show.h"
#include "core/text.h"

namespace mockserver {
namespace {

std::string iso_time(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

std::string value_of(const std::vector<smtp::Parameter>& parameters, std::string_view keyword) {
  const smtp::Parameter* const found = smtp::find_parameter(parameters, keyword);
  return found == nullptr ? std::string() : found->value.value_or("");
}

store::Dsn dsn_from(const smtp::Memory& memory) {
  store::Dsn dsn;
  dsn.ret = core::to_upper(value_of(memory.mail_parameters, "RET"));
  dsn.envid = value_of(memory.mail_parameters, "ENVID");
  bool any = false;
  for (const std::vector<smtp::Parameter>& parameters : memory.rcpt_parameters) {
    dsn.recipients.push_back({core::to_upper(value_of(parameters, "NOTIFY")), value_of(parameters, "ORCPT")});
    any = any || !parameters.empty();
  }
  if (!any) dsn.recipients.clear();
  return dsn;
}

// A string of JSON (RFC 8259 §7). Of the characters that it wants escaped show_bytes leaves two.
std::string json_string(std::string_view octets) {
  std::string out = "\"";
  for (const char c : core::show_bytes(octets)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string_view truth(bool value) { return value ? "true" : "false"; }

// "[]", or the items one a line between brackets; `indent` is that of the line the list begins on.
std::string list_of(const std::vector<std::string>& items, const std::string& indent) {
  std::string out = "[";
  for (const std::string& item : items) out.append(out.size() > 1 ? ",\n" : "\n").append(indent).append("  ").append(item);
  if (!items.empty()) out.append("\n").append(indent);
  return out += ']';
}

std::string dsn_json(const store::Dsn& dsn) {
  std::vector<std::string> recipients;
  for (const store::Dsn::Recipient& one : dsn.recipients) {
    recipients.push_back("{\n        \"notify\": " + json_string(one.notify) +
                         ",\n        \"orcpt\": " + json_string(one.orcpt) + "\n      }");
  }
  return "{\n    \"ret\": " + json_string(dsn.ret) + ",\n    \"envid\": " + json_string(dsn.envid) +
         ",\n    \"recipients\": " + list_of(recipients, "    ") + "\n  }";
}

}  // namespace

store::Message message_from(const smtp::Memory& memory) {
  store::Message message;
  if (memory.reverse_path) message.reverse_path = memory.reverse_path->address();
  for (const smtp::Path& path : memory.forward_paths) message.forward_paths.push_back(path.address());
  message.body = core::to_upper(value_of(memory.mail_parameters, "BODY"));
  message.smtputf8 = smtp::find_parameter(memory.mail_parameters, "SMTPUTF8") != nullptr;
  message.dsn = dsn_from(memory);
  message.user = memory.user;
  message.tls = memory.encrypted;
  message.client = memory.client_name;
  return message;
}

std::string envelope_json(const store::Message& message) {
  std::string json = "{";
  json.reserve(512);
  const auto add = [&](std::string_view key, std::string_view value) {
    json.append(json.size() > 1 ? ",\n  \"" : "\n  \"").append(key).append("\": ").append(value);
  };
  std::vector<std::string> paths;
  for (const std::string& path : message.forward_paths) paths.push_back(json_string(path));
  const store::Dsn& dsn = message.dsn;
  add("reverse_path", json_string(message.reverse_path));
  add("forward_paths", list_of(paths, "  "));
  add("body", json_string(message.body));
  add("smtputf8", truth(message.smtputf8));
  if (!dsn.ret.empty() || !dsn.envid.empty() || !dsn.recipients.empty()) add("dsn", dsn_json(dsn));
  add("user", json_string(message.user));
  add("mechanism", json_string(message.mechanism));
  add("tls", truth(message.tls));
  add("client", json_string(message.client));
  add("client_address", json_string(message.client_address));
  add("received", json_string(iso_time(message.received)));
  return json + "\n}\n";
}

}  // namespace mockserver
