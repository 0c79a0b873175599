#include "client/lesson.h"

#include <deque>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "client/base/words.h"
#include "client/commands/recogniser.h"
#include "client/conversation/complain.h"
#include "client/progress.h"
#include "core/ascii.h"
#include "core/text.h"
#include "dialogue/text_lines.h"

namespace client {
namespace {

const scenario::Scenario* scenario_of(const Setup& setup) { return setup.scenario ? &*setup.scenario : nullptr; }

// What cannot be looked at counts as free: writing then says what is wrong.
bool is_taken(const std::string& name) {
  std::error_code unknown;
  return std::filesystem::exists(name, unknown);
}

// "smtplab-netease-auth-required", with a number behind it if there is such a file already.
std::string free_name(const Setup& setup) {
  const std::string subject = setup.scenario ? setup.scenario->id : setup.server->host;
  std::string base = "smtplab-";
  for (const char c : subject) {
    const bool plain = core::is_alnum(c) || c == '.' || c == '-';
    base += plain ? c : '-';
  }
  std::string name = base;
  for (int number = 2; is_taken(name + ".txt") || is_taken(name + ".jsonl"); ++number) {
    name = base + "-" + std::to_string(number);
  }
  return name;
}

// Of a real server it is told whose words a refusal is.
const Setup& with_recogniser(Setup& setup) {
  if (!setup.server) return setup;
  const auto recogniser = std::make_shared<commands::Recogniser>(setup.server->host);
  setup.manners.recognise = [recogniser](dialogue::Event& event) { recogniser->look_at(event); };
  return setup;
}

core::Result<void> write_text(const std::string& name, const dialogue::Log& log, bool show_secrets) {
  std::ofstream file(name, std::ios::binary);
  for (const dialogue::Event& event : log.events()) {
    for (const std::string& line : dialogue::text_lines(event, {show_secrets})) file << line << '\n';
  }
  if (!file.flush()) {
    return core::Failure(
        core::Error{core::Blame::kSystem, {"the dialogue cannot be written", "对话写不进文件"}, name, {}, "file-unwritable"});
  }
  return {};
}

std::optional<stepper::Delivered> delivered(const mockserver::StoredMessage* message) {
  if (message == nullptr) return std::nullopt;
  return stepper::Delivered{message->reverse_path, &message->forward_paths, message->content};
}

}  // namespace

Lesson::Lesson(net::Loop& loop, Setup setup, const StepOptions& options, std::function<void()> changed)
    : setup_(std::move(setup)),
      insecure_(options.insecure),
      changed_(std::move(changed)),
      conversation_(make_conversation(loop, with_recogniser(setup_), [this] { follow(); })),
      stepper_(conversation_->protocol(), setup_.knowledge, scenario_of(setup_), options.language, options.show_secrets,
               stepper::identity_of(options, scenario_of(setup_))),
      pause_(loop, [this] { count_down(); }) {}

stepper::View Lesson::view() const {
  const auto& details = conversation_->tls_details();
  return {conversation_->log(),
          conversation_->protocol(),
          conversation_->session(),
          conversation_->server_memory(),
          scenario_of(setup_),
          conversation_->is_mock(),
          conversation_->is_open(),
          conversation_->is_closed(),
          conversation_->is_settled(),
          conversation_->address(),
          conversation_->is_replaying(),
          conversation_->is_securing(),
          details ? &*details : nullptr,
          delivered(conversation_->last_kept()),
          insecure_,
          conversation_->now(),
          conversation_->client_name(),
          &conversation_->verdicts()};
}

void Lesson::send(const std::string& bytes, std::chrono::milliseconds wait, bool is_proposed) {
  computed_.resize(conversation_->deeds().size());
  computed_.push_back(stepper_.response() == bytes);
  conversation_->send(bytes, wait, is_proposed);
}

void Lesson::send_in_turn(const std::vector<std::string>& lines) { conversation_->send_in_turn(lines); }

void Lesson::connect_again(const stepper::ConnectAgain& wish) { conversation_->connect_again(wish.wait, wish.server); }

// On a new connection the server asks something else: an answer to its challenge has to be computed anew.
std::optional<std::string> Lesson::renewed(std::size_t number) const {
  return number < computed_.size() && computed_[number] ? stepper_.response() : std::nullopt;
}

// Whoever asked for TLS by a command shall hear it when there is none, before the password is typed.
void Lesson::warn_without_tls() {
  if (!setup_.server || setup_.server->security != Security::kStarttls) return;
  const protocol::Input begins = conversation_->protocol().input(protocol::Role::kStartTls);
  const auto& events = conversation_->log().events();
  for (; seen_ < events.size(); ++seen_) {
    const dialogue::Event& event = events[seen_];
    if (!event.reply || !event.input || conversation_->session().is_encrypted()) continue;
    const bool is_offer = event.input->row().lists_offers && event.reply->is_positive();
    if (is_offer && !conversation_->session().offers(begins.verb()))
      conversation_->note(core::phrase("the server does not offer {0}", "服务器没有提供 {0}", {begins.verb()}),
                          "starttls-not-offered");
    if (event.input == begins && event.reply->is_negative())
      conversation_->note(core::phrase("the server refuses {0}", "服务器拒绝了 {0}", {begins.verb()}), "starttls-refused");
  }
}

void Lesson::follow() {
  warn_without_tls();
  stepper_.follow(view());
  if (setup_.scenario && is_finished()) add_progress(setup_.scenario->id);
  count_down();
}

// The seconds that still have to pass before the next step are shown, so the screen changes with each.
void Lesson::count_down() {
  changed_();
  const std::chrono::milliseconds left = stepper_.pause(view());
  if (left.count() <= 0) {
    pause_.stop();
    return;
  }
  const std::chrono::milliseconds part = left % std::chrono::seconds(1);
  pause_.start(part.count() > 0 ? part : std::chrono::seconds(1));
}

// A lesson about something that breaks ends where it breaks.
bool Lesson::is_finished() const {
  if (stepper_.is_finished()) return true;
  return conversation_->is_closed() && !stepper_.connects_again() &&
         has_failed_on_purpose(*setup_.scenario, conversation_->log());
}

void Lesson::go_back() {
  std::deque<Deed> deeds = conversation_->deeds();
  if (deeds.empty()) return;
  deeds.pop_back();
  stepper_.restarted();
  seen_ = 0;
  conversation_->replay(std::move(deeds), [this](std::size_t number) { return renewed(number); });
}

void Lesson::export_dialogue(core::Language language, bool show_secrets) {
  const std::string name = free_name(setup_);
  auto written = write_text(name + ".txt", log(), show_secrets);
  if (written)
    written = write_json_lines(name + ".jsonl", log(), show_secrets,
                               Transcript::Findings{conversation_->verdicts(), setup_.knowledge, language});
  stepper_.say(written ? std::string(word(Word::kWritten, language)) + " " + name + ".txt, " + name + ".jsonl"
                       : core::describe(written.error(), language));
}

}  // namespace client
