#include "client/base/spoken.h"

#include <algorithm>
#include <string_view>

namespace client {

std::optional<protocol::Input> offers_input(const protocol::Protocol& spoken) {
  const auto inputs = spoken.inputs();
  const auto hit = std::find_if(inputs.begin(), inputs.end(), [](const protocol::InputRow& one) { return one.lists_offers; });
  return hit == inputs.end() ? std::nullopt : std::optional(protocol::Input(*hit));
}

std::string word(Word which, const protocol::Protocol& spoken, core::Language language) {
  std::string text(word(which, language));
  const auto fill = [&](std::string_view name, std::string_view value) { text = core::replace_all(text, name, value); };
  const std::optional<protocol::Input> hello = offers_input(spoken);
  fill("{starttls}", spoken.input(protocol::Role::kStartTls).verb());
  fill("{hello}", hello ? hello->verb() : std::string_view());
  fill("{port}", std::to_string(spoken.upgrade_port()));
  fill("{tls-port}", std::to_string(spoken.tls_port()));
  return text;
}

core::Text words_of(Word which, const protocol::Protocol& spoken) {
  return {word(which, spoken, core::Language::kEnglish), word(which, spoken, core::Language::kChinese)};
}

}  // namespace client
