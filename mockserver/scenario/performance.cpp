#include "mockserver/scenario/performance.h"

#include <utility>
#include <variant>

#include "core/action.h"
#include "mockserver/scenario/folders.h"
#include "mockserver/scenario/mails.h"

namespace scenario {
namespace {

constexpr std::int64_t kSomeDay = 1513650000;  // what time it is makes no difference here

}  // namespace

Mailboxes::Mailboxes(const Scenario& scenario) : scenario_(scenario) {
  for (std::size_t i = 0; i <= scenario.others.size(); ++i) {
    for (const Account& account : server_of(scenario, i).accounts) users_.push_back(account.user);
  }
}

mailbox::Mailbox& Mailboxes::mailbox_of(std::string_view user) {
  if (store_ == nullptr) fill();
  mailbox::Mailbox* const own = store_->mailbox_of(user);
  return own != nullptr ? *own : store_->others();
}

void Mailboxes::fill() {
  store_ = std::make_unique<store::Memory>(store::Owners{users_}, 1);
  for (std::size_t i = 0; i <= scenario_.others.size(); ++i) (void)deliver_mails(server_of(scenario_, i), *store_, kSomeDay);
  if (!scenario_.mails.empty() || !scenario_.others.empty()) return;
  store::Message message;
  message.forward_paths = users_;
  message.forward_paths.emplace_back("somebody.else@example.com");
  message.content = "From: <carol@example.net>\r\nSubject: A test\r\n\r\nHello\r\n";
  (void)store_->deliver(std::move(message));
}

void Mailboxes::keep(const Decision& decision, const protocol::Knows& session, std::string content) {
  if (scenario_.others.empty()) return;
  if (store_ == nullptr) fill();
  store::Message message;
  message.forward_paths = session.texts("rcpt-to");
  message.user = session.text("logged-in");
  message.received = kSomeDay;
  message.content = std::move(content);
  if (!decision.effects.folder.empty()) {
    if (auto folder = folder_named(scenario_, decision.effects.folder)) message.folder = std::move(*folder);
  }
  (void)keep_sent(scenario_, *store_, message);
  (void)store_->deliver(std::move(message));
}

Performance::Performance(const Scenario& scenario, History& history, std::uint64_t number, Mailboxes& mailboxes)
    : mailboxes_(mailboxes),
      server_(scenario.protocol->server(scenario.server)),
      session_(server_->session("nonce")),
      behaviour_(scenario, history, number, {{"id", "SESSION"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}},
                 [&mailboxes](std::string_view user) -> mailbox::Mailbox& { return mailboxes.mailbox_of(user); }) {
  if (scenario.security == Security::kTls) session_->secured();
}

std::optional<Performance::Answered> Performance::answer(std::chrono::milliseconds now) {
  auto turn = session_->next_turn();
  if (!turn) return std::nullopt;
  Answered answered;
  answered.decision = behaviour_.decide(*turn, *session_, {kSomeDay, now});
  if (turn->brings_message && answered.decision.keeps()) mailboxes_.keep(answered.decision, *session_, turn->said.message);
  say(*turn, answered.decision);
  for (const core::Action& action : session_->take_actions()) {
    if (const auto* const octets = std::get_if<core::Send>(&action)) answered.octets += octets->bytes;
    answered.begins_tls = answered.begins_tls || std::holds_alternative<core::StartTls>(action);
  }
  while (session_->is_sending()) {
    const auto piece = session_->next_piece();
    if (!piece) break;
    answered.octets += *piece;
  }
  if (answered.begins_tls) session_->secured();
  is_broken_ = is_broken_ || answered.decision.garbled || answered.decision.effects.then;
  return answered;
}

void Performance::say(protocol::Turn& turn, Decision& decision) {
  if (!decision.is_proposed) {
    session_->answer(decision.reply, decision.bytes, decision.closes());
    return;
  }
  turn.proposed = std::move(decision.reply);
  turn.bytes = std::move(decision.bytes);
  session_->answer_as_proposed(turn, decision.closes());
  decision.reply = std::move(turn.proposed);
}

std::optional<Decision> Performance::interrupt(std::chrono::milliseconds now) {
  std::optional<Decision> decision = behaviour_.decide_midway(*session_, {kSomeDay, now});
  is_broken_ = is_broken_ || decision.has_value();
  return decision;
}

}  // namespace scenario
