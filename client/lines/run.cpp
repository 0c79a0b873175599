#include "client/lines/run.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include "client/base/words.h"
#include "client/conversation/complain.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/conversation/waiting.h"
#include "client/lines/printer.h"
#include "client/stepper/clear_password.h"
#include "client/stepper/guide.h"
#include "core/show.h"
#include "net/loop.h"
#include "net/timer.h"

namespace lines {
namespace {

using client::Word;

// How long the embedded mock may take before the run is given up: nobody who watches plain lines waits as long as RFC 5321
// §4.5.3.2 wants it of clients.
constexpr std::chrono::seconds kPatienceWithMock{30};
// In a lesson whose point it is that nothing comes.
constexpr std::chrono::seconds kPatienceWithSilence{2};
// After octets that are no reply: one may still follow them, but mostly they were meant as it.
constexpr std::chrono::seconds kPatienceOutOfStep{2};

// Where the next thing to send comes from.
struct Next {
  std::string bytes;
  core::Text why;
  std::optional<int> expect;
  bool connects = false;  // instead of bytes: a new connection
};

const scenario::Scenario* scenario_of(const client::Setup& setup) { return setup.scenario ? &*setup.scenario : nullptr; }

// The lines of a script, each with its end exactly as it stands there.
std::deque<std::string> split_script(std::string_view text) {
  std::deque<std::string> script;
  while (!text.empty()) {
    const std::size_t lf = text.find('\n');
    const std::size_t length = lf == std::string_view::npos ? text.size() : lf + 1;
    script.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return script;
}

core::Result<std::string> read_script(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(name, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf() || file.peek() == std::ifstream::traits_type::eof())) {
    core::Error error{core::Blame::kInput, "cannot read the script", name, {}};
    error.id = "file-unreadable";
    return core::Failure(std::move(error));
  }
  return text.str();
}

// Sends one thing after the other, each when the one before is answered, and prints what happens.
class Player {
 public:
  Player(net::Loop& loop, const client::Setup& setup, const client::StepOptions& options,
         std::optional<std::deque<std::string>> script)
      : loop_(loop),
        setup_(setup),
        language_(options.language),
        may_show_password_(options.insecure || options.clear_is_wished),
        script_(std::move(script)),
        guide_(scenario_of(setup), stepper::identity_of(options, scenario_of(setup))),
        printer_(std::cout, setup.knowledge, options.language, options.show_secrets),
        conversation_(client::make_conversation(loop, setup, [this] { advance(); })),
        out_of_step_(loop, [this] { give_up(); }),
        turn_(loop, [this] { send_next(); }) {}

  int play() {
    heading();
    if (auto opened = conversation_->open(); !opened) {
      client::complain(opened.error(), language_, std::cerr);
      return client::kNetwork;
    }
    loop_.run();
    print_new();
    return status_;
  }

  [[nodiscard]] const dialogue::Log& log() const { return conversation_->log(); }

 private:
  [[nodiscard]] std::string say(Word word) const { return std::string(client::word(word, language_)); }

  void heading() {
    if (!setup_.scenario) {
      printer_.line(setup_.server->host);
      return;
    }
    printer_.line(setup_.scenario->id + " · " + setup_.scenario->title.in(language_));
    printer_.line(setup_.scenario->summary.in(language_));
    printer_.line("");
  }

  void print_new() {
    const auto& events = conversation_->log().events();
    for (; printed_ < events.size(); ++printed_) {
      const dialogue::Event& event = events[printed_];
      printer_.event(event, dialogue::auth_turn(conversation_->log(), event));
      if (event.kind == dialogue::Kind::kConnected) connected();
      if (event.kind == dialogue::Kind::kServer && event.reply) judge(*event.reply);
    }
  }

  // A guided step is done when the class of its answer is the expected one.
  void judge(const smtp::Reply& reply) {
    guide_.answered(reply);
    if (!script_ && expected_ && *expected_ / 100 != reply.code.first_digit()) {
      printer_.line(say(Word::kUnexpectedReply) + " " + std::to_string(*expected_));
      status_ = client::kFailed;
      over_ = true;
    }
    expected_.reset();
  }

