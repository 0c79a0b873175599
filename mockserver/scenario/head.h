// What lists show of a scenario. It stands at the top of its file, so that a list of all scenarios reads no more than that.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text.h"
#include "document/document.h"

namespace scenario {

struct Head {
  std::string id;        // "netease/auth-required"
  std::string provider;  // "netease"
  core::Text provider_title;
  core::Text title;
  core::Text summary;   // what it teaches, one sentence
  std::string subject;  // authentication, sender, recipient, content, size, rate, tls, network, basics
  std::string code;     // of the reply it is about: "553", "-ERR"; may be empty

  bool operator==(const Head&) const = default;
};

// Title, summary, subject and code of a file that was parsed; what is absent or of another type stays empty.
void read_head(const document::Node& root, Head& head);

// The same from the text of a scenario's file, and the provider that it extends; of the lines behind [title] and [summary]
// none is parsed. Nothing where these lines are not all right by themselves: then only the whole file tells.
[[nodiscard]] std::optional<Head> skim_scenario(std::string_view text);
// The title of a provider's file, likewise.
[[nodiscard]] std::optional<core::Text> skim_provider(std::string_view text);

}  // namespace scenario
