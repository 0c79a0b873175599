#include "client/conversation/mock_accounts.h"

#include <algorithm>
#include <utility>

namespace client {

std::map<mockserver::ConnectionId, MockAccounts::Account>::iterator MockAccounts::own() {
  if (local_.empty()) return accounts_.end();
  return std::find_if(accounts_.begin(), accounts_.end(), [this](const auto& one) { return one.second.from == local_; });
}

void MockAccounts::observe(mockserver::ConnectionId connection, const dialogue::Event& event, const protocol::Knows& knows) {
  Account& account = accounts_[connection];
  if (event.kind == dialogue::Kind::kConnected) account.from = event.note.en;
  account.memory = protocol::Memory(knows, protocol_->facts());
  const auto hit = own();
  const bool is_own = hit != accounts_.end() && hit->first == connection;
  if (is_own) memory_ = account.memory;
  if (event.kind == dialogue::Kind::kServer && (is_own || local_.empty())) account.replies.push_back(event);
  if (event.kind == dialogue::Kind::kClosed && !is_own) accounts_.erase(connection);
}

void MockAccounts::set_local(std::string local) {
  local_ = std::move(local);
  if (const auto hit = own(); hit != accounts_.end()) memory_ = hit->second.memory;
}

void MockAccounts::forget_own() {
  if (const auto hit = own(); hit != accounts_.end()) accounts_.erase(hit);
  local_.clear();
  memory_.reset();
}

// What it said may hold several replies, or none: what is found is taken, with everything before it.
std::shared_ptr<const dialogue::Explanation> MockAccounts::take_explanation(const std::string& bytes) {
  const auto hit = own();
  if (hit == accounts_.end() || bytes.empty()) return nullptr;
  auto& replies = hit->second.replies;
  const auto said = std::find_if(replies.begin(), replies.end(),
                                 [&](const dialogue::Event& one) { return one.bytes.find(bytes) != std::string::npos; });
  if (said == replies.end()) return nullptr;
  auto explanation = said->explanation;
  said->bytes.erase(0, said->bytes.find(bytes) + bytes.size());
  replies.erase(replies.begin(), said->bytes.empty() ? said + 1 : said);
  return explanation;
}

std::shared_ptr<const dialogue::Explanation> MockAccounts::take_unheard() {
  const auto hit = own();
  if (hit == accounts_.end() || hit->second.replies.empty()) return nullptr;
  auto explanation = hit->second.replies.back().explanation;
  hit->second.replies.clear();
  return explanation;
}

}  // namespace client
