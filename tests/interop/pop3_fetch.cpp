// A client on our POP3 session, for test_pop3_fetch.py, which does what smtplab fetch does not: it logs in by the mechanism it
// is told, and removes. Fetches all messages of a mailbox into files, pipelined where the server takes that, and removes them
// when it is told to.
//
// usage: pop3_fetch PORT clear|stls|tls CA USER PASSWORD MECHANISM FOLDER keep|remove
//   MECHANISM: PASS, APOP, or one of SASL. Says what it has learnt of the server, and exits 0 when QUIT was answered +OK.
#include <cstdint>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base64.h"
#include "net/driver.h"
#include "net/loop.h"
#include "net/stream.h"
#include "pop3/client_session.h"
#include "sasl/client.h"
#include "sasl/hashes.h"
#include "tls/engine.h"
#include "tls/trust.h"

namespace {

struct Wanted {
  std::uint16_t port = 0;
  std::string security;
  std::string authority;
  std::string user;
  std::string password;
  std::string mechanism;
  std::string folder;
  bool removes = false;
};

class Fetch {
 public:
  explicit Fetch(Wanted wanted) : wanted_(std::move(wanted)) {}

  int run() {
    connecting_ = net::Stream::connect(loop_, "127.0.0.1", wanted_.port, [this](auto stream) { connected(std::move(stream)); });
    loop_.run();
    driver_.reset();
    stream_.reset();
    return is_done_ ? 0 : 1;
  }

 private:
  void connected(core::Result<std::unique_ptr<net::Stream>> stream) {
    if (!stream) return fail(core::describe(stream.error(), core::Language::kEnglish));
    stream_ = std::move(*stream);
    driver_.emplace(
        loop_, *stream_, [] {}, [this] { begin_tls(); });
    stream_->start({.on_bytes = [this](std::string_view bytes) { received(bytes); },
                    .on_end = [this] { loop_.stop(); },
                    .on_error = [this](const core::Error& error) { fail(core::describe(error, core::Language::kEnglish)); },
                    .on_secured = [this] { secured(); }});
    if (wanted_.security == "tls") begin_tls();
  }

  void begin_tls() {
    auto trust = tls::Trust::of_file(wanted_.authority);
    auto engine = trust ? tls::Engine::client(*trust, "localhost", {}) : core::Failure(trust.error());
    if (!engine) return fail(core::describe(engine.error(), core::Language::kEnglish));
    stream_->start_tls(std::move(*engine));
  }

  void secured() {
    session_.secured();
    if (wanted_.security == "stls") say("CAPA");
  }

  void received(std::string_view bytes) {
    session_.receive(bytes);
    for (auto event = session_.next_event();; event = session_.next_event()) {
      if (!event) return fail(core::describe(event.error(), core::Language::kEnglish));
      if (!*event) break;
      if (const auto* const answer = std::get_if<pop3::AnswerEvent>(&**event)) {
        take(*answer);
      } else {
        take(std::get<pop3::BodyEvent>(**event));
      }
    }
    driver_->perform(session_.take_actions());
  }

  void take(const pop3::AnswerEvent& event) {
    const pop3::Answer& answer = event.received.answer;
    if (answer.outcome == pop3::Outcome::kRefused) return fail("refused: " + event.received.bytes);
    switch (event.answers) {
      case pop3::Input::kConnect: say("CAPA"); break;
      case pop3::Input::kUser: say("PASS " + wanted_.password); break;
      case pop3::Input::kAuth:
      case pop3::Input::kAuthResponse:
        if (answer.outcome == pop3::Outcome::kMore) return respond(answer.text);
        say("STAT");
        break;
      case pop3::Input::kPass:
      case pop3::Input::kApop: say("STAT"); break;
      case pop3::Input::kStat: plan(); break;
      case pop3::Input::kQuit:
        is_done_ = true;
        stream_->finish();
        break;
      default: break;
    }
    if (event.answers == pop3::Input::kRetr) file_.emplace(wanted_.folder + "/" + std::to_string(++stored_), std::ios::binary);
    if (session_.state().state() == pop3::State::kTransaction && !event.has_body) go_on();
  }

  void take(const pop3::BodyEvent& event) {
    if (event.answers == pop3::Input::kRetr) *file_ << event.received.octets;
    if (!event.received.is_last) return;
    if (event.answers == pop3::Input::kRetr) file_->close();
    if (event.answers == pop3::Input::kCapa) {
      log_in();
    } else {
      go_on();
    }
  }

  void log_in() {
    const pop3::Memory& memory = session_.state().memory();
    if (wanted_.security == "stls" && !memory.encrypted) return say("STLS");
    if (wanted_.mechanism == "PASS") return say("USER " + wanted_.user);
    if (wanted_.mechanism == "APOP") {
      const std::string digest = sasl::digest(sasl::Hash::kMd5, memory.time_stamp + wanted_.password);
      return say("APOP " + wanted_.user + " " + sasl::hexadecimal(digest));
    }
    sasl::Credentials credentials;
    credentials.user = wanted_.user;
    credentials.password = core::Secret(wanted_.password);
    exchange_ = sasl::Client::begin(wanted_.mechanism, credentials, "fyko+d2lbbFgONRv9qkxdawL");
    if (!exchange_) return fail("unknown mechanism " + wanted_.mechanism);
    if (!exchange_->speaks_first()) return say("AUTH " + wanted_.mechanism);
    const std::string first = core::base64_encode(exchange_->respond("").value_or(""));
    say("AUTH " + wanted_.mechanism + " " + (first.empty() ? "=" : first));
  }

  void respond(const std::string& challenge) {
    const auto response = exchange_->respond(core::base64_decode(challenge).value_or(""));
    say(response ? core::base64_encode(*response) : "*");
  }

  void plan() {
    const std::uint32_t count = session_.state().memory().messages.value_or(0);
    std::cout << "user " << session_.state().memory().user << ", " << count << " messages, "
              << session_.state().memory().octets.value_or(0) << " octets\n";
    for (std::uint32_t i = 1; i <= count; ++i) {
      to_say_.push_back("RETR " + std::to_string(i));
      if (wanted_.removes) to_say_.push_back("DELE " + std::to_string(i));
    }
    to_say_.emplace_back("QUIT");
    go_on();
  }

  // Together where that is offered, otherwise one after the other.
  void go_on() {
    while (!to_say_.empty() && session_.may_pipeline()) {
      say(to_say_.front());
      to_say_.pop_front();
    }
  }

  void say(const std::string& line) {
    session_.send(line + "\r\n");
    driver_->perform(session_.take_actions());
  }

  void fail(const std::string& why) {
    std::cerr << why << "\n";
    loop_.stop();
  }

  Wanted wanted_;
  net::Loop loop_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream> stream_;
  std::optional<net::Driver> driver_;
  pop3::ClientSession session_;
  std::optional<sasl::Client> exchange_;
  std::deque<std::string> to_say_;
  std::optional<std::ofstream> file_;
  int stored_ = 0;
  bool is_done_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() != 8) return 2;
  return Fetch({static_cast<std::uint16_t>(std::stoi(words[0])), words[1], words[2], words[3], words[4], words[5], words[6],
                words[7] == "remove"})
      .run();
}
