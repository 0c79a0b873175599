// Invariant: any octets give turns, and their proposed answers are well-formed, printable and within 512 octets a line; what
// goes out is the same whole and byte by byte; bodies end in their end mark; a session past its budget ends; octets in clear
// where TLS must come are read by nobody; the maildrop is locked in TRANSACTION and nowhere else; never a crash.
//
// The first octet of the input chooses the server. The others are what the client says; the octet 0x1C is not sent: there the
// TLS handshake ends that the server has asked for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/show.h"
#include "pop3/server_session.h"
#include "tests/fuzz/in_pieces.h"
#include "tests/pop3/folder.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

pop3::ServerConfig config_of(std::uint8_t bits) {
  pop3::ServerConfig config;
  config.capabilities = pop3::Capabilities::from_lines({"USER", "TOP", "UIDL", "STLS", "UTF8", "RESP-CODES", "AUTH-RESP-CODE",
                                                        "SASL SCRAM-SHA-1 CRAM-MD5 XOAUTH2 OAUTHBEARER LOGIN PLAIN"});
  if ((bits & 1U) != 0) config.capabilities_tls = pop3::Capabilities::from_lines({"SASL PLAIN", "PIPELINING"});
  if ((bits & 2U) != 0) config.capabilities = pop3::Capabilities::from_lines({"PIPELINING", "USER", "SASL PLAIN", "STLS"});
  config.takes_bare_lf = (bits & 4U) == 0;
  config.has_apop = (bits & 8U) == 0;
  config.limits.stream = {64, 256, 512};
  config.limits.bad_commands = 5;
  config.limits.login_attempts = 3;
  return config;
}

void check_turn(const pop3::Turn& turn) {
  const std::string line = first_line(turn.proposed);
  demand(line.ends_with("\r\n") && line.size() <= (turn.challenge ? 16384U : pop3::kMaxAnswerLine));
  demand(core::show_bytes(line.substr(0, line.size() - 2)) == line.substr(0, line.size() - 2));
  demand(!turn.claim || !turn.challenge);
  demand(turn.said.bytes.size() <= 256 && turn.said.octets >= turn.said.bytes.size());
  for (const core::Span& span : turn.said.secrets) demand(span.begin <= span.end && span.end <= turn.said.bytes.size());
  for (const pop3::Part& part : turn.said.parts) demand(part.where.end <= turn.said.bytes.size());
  for (const pop3::Remark& remark : turn.said.remarks) demand(remark.where.end <= turn.said.bytes.size());
}

// A server session, and what it sent.
class Run {
 public:
  Run(const pop3::ServerConfig& config, bool tls_from_the_start)
      : folder_(std::make_shared<pop3_test::Folder>(
            std::vector<std::string>{"A: b\r\n\r\n.x\r\n", ".\r\n", std::string(300, '.')})),
        session_(config) {
    if (tls_from_the_start) session_.secured();
    take_turns();
  }

  void receive(std::string_view octets) {
    session_.receive(octets);
    take_turns();
  }

  void end_handshake() {
    if (!wants_tls_ || session_.is_over()) return;
    wants_tls_ = false;
    session_.secured();
    const pop3::Memory& memory = session_.state().memory();
    demand(memory.encrypted && memory.user.empty() && memory.name.empty() && !memory.capabilities);
    take_turns();
  }

  std::string finish() {
    session_.receive("QUIT\r\n");
    if (session_.is_over()) demand(!session_.next_turn());
    return out_;
  }

  [[nodiscard]] const pop3::ServerSession& session() const { return session_; }

 private:
  // Somebody who knows that a is welcome, and that b must answer one more challenge before it is not.
  void decide(pop3::Turn& turn) {
    if (turn.claim && turn.claim->user == "a") session_.open_maildrop(turn, folder_);
    if (turn.claim && turn.claim->user == "b" && !turn.claim->is_final && turn.input == pop3::Input::kAuthResponse)
      turn.proposed = pop3::Answer{pop3::Outcome::kMore, {}, "Yg=="};
    if (turn.updates) session_.update(turn);
  }

  void take_turns() {
    while (auto turn = session_.next_turn()) {
      decide(*turn);
      check_turn(*turn);
      const pop3::State before = session_.state().state();
      const bool closes = turn->closes;
      const auto answered = session_.answer(std::move(turn->proposed));
      demand(answered.change.from == before);
      take_actions();
      const bool has_body = session_.is_sending();
      while (session_.is_sending()) out_ += session_.next_piece().value();
      if (has_body) demand(out_.ends_with("\r\n.\r\n"));
      take_actions();
      demand(!closes || session_.is_over());
      demand(folder_->is_locked == (session_.maildrop().count() > 0) || session_.state().state() == pop3::State::kTransaction);
      demand(!folder_->is_locked || session_.state().state() == pop3::State::kTransaction);
    }
    take_actions();
    demand(session_.is_over() || session_.pending().size() <= 256);
  }

  void take_actions() {
    for (const core::Action& action : session_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) out_ += send->bytes;
      if (std::holds_alternative<core::Close>(action)) out_ += "closed";
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  std::shared_ptr<pop3_test::Folder> folder_;
  pop3::ServerSession session_;
  std::string out_;
  bool wants_tls_ = false;
};

std::string run(std::string_view octets, const pop3::ServerConfig& config, bool tls_from_the_start, std::size_t chunk) {
  Run run(config, tls_from_the_start);
  fuzz::hand_over(octets, chunk, run);
  return run.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const pop3::ServerConfig config = config_of(data[0]);
  const bool tls = (data[0] & 128U) != 0;
  const std::string whole = run(octets, config, tls, octets.size() + 1);
  demand(run(octets, config, tls, 1) == whole);
  return 0;
}
