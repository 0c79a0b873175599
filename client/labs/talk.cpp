#include "client/labs/talk.h"

#include <nlohmann/json.hpp>

#include "core/show.h"

namespace lab {
namespace {

using Json = nlohmann::ordered_json;

core::Failure no_turn(std::string_view line) {
  return core::fail(core::Blame::kInput, core::phrase("'{0}' is no turn", "'{0}' 不是一句话", {core::show_bytes(line)}), {},
                    {"write \"C: HELO a\", \"C> HE\", \"S: 250\" or \"C: (close)\"",
                     "写成 \"C: HELO a\"、\"C> HE\"、\"S: 250\" 或 \"C: (close)\""});
}

// Nothing: there is a backslash that begins nothing.
std::optional<std::string> unescaped(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    const std::size_t slash = text.find('\\');
    octets += text.substr(0, slash);
    if (slash == std::string_view::npos) return octets;
    text.remove_prefix(slash + 1);
    if (text.empty()) return std::nullopt;
    const char what = text.front();
    text.remove_prefix(1);
    if (what == 'x') {
      const auto digits = std::string(text.substr(0, 2));
      if (digits.size() != 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
      octets += static_cast<char>(std::stoi(digits, nullptr, 16));
      text.remove_prefix(2);
    } else if (what == 'r' || what == 'n' || what == '\\') {
      octets += what == 'r' ? '\r' : what == 'n' ? '\n' : '\\';
    } else {
      return std::nullopt;
    }
  }
  return octets;
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

// What the file does not have is as it was.
template <typename Value>
void get(const Json& json, const char* key, Value& value) {
  const auto hit = json.find(key);
  if (hit == json.end()) return;
  try {
    hit->get_to(value);
  } catch (const Json::exception&) {
    return;
  }
}

Json parsed(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Spoke spoke_from(const Json& json) {
  Spoke spoke;
  get(json, "talk", spoke.talk);
  get(json, "right", spoke.is_right);
  get(json, "wrong", spoke.wrong.en);
  get(json, "wrong_zh", spoke.wrong.zh);
  if (!json.contains("lines") || !json["lines"].is_array()) return spoke;
  for (const Json& one : json["lines"]) {
    Spoken line;
    get(one, "client", line.is_client);
    get(one, "number", line.client);
    get(one, "text", line.text);
    get(one, "wrong", line.is_wrong);
    spoke.lines.push_back(std::move(line));
  }
  return spoke;
}

}  // namespace

core::Result<Turn> parse_turn(std::string_view line) {
  Turn turn;
  std::string_view rest = line;
  const char who = rest.empty() ? '\0' : rest.front();
  if (who != 'C' && who != 'S') return no_turn(line);
  rest.remove_prefix(1);
  if (!rest.empty() && rest.front() >= '1' && rest.front() <= '9') {
    turn.client = static_cast<std::size_t>(rest.front() - '0');
    rest.remove_prefix(1);
  }
  const bool sends = who == 'C' && rest.starts_with("> ");
  if (!sends && !rest.starts_with(": ")) return no_turn(line);
  rest.remove_prefix(2);
  turn.text = std::string(rest);
  if (who == 'S') {
    turn.is = Turn::Is::kHears;
    if (rest.size() != 3) return no_turn(line);
  } else if (sends) {
    turn.is = Turn::Is::kSends;
    const auto octets = unescaped(rest);
    if (!octets) return no_turn(line);
    turn.text = *octets;
  } else if (rest == "(close)") {
    turn.is = Turn::Is::kHangsUp;
  }
  return turn;
}

std::string as_json(const std::vector<Talk>& talks) {
  Json all = Json::array();
  for (const Talk& talk : talks) {
    Json turns = Json::array();
    for (const Turn& turn : talk.turns) {
      // Octets of all kinds: in hexadecimal digits they are text.
      std::vector<int> octets;
      for (const char octet : turn.text) octets.push_back(static_cast<unsigned char>(octet));
      turns.push_back({{"is", static_cast<int>(turn.is)}, {"client", turn.client}, {"octets", std::move(octets)}});
    }
    all.push_back({{"name", talk.name}, {"turns", std::move(turns)}});
  }
  return dumped({{"talks", std::move(all)}});
}

std::vector<Talk> talks_from(std::string_view text) {
  std::vector<Talk> talks;
  for (const Json& one : parsed(text).value("talks", Json::array())) {
    Talk talk;
    get(one, "name", talk.name);
    for (const Json& each : one.value("turns", Json::array())) {
      Turn turn;
      int is = 0;
      std::vector<int> octets;
      get(each, "is", is);
      get(each, "client", turn.client);
      get(each, "octets", octets);
      turn.is = static_cast<Turn::Is>(is);
      for (const int octet : octets) turn.text += static_cast<char>(octet);
      talk.turns.push_back(std::move(turn));
    }
    talks.push_back(std::move(talk));
  }
  return talks;
}

std::string as_json(const Driven& driven) {
  Json json;
  if (driven.port) json["port"] = *driven.port;
  json["alive"] = driven.is_alive;
  json["spoke"] = Json::array();
  for (const Spoke& spoke : driven.spoke) {
    Json lines = Json::array();
    for (const Spoken& line : spoke.lines)
      lines.push_back({{"client", line.is_client}, {"number", line.client}, {"text", line.text}, {"wrong", line.is_wrong}});
    json["spoke"].push_back({{"talk", spoke.talk},
                             {"right", spoke.is_right},
                             {"wrong", spoke.wrong.en},
                             {"wrong_zh", spoke.wrong.zh},
                             {"lines", std::move(lines)}});
  }
  return dumped(json);
}

Driven driven_from(std::string_view text) {
  const Json json = parsed(text);
  Driven driven;
  if (json.contains("port")) {
    driven.port = 0;
    get(json, "port", *driven.port);
  }
  get(json, "alive", driven.is_alive);
  for (const Json& one : json.value("spoke", Json::array())) driven.spoke.push_back(spoke_from(one));
  return driven;
}

}  // namespace lab