  void advance() {
    print_new();
    if (conversation_->is_closed() && !wants_connection()) {
      finish();
      return;
    }
    if (conversation_->is_open() && !conversation_->is_settled()) {
      if (conversation_->is_out_of_step()) out_of_step_.start(kPatienceOutOfStep);
      return;
    }
    if (!conversation_->is_open() && !conversation_->is_closed()) return;
    out_of_step_.stop();
    // After 221 or 421 it is the server that closes (RFC 5321 §4.1.1.10); what is left could only be lost.
    if (conversation_->is_open() && conversation_->session().state().state() == smtp::State::kClosed) return;
    if (!turn_.is_running()) turn_.start(pause());  // not from inside the callback of the connection
  }

  void connected() {
    guide_.connected();
    guide_.call(conversation_->client_name());
    if (connections_++ > 0) tried_ = guide_.position();
  }

  // Whether the path goes on with another connection. What was tried and came to nothing is not tried for ever.
  [[nodiscard]] bool wants_connection() const {
    if (over_ || all_sent_ || status_ != client::kDone) return false;
    if (conversation_->failure() && !is_the_lesson()) return false;
    if (script_ && script_->empty()) return false;
    return tried_ != guide_.position() && !guide_.is_finished() &&
           guide_.proposals(conversation_->session(), false).front().guided;
  }

  // The time that has to pass before what comes next. It is told, and for what.
  std::chrono::milliseconds pause() {
    const std::vector<stepper::Proposal> proposals = guide_.proposals(conversation_->session(), conversation_->is_open());
    const bool is_over = over_ || guide_.is_finished() || (script_ && script_->empty());
    if (is_over || proposals.empty() || proposals.front().wait.count() == 0) return {};
    if (!script_) tell(proposals.front().why);
    printer_.line("-- " + say(Word::kWaiting) + " " + client::seconds(proposals.front().wait));
    return proposals.front().wait;
  }

  // What the step is about, once.
  void tell(const core::Text& why) {
    if (!std::exchange(told_, true) && !why.empty()) printer_.step(++steps_, why.in(language_));
  }

  void send_next() {
    if (conversation_->is_closed()) {
      if (wants_connection()) take(*next_of_guide());
      return;
    }
    if (!conversation_->is_settled()) return;
    const std::optional<Next> next = over_ ? std::nullopt : script_ ? next_of_script() : next_of_guide();
    if (!next) {
      all_sent_ = true;
      conversation_->close();
      return;
    }
    if (setup_.server && !may_show_password_ && stepper::gives_password_away(conversation_->session(), next->bytes)) {
      refuse_password();
      return;
    }
    take(*next);
  }

  void take(const Next& next) {
    if (!script_) tell(next.why);
    told_ = false;
    expected_ = next.expect;
    tried_.reset();
    if (next.connects) {
      conversation_->connect_again();
      return;
    }
    guide_.sent(next.bytes, conversation_->session());
    conversation_->send(next.bytes);
  }

  // Nobody is here who could be asked.
  void refuse_password() {
    conversation_->note("the password was not sent: the connection is not encrypted", "password-in-clear");
    status_ = client::kFailed;
    conversation_->close();
  }

  std::optional<Next> next_of_script() {
    if (script_->empty()) return std::nullopt;
    Next next{std::move(script_->front()), {}, {}};
    script_->pop_front();
    return next;
  }

  std::optional<Next> next_of_guide() {
    const std::vector<stepper::Proposal> proposals = guide_.proposals(conversation_->session(), conversation_->is_open());
    if (guide_.is_finished() || proposals.empty() || !proposals.front().guided) return std::nullopt;
    const stepper::Proposal& proposal = proposals.front();
    return Next{proposal.bytes(), proposal.why, proposal.expect, proposal.connects()};
  }

  // Octets that are no reply were meant as one; why was noted when they came.
  void give_up() {
    if (!is_the_lesson()) status_ = client::kFailed;
    if (conversation_->is_open()) {
      conversation_->close();
    } else {
      finish();
    }
  }

