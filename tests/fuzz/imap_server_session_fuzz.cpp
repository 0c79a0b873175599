// Invariant: any octets give turns whose spans lie within them; what goes out is whole lines and the same whole and byte by
// byte; a session past its budget ends; octets in clear where TLS must come are read by nobody; never a crash.
//
// The first octet of the input chooses the server. The others are what the client says, who is logged in where bit 1 is set;
// the octet 0x1C is not sent: there the TLS handshake ends that the server has asked for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "imap/server_session.h"
#include "mockserver/store/memory.h"
#include "tests/fuzz/in_pieces.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

imap::ServerConfig config_of(std::uint8_t bits) {
  protocol::ServerSettings settings;
  if ((bits & 2U) != 0) settings.offers = {"IMAP4rev1", "IMAP4rev2", "LITERAL-", "STARTTLS", "AUTH=PLAIN", "AUTH=SCRAM-SHA-1"};
  if ((bits & 4U) != 0) settings.line_ends = protocol::LineEnds::kStrict;
  settings.limits["command_line"] = 300;
  settings.limits["literal"] = 500;
  settings.limits["bad_commands"] = 5;
  settings.limits["auth_attempts"] = 3;
  imap::ServerConfig config = imap::typed(settings);
  config.limits.stream.discarded = 1U << 20U;
  return config;
}

store::Message letter(std::string content) {
  store::Message message;
  message.content = std::move(content);
  message.forward_paths = {"a"};
  message.received = 1'000'000'000;
  return message;
}

class Run {
 public:
  Run(const imap::ServerConfig& config, bool logged_in) : session_(config, "nonce") {
    for (const char* const text :
         {"Subject: a\r\n\r\nb\r\n", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ny\r\n--x--\r\n", "no header"})
      demand(memory_.deliver(letter(text)).has_value());
    take_turns();
    if (logged_in) receive("l LOGIN a x\r\ns SELECT INBOX\r\n");
  }

  void receive(std::string_view octets) {
    session_.receive(octets);
    take_turns();
  }

  void end_handshake() {
    if (!wants_tls_ || session_.is_over()) return;
    wants_tls_ = false;
    session_.secured();
    take_turns();
  }

  [[nodiscard]] const imap::ServerSession& session() const { return session_; }
  [[nodiscard]] const std::string& out() const { return out_; }

 private:
  static void check(const protocol::Turn& turn) {
    const std::size_t size = turn.said.bytes.size();
    for (const core::Span& span : turn.said.secrets) demand(span.begin <= span.end && span.end <= size);
    for (const protocol::Remark& remark : turn.said.remarks)
      demand(remark.where.begin <= remark.where.end && remark.where.end <= size);
    demand(!turn.claim || !turn.challenge);
    demand(turn.proposed.lines.size() == 1 && turn.proposed.lines.front().find('\n') == std::string::npos);
    demand(turn.is_pulled || turn.bytes.ends_with("\r\n"));
  }

  void take_turns() {
    while (auto turn = session_.next_turn()) {
      if (turn->claim && turn->claim->user == "a") {
        session_.welcome(*turn, [&]() -> mailbox::Mailbox& { return *memory_.mailbox_of("a"); });
      }
      check(*turn);
      const bool closes = turn->closes;
      session_.answer_as_proposed(*turn, false);
      take_actions();
      while (session_.is_sending()) out_ += session_.next_piece().value();
      take_actions();
      demand(out_.empty() || out_.ends_with('\n') || out_.ends_with("closed"));
      demand(!closes || session_.is_over());
    }
    take_actions();
  }

  void take_actions() {
    for (const core::Action& action : session_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) out_ += send->bytes;
      if (std::holds_alternative<core::Close>(action)) out_ += "closed";
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  store::Memory memory_{store::Owners{{"a"}}, 7};
  imap::ServerSession session_;
  std::string out_;
  bool wants_tls_ = false;
};

std::string run(std::string_view octets, const imap::ServerConfig& config, bool logged_in, std::size_t chunk) {
  Run run(config, logged_in);
  fuzz::hand_over(octets, chunk, run);
  return run.out();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const imap::ServerConfig config = config_of(data[0]);
  const bool logged_in = (data[0] & 1U) != 0;
  const std::string whole = run(octets, config, logged_in, octets.size() + 1);
  demand(run(octets, config, logged_in, 1) == whole);
  return 0;
}
