// A whole dialogue in the server's session, and the parts of which it is made.
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/base64.h"
#include "core/tape.h"
#include "dialogue/json_lines.h"
#include "dialogue/log.h"
#include "smtp/command.h"
#include "smtp/door.h"
#include "smtp/neutral.h"
#include "smtp/server_session.h"
#include "tests/bench/beside.h"
#include "tests/bench/octets.h"

namespace {

enum class Events { kNone, kMade, kWritten };

protocol::ServerSettings settings() {
  protocol::ServerSettings settings;
  settings.offers = {"PIPELINING", "SIZE 37748736", "8BITMIME", "ENHANCEDSTATUSCODES"};
  return settings;
}

// Feeds it one piece after the other, as a client that waits for each answer would send them.
class Dialogue {
 public:
  explicit Dialogue(Events events) : events_(events) {
    answer();
    say("EHLO client.example\r\n");
  }

  void message(std::string_view data) {
    say("MAIL FROM:<alice@client.example>\r\n");
    say("RCPT TO:<bob@example.org>\r\n");
    say("DATA\r\n");
    say(data);
    if (session_->state().name.en != "ready") std::abort();
  }

 private:
  void say(std::string_view octets) {
    if (events_ != Events::kNone) tape_.add(octets, {});
    session_->receive(octets);
    answer();
  }

  void answer() {
    while (auto turn = session_->next_turn()) {
      if (events_ != Events::kNone) put(dialogue::from_said(turn->said, tape_.take(turn->said.octets)));
      const protocol::StateChange change = session_->answer_as_proposed(*turn);
      if (events_ != Events::kNone) put(dialogue::from_answer(turn->proposed, turn->bytes, turn->input, change));
    }
    benchmark::DoNotOptimize(session_->take_actions());
  }

  void put(const dialogue::Event& event) {
    if (events_ == Events::kWritten) {
      benchmark::DoNotOptimize(dialogue::json_line(event));
    } else {
      benchmark::DoNotOptimize(event);
    }
  }

  Events events_;
  std::shared_ptr<const protocol::Server> server_ = smtp::door().server(settings());
  std::unique_ptr<protocol::ServerSession> session_ = server_->session("nonce");
  core::Tape tape_;
};

// The same in the types of SMTP, without the door.
class TypedDialogue {
 public:
  TypedDialogue() {
    answer();
    say("EHLO client.example\r\n");
  }

  void message(std::string_view data) {
    say("MAIL FROM:<alice@client.example>\r\n");
    say("RCPT TO:<bob@example.org>\r\n");
    say("DATA\r\n");
    say(data);
  }

 private:
  void say(std::string_view octets) {
    session_.receive(octets);
    answer();
  }
  void answer() {
    while (auto turn = session_.next_turn()) session_.answer(turn->proposed);
    benchmark::DoNotOptimize(session_.take_actions());
  }

