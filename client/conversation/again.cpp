// A dialogue goes on with another connection, or is led again from its beginning.
#include <algorithm>
#include <utility>

#include "client/conversation/conversation.h"

namespace client {

// In clear text only as far as the command that begins TLS; that a password does not go out before it, the guard of every line
// sees to.
void Conversation::take_the_other_way() {
  if (is_mock() || !failure_) return;
  if (failure_->id == "tls-not-tls" && server_.security == Security::kTls) server_.security = Security::kStarttls;
  if (failure_->id == "tls-port-in-clear") server_.security = Security::kTls;
}

void Conversation::connect_again(std::chrono::milliseconds wait_before) {
  if (is_mock()) done_.push_back({{}, true, wait_before});
  take_the_other_way();
  std::deque<Deed> rest = std::move(to_replay_);
  if (is_open()) closed_by_client(true);
  forget_connection();
  to_replay_ = std::move(rest);
  if (auto opened = connect(); !opened) failed(opened.error());
  changed_();
}

void Conversation::send_in_turn(const std::vector<std::string>& lines) {
  renew_ = {};
  for (const std::string& line : lines) to_replay_.push_back({line, false, {}, false});
  replay_next();
}

void Conversation::replay(std::deque<Deed> deeds, Renew renew) {
  reset();
  write_transcript();
  if (mock_ != nullptr) {
    mock_->forget();  // what it has counted would make it answer otherwise
    kept_before_ = mock_->messages().size();
  }
  to_replay_ = std::move(deeds);
  renew_ = std::move(renew);
  if (auto opened = connect(); !opened) failed(opened.error());
}

// What was still to be said on a connection that is gone.
void Conversation::drop_connection() {
  redoes_.stop();
  to_replay_.erase(to_replay_.begin(),
                   std::find_if(to_replay_.begin(), to_replay_.end(), [](const Deed& deed) { return deed.connects; }));
}

void Conversation::replay_next() {
  while (!to_replay_.empty() && (closed_ || is_settled()) && !redoes_.is_running()) {
    // Behind a goodbye it is the server that closes (RFC 5321 §4.1.1.10); what goes on behind that is another connection.
    if (!closed_ && session_->is_over()) return;
    if (to_replay_.front().wait.count() > 0) {
      redoes_.start(to_replay_.front().wait);
      return;
    }
    redo();
  }
}

void Conversation::redo() {
  if (to_replay_.empty()) return;
  Deed deed = std::move(to_replay_.front());
  to_replay_.pop_front();
  if (deed.connects) {
    connect_again(deed.wait);
    return;
  }
  if (!is_open()) return;
  if (renew_) {
    if (auto renewed = renew_(done_.size())) deed.bytes = std::move(*renewed);
  }
  send(deed.bytes, deed.wait, deed.is_proposed);
}

}  // namespace client
