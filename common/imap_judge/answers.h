// What a server says, cut into responses, with the place of each among its octets and the times at which they left.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "findings/track.h"
#include "imap/response_stream.h"
#include "imap_judge/turn.h"

namespace imap_judge {

class Answers {
 public:
  void take(const dialogue::Event& event);
  // The next response. Nothing while more octets are needed, and for ever behind octets that are none: then nobody can tell
  // what the client had to make of it.
  [[nodiscard]] std::optional<imap::response::Response> next();
  [[nodiscard]] bool is_lost() const { return is_lost_; }
  // What was given since the last end is an answer: its octets and times are put into `heard`.
  void end(Heard& heard);
  // What was given since the last end answers nothing.
  void drop();
  // Octets that came since the last end, at most Heard::kMostKept, and when.
  [[nodiscard]] std::string_view unended() const {
    return std::string_view(buffer_).substr(0, std::min(buffer_.size(), Heard::kMostKept));
  }
  [[nodiscard]] std::vector<core::Piece> unended_pieces() const { return track_.pieces(begin_, track_.end()); }

 private:
  static constexpr std::size_t kKeptOfLiterals = 4096;  // names of mailboxes; of messages nothing is asked

  findings::Track track_;
  imap::response::Stream stream_{kKeptOfLiterals};
  std::string buffer_;       // octets from begin_ on, without those that were let go
  std::uint64_t begin_ = 0;  // places: of the first octet that is not ended …
  std::uint64_t place_ = 0;  // … and behind the last response that was given
  std::size_t let_go_ = 0;   // octets between them that an answer has beyond those that are kept
  bool is_lost_ = false;
};

}  // namespace imap_judge
