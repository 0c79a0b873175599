#include "mockserver/outgoing.h"

#include <iterator>
#include <utility>

namespace mockserver {
namespace {

constexpr std::size_t kBatch = std::size_t{64} * 1024;  // octets of replies that are collected into one write

}  // namespace

Outgoing::Outgoing(net::Loop& loop, net::Stream& stream, protocol::ServerSession& session, Events events)
    : session_(session),
      driver_(loop, stream, std::move(events.on_pause_over), std::move(events.on_start_tls), std::move(events.on_written)) {}

void Outgoing::add_piece(std::string octets, bool is_last) {
  count(octets.size());
  if (!cutter_) {
    actions_.emplace_back(core::Send{std::move(octets)});
    return;
  }
  for (core::Action& action : cutter_->speech(octets)) actions_.push_back(std::move(action));
  if (is_last) cutter_.reset();
  perform();  // nothing else is said before its last piece
}

bool Outgoing::is_much() const { return collected_ > kBatch; }

void Outgoing::take_actions() {
  core::Actions actions = session_.take_actions();
  if (actions_.empty()) {
    actions_ = std::move(actions);
  } else {
    actions_.insert(actions_.end(), std::make_move_iterator(actions.begin()), std::make_move_iterator(actions.end()));
  }
}

void Outgoing::perform() {
  collected_ = 0;
  take_actions();
  driver_.perform(std::exchange(actions_, {}));
}

}  // namespace mockserver
