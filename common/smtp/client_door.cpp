#include "smtp/client_door.h"

#include <algorithm>
#include <utility>

#include "smtp/client_session.h"
#include "smtp/facts.h"
#include "smtp/likely.h"
#include "smtp/neutral.h"
#include "smtp/reply_classes.h"

namespace smtp {
namespace {

protocol::Mode neutral(Mode mode) {
  switch (mode) {
    case Mode::kCommand: return protocol::Mode::kCommand;
    case Mode::kAuth: return protocol::Mode::kLogin;
    case Mode::kData: return protocol::Mode::kContent;
    case Mode::kChunk: return protocol::Mode::kChunk;
  }
  return protocol::Mode::kCommand;
}

class ClientDoor final : public protocol::ClientSession {
 public:
  ClientDoor() = default;
  ClientDoor(StateLeniency leniency, LineEnds line_ends) : session_(leniency, line_ends) {}

  std::vector<protocol::Said> send(std::string bytes) override {
    std::vector<protocol::Said> out;
    for (Said& said : session_.send(std::move(bytes))) {
      out.push_back(smtp::neutral(said));
      out.back().message = std::move(said.message);
    }
    return out;
  }

  protocol::StateChange secured() override { return smtp::neutral(session_.secured()); }
  void receive(std::string_view bytes) override { session_.receive(bytes); }

  core::Result<std::optional<protocol::Received>> next() override {
    auto reply = session_.next_reply();
    if (!reply) return core::Failure(std::move(reply.error()));
    if (!*reply) return std::nullopt;
    ReplyEvent& event = **reply;
    protocol::Received received;
    received.is_out_of_place = !event.unasked && !can_answer(event.answers, event.received.reply.code);
    received.answer = smtp::neutral(std::move(event.received.reply));
    received.bytes = std::move(event.received.bytes);
    received.answers = event.answers;
    received.unasked = event.unasked;
    received.change = smtp::neutral(event.change);
    return received;
  }

  [[nodiscard]] std::size_t awaited() const override { return session_.awaited(); }
  [[nodiscard]] std::string_view unfinished() const override { return session_.unfinished(); }
  [[nodiscard]] std::vector<Remark> unfinished_remarks() const override { return session_.unfinished_remarks(); }
  [[nodiscard]] std::vector<core::Span> unfinished_secrets() const override { return session_.unfinished_secrets(); }
  [[nodiscard]] std::vector<Remark> early_remarks(std::string_view lines) const override {
    return session_.early_remarks(lines);
  }
  [[nodiscard]] bool looks_finished() const override {
    const std::vector<Remark> remarks = session_.unfinished_remarks();
    return std::any_of(remarks.begin(), remarks.end(), [](const Remark& remark) {
      return remark.kind == RemarkKind::kTerminatorNotCrlf || remark.kind == RemarkKind::kWaitsInsideChunk;
    });
  }
  [[nodiscard]] bool is_held() const override { return session_.is_held(); }
  [[nodiscard]] std::size_t unread() const override { return session_.unread(); }
  [[nodiscard]] const std::string& rejected() const override { return session_.rejected_reply(); }
  [[nodiscard]] std::string_view partial_answer() const override { return session_.partial_reply(); }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(state_of()); }
  [[nodiscard]] bool is_greeted() const override { return state_of() != State::kConnected; }
  [[nodiscard]] bool is_over() const override { return state_of() == State::kClosed; }
  [[nodiscard]] protocol::Mode mode() const override { return neutral(session_.mode()); }
  [[nodiscard]] bool is_in_content() const override { return state_of() == State::kData; }
  [[nodiscard]] bool wants_hello() const override { return state_of() == State::kGreeted; }

  [[nodiscard]] bool next_is_secret() const override { return session_.next_is_secret(); }
  [[nodiscard]] bool is_after_login() const override { return session_.is_after_login(); }
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const override { return session_.exchange(); }

  [[nodiscard]] bool is_encrypted() const override { return memory().encrypted; }
  [[nodiscard]] bool has_asked_for_offers() const override { return memory().extended; }
  [[nodiscard]] bool offers(std::string_view keyword) const override { return memory().extensions.offers(keyword); }
  [[nodiscard]] std::vector<std::string> mechanisms() const override { return memory().extensions.mechanisms(); }

  [[nodiscard]] bool may_come(protocol::Input input) const override {
    return session_.state().legality(input_of(input)) == Legality::kLegal;
  }
  [[nodiscard]] std::vector<protocol::Input> legal_commands() const override {
    const std::vector<Input> legal = session_.state().legal_commands();
    return {legal.begin(), legal.end()};
  }
  [[nodiscard]] std::vector<protocol::Likely> likely(const protocol::Identity& identity,
                                                     const sasl::ClientLogin& login) const override {
    return smtp::likely(session_, identity, login);
  }

  core::Actions take_actions() override { return session_.take_actions(); }

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override { return smtp::fact(Known(memory()), name); }

 private:
  [[nodiscard]] const Memory& memory() const { return session_.state().memory(); }
  [[nodiscard]] State state_of() const { return session_.state().state(); }

  smtp::ClientSession session_;
};

}  // namespace

std::unique_ptr<protocol::ClientSession> client_behind_door(const protocol::ServerSettings* known) {
  if (known == nullptr) return std::make_unique<ClientDoor>();
  return std::make_unique<ClientDoor>(typed(*known).state_leniency, known->line_ends);
}

}  // namespace smtp
