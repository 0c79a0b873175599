#include "mockserver/envelope.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "core/show.h"

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

store::Dsn dsn_from(const protocol::Knows& session) {
  store::Dsn dsn;
  dsn.ret = session.text("ret");
  dsn.envid = session.text("envid");
  if (!session.flag("has-rcpt-parameters")) return dsn;
  std::vector<std::string> notify = session.texts("notify");
  std::vector<std::string> orcpt = session.texts("orcpt");
  for (std::size_t i = 0; i < std::min(notify.size(), orcpt.size()); ++i)
    dsn.recipients.push_back({std::move(notify[i]), std::move(orcpt[i])});
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

store::Message message_from(const protocol::Knows& session) {
  store::Message message;
  message.reverse_path = session.text("mail-from");
  message.forward_paths = session.texts("rcpt-to");
  message.body = session.text("body");
  message.smtputf8 = session.flag("smtputf8");
  message.dsn = dsn_from(session);
  message.user = session.text("logged-in");
  message.tls = session.flag("tls");
  message.client = session.text("client");
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
