#include "client/lines/run.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client/base/words.h"
#include "client/conversation/complain.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/conversation/waiting.h"
#include "client/lines/keyboard.h"
#include "client/lines/printer.h"
#include "client/lines/script.h"
#include "client/lines/visit.h"
#include "client/stepper/clear_password.h"
#include "client/stepper/findings_told.h"
#include "client/stepper/guide.h"
#include "client/stepper/lines_of.h"
#include "client/stepper/purpose.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"
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
  core::Text then;  // what there is to say when it is answered
  std::optional<scenario::Code> expect;
  bool connects = false;     // instead of bytes: a new connection
  bool is_proposed = false;  // by us, not by a script or a person
  std::string shown = {};    // to whoever decides whether it goes out; safe to print
};

const scenario::Scenario* scenario_of(const client::Setup& setup) { return setup.scenario ? &*setup.scenario : nullptr; }

// Sends one thing after the other, each when the one before is answered, and prints what happens.
class Player {
 public:
  Player(net::Loop& loop, const client::Setup& setup, const client::StepOptions& options,
         std::optional<std::deque<std::string>> script)
      : loop_(loop),
        setup_(setup),
        language_(options.language),
        show_secrets_(options.show_secrets),
        may_show_password_(options.insecure || options.clear_is_wished),
        script_(std::move(script)),
        guide_(client::protocol_of(setup), scenario_of(setup), stepper::identity_of(options, scenario_of(setup))),
        printer_(std::cout, client::protocol_of(setup), setup.knowledge, options.language, options.show_secrets),
        conversation_(client::make_conversation(loop, setup, [this] { advance(); })),
        out_of_step_(loop, [this] { give_up(); }),
        turn_(loop, [this] { send_next(); }) {
    const bool is_led = script_ || setup.scenario || options.by_line;
    if (setup.server && !is_led) visit_.emplace(client::protocol_of(setup), !options.user.empty());
    if (options.by_line) keyboard_.emplace(loop, [this](std::optional<std::string> line) { typed(std::move(line)); });
  }

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
  [[nodiscard]] const protocol::Protocol& protocol() const { return conversation_->protocol(); }
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
      printer_.event(event, dialogue::auth_turn(conversation_->log(), event), news_at(event), &conversation_->verdicts());
      if (event.kind == dialogue::Kind::kConnected) connected();
      const bool is_answer =
          event.kind == dialogue::Kind::kServer && event.reply && event.reply->outcome != protocol::Outcome::kNews;
      if (is_answer || event.kind == dialogue::Kind::kClosed) tell_outcome();
      if (is_answer) judge(*event.reply);
    }
    for (const auto& all = conversation_->verdicts().all(); told_wrong_ < all.size(); ++told_wrong_) {
      if (!all[told_wrong_].is_proposed) printer_.finding(all[told_wrong_], conversation_->verdicts());
    }
  }

  // What this event made sure, each once.
  [[nodiscard]] stepper::Wrong news_at(const dialogue::Event& event) {
    stepper::Wrong wrong = stepper::wrong_at(event, conversation_->log(), conversation_->verdicts());
    std::erase_if(wrong.verdicts, [&](const findings::Verdict* one) { return one->at != event.number; });
    if (event.kind != dialogue::Kind::kClient) wrong.again.clear();
    const auto& all = conversation_->verdicts().all();
    while (told_wrong_ < all.size() && all[told_wrong_].at <= event.number) ++told_wrong_;
    return wrong;
  }

  // A guided step is done when the class of its answer is the expected one.
  void judge(const protocol::Answer& reply) {
    guide_.answered(reply);
    if (!script_ && expected_ && expected_->outcome != reply.outcome) {
      printer_.line(say(Word::kUnexpectedReply) + " " + expected_->text);
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
    if (offered_ && !offered_->connects && conversation_->is_closed()) offered_.reset();
    if (conversation_->is_open() && !conversation_->is_settled()) {
      if (conversation_->is_out_of_step()) out_of_step_.start(kPatienceOutOfStep);
      return;
    }
    if (!conversation_->is_open() && !conversation_->is_closed()) return;
    out_of_step_.stop();
    // After a goodbye it is the server that closes (RFC 5321 §4.1.1.10); what is left could only be lost.
    if (conversation_->is_open() && conversation_->session().is_over()) return;
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

  // What the lesson says of the answer, or of the end that came in its place.
  void tell_outcome() {
    if (!then_.empty()) printer_.comment(then_.in(language_));
    then_ = {};
  }

  // What the step is about, once.
  void tell(const core::Text& why) {
    if (!std::exchange(told_, true) && !why.empty()) printer_.step(++steps_, why.in(language_));
  }

  void send_next() {
    if (conversation_->is_closed()) {
      if (wants_connection()) offer(*next_of_guide());
      return;
    }
    if (!conversation_->is_settled()) return;
    const std::optional<Next> next = over_ ? std::nullopt : script_ ? next_of_script() : next_of_guide();
    if (!next) {
      all_sent_ = true;
      conversation_->close();
      return;
    }
    if (setup_.server && !may_show_password_ &&
        stepper::gives_password_away(protocol(), conversation_->session(), conversation_->log(), next->bytes)) {
      refuse_password();
      return;
    }
    offer(*next);
  }

  // Somebody at the keyboard decides when it goes out, or what goes out in its place.
  void offer(const Next& next) {
    if (!keyboard_) {
      take(next);
      return;
    }
    if (offered_) return;
    tell(next.why);
    for (const std::string& line : stepper::lines_of(next.shown)) printer_.line("> " + core::show_bytes(core::trim(line)));
    printer_.line("-- " + say(Word::kLinePrompt));
    offered_ = next;
  }

  void typed(std::optional<std::string> line) {
    if (!line || *line == "q") {
      has_left_ = true;
      if (conversation_->is_open()) conversation_->close();
      finish();
      return;
    }
    if (!offered_) return;  // the server has not answered yet
    Next next = *std::exchange(offered_, std::nullopt);
    told_ = true;
    if (!line->empty()) next = Next{*line + "\r\n", {}, {}, {}};
    if (next.connects || conversation_->is_open()) take(next);  // else the connection went away meanwhile
    advance();
  }

  void take(const Next& next) {
    if (!script_) tell(next.why);
    told_ = false;
    then_ = next.then;
    expected_ = next.expect;
    tried_.reset();
    if (next.connects) {
      conversation_->connect_again();
      return;
    }
    guide_.sent(next.bytes, conversation_->session());
    conversation_->send(next.bytes, {}, next.is_proposed);
  }

  // Nobody is here who could be asked.
  void refuse_password() {
    conversation_->note({"the password was not sent: the connection is not encrypted", "密码没有发出：连接没有加密"},
                        "password-in-clear");
    status_ = client::kFailed;
    conversation_->close();
  }

  std::optional<Next> next_of_script() {
    if (script_->empty()) return std::nullopt;
    Next next{std::move(script_->front()), {}, {}, {}};
    script_->pop_front();
    return next;
  }

  std::optional<Next> next_of_guide() {
    std::vector<stepper::Proposal> proposals = guide_.proposals(conversation_->session(), conversation_->is_open());
    if (proposals.empty()) return std::nullopt;
    if (visit_ && !visit_->choose(proposals, conversation_->session())) return std::nullopt;
    const stepper::Proposal& proposal = proposals.front();
    // Beside the path only a person goes on.
    const bool is_of_path = !guide_.is_finished() && proposal.guided;
    if (!is_of_path && !visit_ && (!keyboard_ || (guide_.has_steps() && guide_.is_finished()))) return std::nullopt;
    return Next{proposal.octets(protocol()),
                why_of(proposal),
                proposal.then,
                proposal.expect,
                proposal.connects(),
                true,
                shown(proposal)};
  }

  [[nodiscard]] core::Text why_of(const stepper::Proposal& proposal) const {
    if (!proposal.why.empty()) return proposal.why;
    const auto purpose = [&](core::Language language) {
      return stepper::purpose_of(proposal, protocol(), conversation_->session(), conversation_->log(), setup_.knowledge,
                                 language);
    };
    return {purpose(core::Language::kEnglish), purpose(core::Language::kChinese)};
  }

  [[nodiscard]] std::string shown(const stepper::Proposal& proposal) const {
    if (proposal.connects()) return say(Word::kConnectAgain);
    if (proposal.is_text() || show_secrets_) return proposal.text;
    const bool is_secret = proposal.is_secret || (conversation_->session().next_is_secret() && proposal.text != "*");
    if (is_secret) return std::string(core::kMask);
    return core::show_masked(proposal.text, protocol().read_line(proposal.text).secrets);
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
    if (has_left_ || is_the_lesson()) {
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
    const protocol::ClientSession& session = conversation_->session();
    if (script_) return script_->empty() && session.awaited() == 0 && session.unfinished().empty() && !is_in_message();
    if (visit_) return visit_->is_complete();
    return all_sent_ || guide_.is_finished();
  }

  [[nodiscard]] bool is_in_message() const {
    const protocol::Mode mode = conversation_->session().mode();
    return mode == protocol::Mode::kContent || mode == protocol::Mode::kChunk;
  }

  // What was not sent may be the rest of a login.
  [[nodiscard]] std::string hidden(std::string_view line) const {
    const protocol::ClientSession& session = conversation_->session();
    if (session.mode() == protocol::Mode::kLogin || conversation_->log().knows(line)) return std::string(core::kMask);
    return core::show_masked(line, protocol().secrets_in_lines(line, session.is_after_login()));
  }

  void explain_unfinished() {
    const protocol::ClientSession& session = conversation_->session();
    if (script_ && !script_->empty()) {
      printer_.line(say(Word::kScriptLeft) + " " + hidden(script_->front()));
    }
    if (!is_in_message()) return;  // a line without end was remarked when it was sent
    // So was a dot that ends nothing.
    if (session.mode() == protocol::Mode::kContent && session.looks_finished()) return;
    for (const protocol::Remark& remark : session.unfinished_remarks()) {
      if (const auto* mistake = setup_.knowledge.mistake(remark.kind.text())) {
        printer_.line("");
        printer_.line("! " + mistake->title.in(language_) + " " + mistake->explain.in(language_));
        printer_.line(say(Word::kDo) + "  " + mistake->fix.in(language_));
      }
    }
  }

  net::Loop& loop_;
  const client::Setup& setup_;
  core::Language language_;
  bool show_secrets_;
  bool may_show_password_;
  std::optional<std::deque<std::string>> script_;
  stepper::Guide guide_;
  Printer printer_;
  std::unique_ptr<client::Conversation> conversation_;
  net::Timer out_of_step_;  // runs behind octets that are no reply
  net::Timer turn_;
  std::size_t printed_ = 0;     // events of the log
  std::size_t told_wrong_ = 0;  // what was told of them
  std::size_t steps_ = 0;
  std::size_t connections_ = 0;
  std::optional<std::size_t> tried_;  // the step that connected again, until something is said there
  bool told_ = false;                 // what the next step is about
  core::Text then_;                   // what is said when the step is answered
  std::optional<scenario::Code> expected_;
  bool over_ = false;  // a step was answered otherwise than the path says
  bool all_sent_ = false;
  bool finished_ = false;
  std::optional<Keyboard> keyboard_;  // somebody sits there
  std::optional<Visit> visit_;        // nobody does, and there is no path
  std::optional<Next> offered_;       // until they have decided
  bool has_left_ = false;             // by a word of theirs
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
    const std::vector<std::string> lines = stepper::lines_of(*text);
    script.emplace(lines.begin(), lines.end());
  }
  net::Loop loop;
  Player player(loop, *setup, options, std::move(script));
  const int status = player.play();
  if (const auto written = client::state_of(setup->manners.transcript); !written) complain(written.error());
  return status;
}

}  // namespace lines