  smtp::ServerConfig config_ = smtp::typed(settings());
  smtp::ServerSession session_{config_};
};

void session_door(benchmark::State& state) {
  const std::string data = bench::mail_data(static_cast<std::size_t>(state.range(0)), 76, false);
  Dialogue dialogue(Events::kNone);
  TypedDialogue typed;
  bench::beside(state, "the same without the door", bench::times(10, [&] { dialogue.message(data); }),
                bench::times(10, [&] { typed.message(data); }));
  state.SetItemsProcessed(10 * state.iterations());
}
BENCHMARK(session_door)->ArgName("octets")->Arg(1'000)->Arg(100'000)->UseManualTime();

void messages(benchmark::State& state, Events events) {
  const std::string data = bench::mail_data(static_cast<std::size_t>(state.range(0)), 76, false);
  Dialogue dialogue(events);
  Dialogue silent(Events::kNone);
  const auto work = bench::times(10, [&] { dialogue.message(data); });
  if (events == Events::kNone) {
    const auto walk = bench::times(10, [&] { benchmark::DoNotOptimize(bench::count_line_ends(data)); });
    bench::beside(state, bench::kWalk, work, walk);
  } else {
    bench::beside(state, "the same without events", work, bench::times(10, [&] { silent.message(data); }));
  }
  state.SetItemsProcessed(10 * state.iterations());
}

void session_message(benchmark::State& state) { messages(state, Events::kNone); }
void session_message_with_events(benchmark::State& state) { messages(state, Events::kMade); }
void session_message_with_json(benchmark::State& state) { messages(state, Events::kWritten); }
BENCHMARK(session_message)->ArgName("octets")->Arg(1'000)->Arg(100'000)->UseManualTime();
BENCHMARK(session_message_with_events)->ArgName("octets")->Arg(1'000)->Arg(100'000)->UseManualTime();
BENCHMARK(session_message_with_json)->ArgName("octets")->Arg(1'000)->Arg(100'000)->UseManualTime();

// A connection for each message: greeting, EHLO, message, QUIT.
void session_connection(benchmark::State& state) {
  const std::string data = bench::mail_data(1'000, 76, false);
  Dialogue lasting(Events::kNone);
  const auto work = bench::times(10, [&] { Dialogue(Events::kNone).message(data); });
  bench::beside(state, "a message of a lasting connection", work, bench::times(10, [&] { lasting.message(data); }));
  state.SetItemsProcessed(10 * state.iterations());
}
BENCHMARK(session_connection)->UseManualTime();

void command(benchmark::State& state, std::string_view line) {
  const auto work = [&] { benchmark::DoNotOptimize(smtp::parse_command(line, {})); };
  const auto copy = [&] { benchmark::DoNotOptimize(std::string(line)); };
  bench::beside(state, "copying the line", bench::times(200, work), bench::times(200, copy));
  state.SetItemsProcessed(200 * state.iterations());
}
BENCHMARK_CAPTURE(command, ehlo, "EHLO client.example")->UseManualTime();
BENCHMARK_CAPTURE(command, mail, "MAIL FROM:<alice@client.example> SIZE=1024 BODY=8BITMIME")->UseManualTime();
BENCHMARK_CAPTURE(command, rcpt, "RCPT TO:<bob@example.org>")->UseManualTime();
BENCHMARK_CAPTURE(command, data, "DATA")->UseManualTime();
BENCHMARK_CAPTURE(command, unknown, "XYZZY plugh")->UseManualTime();

void replies(benchmark::State& state, std::string_view bytes) {
  std::string all;
  for (int i = 0; i < 100; ++i) all += bytes;
  const auto work = [&] {
    smtp::ReplyReader reader;
    reader.receive(all);
    while (auto reply = reader.next()) {
      if (!*reply) break;
      benchmark::DoNotOptimize(*reply);
    }
  };
  bench::beside(state, bench::kWalk, work, [&] { benchmark::DoNotOptimize(bench::count_line_ends(all)); });
  state.SetItemsProcessed(100 * state.iterations());
}
BENCHMARK_CAPTURE(replies, short, "250 2.1.0 OK\r\n")->UseManualTime();
BENCHMARK_CAPTURE(replies, ehlo, "250-mail\r\n250-PIPELINING\r\n250-SIZE 37748736\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME\r\n")
    ->UseManualTime();

void base64(benchmark::State& state, bool decoding) {
  const std::string octets = bench::mail_data(static_cast<std::size_t>(state.range(0)), 76, false);
  const std::string encoded = core::base64_encode(octets);
  const std::size_t repeat = 100'000 / octets.size() + 1;
  const auto encode = [&] { benchmark::DoNotOptimize(core::base64_encode(octets)); };
  const auto decode = [&] { benchmark::DoNotOptimize(core::base64_decode(encoded)); };
  const auto copy = bench::times(repeat, [&] { benchmark::DoNotOptimize(std::string(decoding ? encoded : octets)); });
  if (decoding) {
    bench::beside(state, "copying", bench::times(repeat, decode), copy);
  } else {
    bench::beside(state, "copying", bench::times(repeat, encode), copy);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(octets.size() * repeat) * state.iterations());
}
void base64_encoding(benchmark::State& state) { base64(state, false); }
void base64_decoding(benchmark::State& state) { base64(state, true); }
BENCHMARK(base64_encoding)->ArgName("octets")->Arg(30)->Arg(100'000)->UseManualTime();
BENCHMARK(base64_decoding)->ArgName("octets")->Arg(30)->Arg(100'000)->UseManualTime();

}  // namespace
