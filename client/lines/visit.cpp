#include "client/lines/visit.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "client/stepper/untagged.h"

namespace lines {

using protocol::Role;

bool Visit::is_said_first(const std::string& line, const protocol::ClientSession& session) {
  std::string_view words = stepper::untagged(spoken_, line);
  // A login with the same mechanism is the same, whatever its first response: that is another one each time.
  const auto command = spoken_.read_line(line).command;
  if (command && command->is(Role::kLogin)) words = words.substr(0, words.find(' ', words.find(' ') + 1));
  const std::string marked = (session.is_encrypted() ? "tls " : "") + std::string(words);
  if (std::find(said_.begin(), said_.end(), marked) != said_.end()) return false;
  said_.push_back(marked);
  return true;
}

bool Visit::is_wished(const stepper::Proposal& proposal) const {
  const auto command = spoken_.read_line(proposal.text).command;
  if (!command) return logs_in_;
  return command->is(Role::kStartTls) || (logs_in_ && !command->is(Role::kQuit));
}

bool Visit::choose(std::vector<stepper::Proposal>& proposals, const protocol::ClientSession& session) {
  if (said_goodbye_) return false;
  if (session.mode() == protocol::Mode::kLogin) return true;  // its answer is the first proposal
  // As it was proposed, where it was: with its tag.
  const auto say = [&](protocol::Input input) {
    const auto hit = std::find_if(proposals.begin(), proposals.end(),
                                  [&](const stepper::Proposal& one) { return spoken_.read_line(one.text).command == input; });
    stepper::Proposal line;
    line.text = hit == proposals.end() ? std::string(input.verb()) : hit->text;
    proposals.insert(proposals.begin(), std::move(line));
    return true;
  };
  const auto rows = spoken_.inputs();
  const auto asks = std::find_if(rows.begin(), rows.end(), [](const protocol::InputRow& row) { return row.lists_offers; });
  const bool asks_now = asks != rows.end() && !session.has_asked_for_offers() && session.may_come(*asks);
  if (asks_now && is_said_first(std::string(asks->verb), session)) return say(*asks);
  const bool is_before_login = session.may_come(spoken_.input(Role::kLogin));
  if (is_before_login && is_wished(proposals.front()) && is_said_first(proposals.front().text, session)) return true;
  if (logs_in_ && !is_before_login && !looked_) return looked_ = true;
  said_goodbye_ = true;
  return say(spoken_.input(Role::kQuit));
}

}  // namespace lines
