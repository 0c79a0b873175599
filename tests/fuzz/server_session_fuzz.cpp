// Invariant: any octets give turns, and their proposed replies are well-formed, printable and within 512 octets a line; what
// goes out is the same whole and byte by byte; a session past its budget says 421 and takes nothing more; octets in clear
// where TLS must come end it; never a crash.
//
// The first octet of the input chooses the server. The others are what the client says; the octet 0x1C is not sent: there the
// TLS handshake ends that the server has asked for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/show.h"
#include "smtp/server_session.h"
#include "tests/fuzz/in_pieces.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

smtp::Extensions extensions_of(std::uint8_t bits) {
  if ((bits & 32U) != 0) {
    return smtp::Extensions::from_lines({"STARTTLS", "CHUNKING", "BINARYMIME", "8BITMIME", "SMTPUTF8", "DSN", "SIZE", "EXPN",
                                         "AUTH SCRAM-SHA-1 CRAM-MD5 XOAUTH2 OAUTHBEARER LOGIN"});
  }
  return (bits & 1U) != 0 ? smtp::Extensions::from_lines({"AUTH LOGIN PLAIN", "SIZE", "ENHANCEDSTATUSCODES"})
                          : smtp::Extensions::from_lines({"PIPELINING", "AUTH=LOGIN"});
}

smtp::ServerConfig config_of(std::uint8_t bits) {
  smtp::ServerConfig config;
  config.extensions = extensions_of(bits);
  if ((bits & 1U) != 0) config.extensions_tls = smtp::Extensions::from_lines({"AUTH PLAIN", "CHUNKING"});
  if ((bits & 64U) != 0) config.extensions_auth = smtp::Extensions::from_lines({"STARTTLS", "ENHANCEDSTATUSCODES"});
  config.line_ends = (bits & 6U) == 6   ? smtp::LineEnds::kByHand
                     : (bits & 2U) != 0 ? smtp::LineEnds::kStrict
                     : (bits & 4U) != 0 ? smtp::LineEnds::kLenient
                                        : smtp::LineEnds::kNormalize;
  const bool lenient = (bits & 8U) != 0;
  config.leniency = {lenient, lenient, lenient, lenient};
  config.state_leniency.auth_after_helo = (bits & 16U) != 0;
  config.limits = {{128, 256, 256, 512}, 3, 50, 2, 5, 2};
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

// Somebody who knows that a is welcome, and that b must answer one more challenge before it is not.
smtp::Reply decide(const smtp::Turn& turn) {
  if (turn.claim && turn.claim->user == "a") return {smtp::ReplyCode(235), {"ok"}};
  if (turn.claim && turn.claim->user == "b" && !turn.claim->is_final) return {smtp::ReplyCode(334), {"Yg=="}};
  return turn.proposed;
}

// A server session, and what it sent.
class Run {
 public:
  explicit Run(const smtp::ServerConfig& config, bool tls_from_the_start) : config_(config), session_(config) {
    if (tls_from_the_start) session_.secured();
    take_turns();
  }

  void receive(std::string_view octets) {
    const bool in_clear = session_.state().state() == smtp::State::kHandshake && !octets.empty();
    session_.receive(octets);
    if (in_clear) {
      demand(session_.is_over() && !session_.next_turn());
      go_ahead_ = "injected ";
    }
    take_turns();
  }

  void end_handshake() {
    if (!wants_tls_ || session_.is_over()) return;
    wants_tls_ = false;
    session_.secured();
    const smtp::Memory& memory = session_.state().memory();
    demand(memory.encrypted && memory.user.empty() && memory.extensions.empty() && memory.client_name.empty());
    take_turns();
  }

  // Whole, the octets behind STARTTLS are seen at once; byte by byte only when the 220 has been said. Either way it is over.
  std::string finish() {
    session_.receive("QUIT\r\n");
    if (session_.is_over()) demand(!session_.next_turn());
    return out_ + go_ahead_;
  }

  [[nodiscard]] const smtp::ServerSession& session() const { return session_; }

 private:
  void take_turns() {
    while (const auto turn = session_.next_turn()) {
      check_turn(*turn);
      const smtp::State before = session_.state().state();
      const smtp::Reply reply = decide(*turn);
      const auto answered = session_.answer(reply);
      demand(answered.change.from == before && answered.change.to == session_.state().state());
      demand(!turn->closes || session_.is_over());
      const bool injected = turn->input == smtp::Input::kStarttls && reply.code.value() == 554 && turn->closes;
      take_actions(injected, answered.change.to == smtp::State::kHandshake && before != answered.change.to);
    }
    take_actions(false, false);
    const smtp::Memory& memory = session_.state().memory();
    demand(memory.forward_paths.size() <= config_.limits.recipients);
    demand(memory.forward_paths.size() == memory.rcpt_parameters.size());
    demand(session_.is_over() || session_.pending().size() <= 256);
  }

  void take_actions(bool injected, bool begins_tls) {
    for (const core::Action& action : session_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) {
        out_ += std::exchange(go_ahead_, {});
        (begins_tls ? go_ahead_ : out_) += injected ? "injected " : send->bytes;
      }
      if (std::holds_alternative<core::Close>(action)) {
        if (begins_tls) go_ahead_ = "injected ";
        if (!injected && go_ahead_.empty()) out_ += "closed";
      }
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  const smtp::ServerConfig& config_;
  smtp::ServerSession session_;
  std::string out_;
  std::string go_ahead_;  // the 220 to STARTTLS, as long as octets in clear may follow
  bool wants_tls_ = false;
};

std::string run(std::string_view octets, const smtp::ServerConfig& config, bool tls_from_the_start, std::size_t chunk) {
  Run run(config, tls_from_the_start);
  fuzz::hand_over(octets, chunk, run);
  return run.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const smtp::ServerConfig config = config_of(data[0]);
  const bool tls = (data[0] & 128U) != 0;
  const std::string whole = run(octets, config, tls, octets.size() + 1);
  demand(run(octets, config, tls, 1) == whole);
  return 0;
}
