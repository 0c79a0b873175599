#include "client/stepper/proposal.h"

#include "client/base/words.h"
#include "core/phrase.h"
#include "core/show.h"

namespace stepper {

std::string Proposal::octets(const protocol::Protocol& spoken) const {
  if (connects()) return {};
  if (is_line()) {
    return text + (line_end == protocol::LineEnd::kCrlf ? "\r\n" : line_end == protocol::LineEnd::kLf ? "\n" : "");
  }
  return spoken.octets_of_message(core::replace_all(core::replace_all(text, "\r\n", "\n"), "\n", "\r\n"), form);
}

std::string connection_shown(std::size_t server, const scenario::Scenario* scenario, core::Language language) {
  if (scenario == nullptr || scenario->others.empty()) return std::string(client::word(client::Word::kConnectAgain, language));
  const std::string name = core::show_bytes(scenario::server_of(*scenario, server).server.name);
  return core::phrase("(connect to {0})", "（连接到 {0}）", {name}).in(language);
}

}  // namespace stepper
