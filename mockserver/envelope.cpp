#include "mockserver/envelope.h"

#include <array>
#include <ctime>

#include <nlohmann/json.hpp>

#include "core/show.h"

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

}  // namespace

std::string envelope_json(const store::Message& message) {
  Json json;
  json["reverse_path"] = core::show_bytes(message.reverse_path);
  Json& paths = json["forward_paths"] = Json::array();
  for (const std::string& path : message.forward_paths) paths.push_back(core::show_bytes(path));
  json["user"] = core::show_bytes(message.user);
  json["client"] = core::show_bytes(message.client);
  json["client_address"] = message.client_address;
  json["received"] = iso_time(message.received);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mockserver