  // The connection is gone: was that the end, or was something left over?
  void finish() {
    if (finished_) return;
    finished_ = true;
    out_of_step_.stop();
    turn_.stop();
    explain_unfinished();
    if (is_the_lesson()) {
      status_ = client::kDone;
    } else if (conversation_->failure()) {
      status_ = client::kNetwork;
    } else if (status_ == client::kDone && !is_complete()) {
      status_ = client::kFailed;
    }
    loop_.stop();
  }

  // A lesson about something that breaks has shown it.
  [[nodiscard]] bool is_the_lesson() const {
    return !script_ && !setup_.server && !over_ && client::has_failed_on_purpose(*setup_.scenario, conversation_->log());
  }

  [[nodiscard]] bool is_complete() const {
    if (!script_ && setup_.scenario && !setup_.scenario->failure.empty()) return false;  // it has not been shown
    const smtp::ClientSession& session = conversation_->session();
    if (script_) return script_->empty() && session.awaited() == 0 && session.unfinished().empty() && !is_in_message();
    return all_sent_ || guide_.is_finished();
  }

  [[nodiscard]] bool is_in_message() const {
    const smtp::Mode mode = conversation_->session().mode();
    return mode == smtp::Mode::kData || mode == smtp::Mode::kChunk;
  }

  void explain_unfinished() {
    const smtp::ClientSession& session = conversation_->session();
    if (script_ && !script_->empty()) {
      printer_.line(say(Word::kScriptLeft) + " " + core::show_bytes(script_->front()));
    }
    if (!is_in_message()) return;  // a line without end was remarked when it was sent
    for (const smtp::Remark& remark : session.unfinished_remarks()) {
      if (remark.kind == smtp::RemarkKind::kTerminatorNotCrlf) continue;  // so was a dot that ends nothing
      if (const auto* mistake = setup_.knowledge.mistake(smtp::id(remark.kind))) {
        printer_.line("");
        printer_.line("! " + mistake->title.in(language_) + " " + mistake->explain.in(language_));
        printer_.line(say(Word::kDo) + "  " + mistake->fix.in(language_));
      }
    }
  }

  net::Loop& loop_;
  const client::Setup& setup_;
  core::Language language_;
  bool may_show_password_;
  std::optional<std::deque<std::string>> script_;
  stepper::Guide guide_;
  Printer printer_;
  std::unique_ptr<client::Conversation> conversation_;
  net::Timer out_of_step_;  // runs behind octets that are no reply
  net::Timer turn_;
  std::size_t printed_ = 0;  // events of the log
  std::size_t steps_ = 0;
  std::size_t connections_ = 0;
  std::optional<std::size_t> tried_;  // the step that connected again, until something is said there
  bool told_ = false;                 // what the next step is about
  std::optional<int> expected_;
  bool over_ = false;  // a step was answered otherwise than the path says
  bool all_sent_ = false;
  bool finished_ = false;
  int status_ = client::kDone;
};

}  // namespace

int run_lines(const client::StepOptions& wished) {
  client::StepOptions options = wished;
  const bool is_hasty = !options.server && !options.patience;
  if (is_hasty) options.patience = kPatienceWithMock;
  const auto complain = [&](const core::Error& error) {
    client::complain(error, options.language, std::cerr);
    return client::kUsage;
  };
  auto setup = client::set_up(options);
  if (!setup) return complain(setup.error());
  if (is_hasty && client::shows_silence(*setup->scenario)) setup->manners.patience = kPatienceWithSilence;
  std::optional<std::deque<std::string>> script;
  if (options.script) {
    const auto text = read_script(*options.script);
    if (!text) return complain(text.error());
    script = split_script(*text);
  }
  net::Loop loop;
  Player player(loop, *setup, options, std::move(script));
  const int status = player.play();
  if (const auto written = client::state_of(setup->manners.transcript); !written) complain(written.error());
  return status;
}

}  // namespace lines
