#include "client/conversation/hearing.h"

#include <utility>

#include "client/conversation/other_protocol.h"
#include "client/conversation/secure.h"
#include "core/phrase.h"

namespace client {
namespace {

constexpr std::size_t kMostUnasked = 1000;  // a server that says so much unasked is none, or means harm
constexpr std::string_view kInjection = "starttls-injection";
constexpr std::size_t kMostShown = 512;                      // octets of a protocol that is not ours
constexpr std::size_t kMostUnread = std::size_t{64} * 1024;  // octets of what is no whole reply

}  // namespace

core::Text described(const core::Error& error) {
  return {core::describe(error, core::Language::kEnglish), core::describe(error, core::Language::kChinese)};
}

core::Error peer_error(core::Text text, std::string id) { return {core::Blame::kPeer, std::move(text), {}, {}, std::move(id)}; }

core::Result<void> Hearing::take(std::string_view bytes, bool is_encrypted) {
  heard_.add(bytes, record_.now());
  if (!std::exchange(has_heard_, true) && !is_encrypted && begins_tls_record(bytes.front()))
    return core::Failure(peer_error({"a TLS record came where a greeting was expected", "该来问候的时候来了一条 TLS 记录"},
                                    "tls-port-in-clear"));
  const std::string_view begun = session_.partial_answer();
  const std::string opening = std::string(begun) + std::string(bytes.substr(0, begun.empty() ? kMostShown : 1));
  if (auto ours = if_ours(other_protocol(protocol_, opening, !session_.is_greeted())); !ours) return ours;
  session_.receive(bytes);
  return read_replies();
}

core::Result<void> Hearing::read_replies() {
  while (unasked_ < kMostUnasked) {
    auto reply = session_.next();
    if (!reply) {
      ++unasked_;
      if (auto goes_on = reject(reply.error()); !goes_on) return goes_on;
      continue;
    }
    if (!*reply) return {};
    if ((*reply)->unasked) ++unasked_;
    if (auto goes_on = read_reply(**reply); !goes_on) return goes_on;
  }
  record_.note({"the server goes on sending what nobody asked for", "服务器不停地发送没有人要的内容"}, "unasked-flood");
  is_flooded_ = true;
  return {};
}

core::Result<void> Hearing::read_reply(const protocol::Received& received) {
  const protocol::Input answers = received.answers.value_or(protocol_.input(protocol::Role::kUnknown));
  core::Octets wire = heard_.take(received.bytes.size());
  dialogue::Event event = dialogue::from_answer(received.answer, std::move(wire.bytes), answers, received.change);
  if (received.is_continuation) event.reply.reset();
  event.pieces = std::move(wire.pieces);
  event.is_out_of_place = received.is_out_of_place;
  const std::string user = session_.text("logged-in");
  if (user != user_) event.user = user_ = user;
  if (mock_ != nullptr) {
    event.explanation = mock_->take_explanation(event.bytes);
  } else if (recognise_) {
    recognise_(event);
  }
  record_.append(std::move(event));
  if (auto ours = if_ours(other_protocol(received.answer, answers)); !ours) return ours;
  // Data may come at any time (RFC 9051 §7).
  const bool is_news = received.answer.outcome == protocol::Outcome::kNews;
  if (!is_news && (received.unasked || received.is_out_of_place)) out_of_place(received);
  return {};
}

// What the standard never answers so. The mock gives such replies on purpose, and has words for them.
void Hearing::out_of_place(const protocol::Received& received) {
  if (mock_ != nullptr || out_of_step_ || std::exchange(misplaced_, true)) return;
  const std::string& code = received.answer.code;
  record_.note(received.unasked || !received.answers
                   ? core::phrase("{0} answers nothing that was sent", "{0} 没有回答任何发出的内容", {code})
                   : core::phrase("{0} is no answer to {1}", "{0} 不是对 {1} 的回复", {code, received.answers->name()}),
               "reply-out-of-place");
}

// Another protocol ends it, once and with what to do. The mock speaks what it should, even when it lies.
core::Result<void> Hearing::if_ours(std::string_view other_protocol) const {
  if (other_protocol.empty() || mock_ != nullptr || out_of_step_) return {};
  return core::Failure(
      peer_error(core::phrase("this port speaks another protocol than {0}", "这个端口说的不是 {0}", {protocol_.title()}),
                 std::string(other_protocol)));
}

// What octets that are no reply may mean is said once.
core::Result<void> Hearing::reject(const core::Error& error) {
  const bool is_first = !std::exchange(out_of_step_, true);
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  core::Octets wire = heard_.take_all_but(session_.partial_answer().size());
  event.bytes = std::move(wire.bytes);
  event.pieces = std::move(wire.pieces);
  if (mock_ != nullptr) event.explanation = mock_->take_explanation(event.bytes);
  record_.append(std::move(event));
  if (error.id == kInjection) return core::Failure(error);
  if (is_first) {
    record_.note(core::phrase("no reply: {0}", "不是回复：{0}", {described(error)}),
                 error.id.empty() ? "not-a-reply" : error.id);
  }
  return {};
}

// A flood is only counted.
bool Hearing::end() {
  if (heard_.size() == 0) return false;
  core::Octets wire = heard_.take_all();
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  if (wire.bytes.size() > kMostUnread) {
    event.dropped = wire.bytes.size();
  } else {
    event.bytes = std::move(wire.bytes);
    event.pieces = std::move(wire.pieces);
  }
  record_.append(std::move(event));
  return true;
}

}  // namespace client
