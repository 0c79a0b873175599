// Invariant: any octets give turns, and their proposed replies are well-formed, printable and within 512 octets a line; what
// goes out is the same whole and byte by byte; a session past its budget says 421 and takes nothing more; never a crash.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "core/show.h"
#include "smtp/server_session.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// The first octet of the input chooses the server.
smtp::ServerConfig config_of(std::uint8_t bits) {
  smtp::ServerConfig config;
  config.extensions = (bits & 1U) != 0 ? smtp::Extensions::from_lines({"AUTH LOGIN PLAIN", "SIZE", "ENHANCEDSTATUSCODES"})
                                       : smtp::Extensions::from_lines({"PIPELINING", "AUTH=LOGIN"});
  config.line_ends = (bits & 2U) != 0   ? smtp::LineEnds::kStrict
                     : (bits & 4U) != 0 ? smtp::LineEnds::kLenient
                                        : smtp::LineEnds::kNormalize;
  const bool lenient = (bits & 8U) != 0;
  config.leniency = {lenient, lenient, lenient, lenient};
  config.auth_after_helo = (bits & 16U) != 0;
  config.limits = {{128, 256, 256, 512}, 3, 50};
  return config;
}

void check_turn(const smtp::Turn& turn) {
  const smtp::Reply& reply = turn.proposed;
  demand(!reply.lines.empty());
  for (const std::string& line : reply.lines) demand(line.size() <= 506 && core::show_bytes(line) == line);
  demand(!turn.claim || !turn.challenge);
  demand(turn.said.bytes.size() <= 256 && turn.said.message.size() <= 256);
  for (const core::Span& span : turn.said.secrets) demand(span.begin <= span.end && span.end <= turn.said.bytes.size());
  for (const smtp::Remark& remark : turn.said.remarks) {
    demand(remark.where.begin <= remark.where.end &&
           remark.where.end <= std::max(turn.said.bytes.size(), turn.said.message.size()));
  }
}

// What the server sends; "closed" behind it when it does.
std::string run(std::string_view octets, const smtp::ServerConfig& config, std::size_t chunk) {
  smtp::ServerSession session(config);
  std::string out;
  while (true) {
    while (const auto turn = session.next_turn()) {
      check_turn(*turn);
      const bool welcome = turn->claim && turn->claim->user == "a";
      const smtp::State before = session.state().state();
      const auto answered = session.answer(welcome ? smtp::Reply{smtp::ReplyCode(235), {"ok"}} : turn->proposed);
      demand(answered.change.from == before && answered.change.to == session.state().state());
      demand(!turn->closes || session.is_over());
    }
    for (const core::Action& action : session.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) out += send->bytes;
      if (std::holds_alternative<core::Close>(action)) out += "closed";
    }
    demand(session.state().memory().forward_paths.size() <= config.limits.recipients);
    if (session.is_over() || octets.empty()) break;
    demand(session.pending().size() <= 256);
    session.receive(octets.substr(0, chunk));
    octets.remove_prefix(std::min(chunk, octets.size()));
  }
  session.receive("QUIT\r\n");
  if (session.is_over()) demand(!session.next_turn());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const smtp::ServerConfig config = config_of(data[0]);
  const std::string whole = run(octets, config, octets.size() + 1);
  demand(run(octets, config, 1) == whole);
  return 0;
}
