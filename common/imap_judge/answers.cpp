#include "imap_judge/answers.h"

#include <utility>

namespace imap_judge {

// What stands in the buffer by now is of one answer, which goes on.
void Answers::take(const dialogue::Event& event) {
  if (buffer_.size() > Heard::kMostKept) {
    let_go_ += buffer_.size() - Heard::kMostKept;
    buffer_.resize(Heard::kMostKept);
  }
  track_.add(event.number, event.bytes.size(), event.pieces, event.at);
  buffer_.append(event.bytes);
  stream_.receive(event.bytes);
}

std::optional<imap::response::Response> Answers::next() {
  if (is_lost_) return std::nullopt;
  auto response = stream_.next();
  is_lost_ = !response.has_value();
  if (is_lost_ || !*response) return std::nullopt;
  place_ = stream_.taken();
  return std::move(**response);
}

void Answers::end(Heard& heard) {
  heard.octets = place_ - begin_;
  heard.bytes = unended().substr(0, static_cast<std::size_t>(heard.octets) - let_go_);
  heard.pieces = track_.pieces(begin_, place_);
  if (!heard.pieces.empty()) {
    heard.first = heard.pieces.front().at;
    heard.last = heard.pieces.back().at;
  }
  const auto octets = track_.where(begin_, begin_ + 1);
  if (!octets.empty()) heard.event = octets.front().event;
  drop();
}

void Answers::drop() {
  buffer_.erase(0, static_cast<std::size_t>(place_ - begin_) - let_go_);
  let_go_ = 0;
  begin_ = place_;
  track_.forget_before(place_);
}

}  // namespace imap_judge
