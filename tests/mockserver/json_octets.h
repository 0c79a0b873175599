// The octets of an event as somebody gets them who reads the file.
#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "core/text.h"

namespace test {

inline std::string octets_of(const nlohmann::json& event) {
  if (event.contains("bytes")) return core::base64_decode(event["bytes"].get<std::string>()).value();
  std::string text = event.value("text", "");
  for (const auto& [shown, octet] : {std::pair("␍", "\r"), std::pair("␊", "\n"), std::pair("␉", "\t")})
    text = core::replace_all(text, shown, octet);
  return text;
}

}  // namespace test
