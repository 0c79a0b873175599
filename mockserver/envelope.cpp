#include "mockserver/envelope.h"

#include <array>
#include <ctime>

#include <nlohmann/json.hpp>

#include "core/show.h"
#include "core/text.h"

namespace mockserver {
namespace {

using Json = nlohmann::ordered_json;

std::string iso_time(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

std::string address_of(const smtp::Path& path) { return path.mailbox ? path.mailbox->text() : std::string(); }

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

Json dsn_json(const store::Dsn& dsn) {
  Json json;
  json["ret"] = core::show_bytes(dsn.ret);
  json["envid"] = core::show_bytes(dsn.envid);
  Json& recipients = json["recipients"] = Json::array();
  for (const store::Dsn::Recipient& one : dsn.recipients) {
    recipients.push_back({{"notify", core::show_bytes(one.notify)}, {"orcpt", core::show_bytes(one.orcpt)}});
  }
  return json;
}

}  // namespace

store::Message message_from(const smtp::Memory& memory) {
  store::Message message;
  if (memory.reverse_path) message.reverse_path = address_of(*memory.reverse_path);
  for (const smtp::Path& path : memory.forward_paths) message.forward_paths.push_back(address_of(path));
  message.body = core::to_upper(value_of(memory.mail_parameters, "BODY"));
  message.smtputf8 = smtp::find_parameter(memory.mail_parameters, "SMTPUTF8") != nullptr;
  message.dsn = dsn_from(memory);
  message.user = memory.user;
  message.tls = memory.encrypted;
  message.client = memory.client_name;
  return message;
}

std::string envelope_json(const store::Message& message) {
  Json json;
  json["reverse_path"] = core::show_bytes(message.reverse_path);
  Json& paths = json["forward_paths"] = Json::array();
  for (const std::string& path : message.forward_paths) paths.push_back(core::show_bytes(path));
  json["body"] = core::show_bytes(message.body);
  json["smtputf8"] = message.smtputf8;
  const store::Dsn& dsn = message.dsn;
  if (!dsn.ret.empty() || !dsn.envid.empty() || !dsn.recipients.empty()) json["dsn"] = dsn_json(dsn);
  json["user"] = core::show_bytes(message.user);
  json["mechanism"] = message.mechanism;
  json["tls"] = message.tls;
  json["client"] = core::show_bytes(message.client);
  json["client_address"] = message.client_address;
  json["received"] = iso_time(message.received);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mockserver
