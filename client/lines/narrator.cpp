#include "client/lines/narrator.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "client/conversation/waiting.h"
#include "client/stepper/lines_of.h"
#include "core/secret.h"
#include "core/show.h"
#include "dialogue/auth_turn.h"

namespace lines {
namespace {

using client::Word;

// What was not sent may be the rest of a login.
std::string hidden(const client::Conversation& talk, std::string_view line) {
  const protocol::ClientSession& session = talk.session();
  if (session.mode() == protocol::Mode::kLogin || talk.log().knows(line)) return std::string(core::kMask);
  return core::show_masked(line, talk.protocol().secrets_in_lines(line, session.is_after_login()));
}

}  // namespace

bool is_in_message(const protocol::ClientSession& session) {
  return session.mode() == protocol::Mode::kContent || session.mode() == protocol::Mode::kChunk;
}

Narrator::Narrator(std::ostream& out, const client::Setup& setup, core::Language language, bool show_secrets)
    : setup_(setup), language_(language), printer_(out, client::protocol_of(setup), setup.knowledge, language, show_secrets) {}

void Narrator::begin() {
  if (!setup_.scenario) return printer_.line(setup_.server->host);
  printer_.line(setup_.scenario->id + " · " + setup_.scenario->title.in(language_));
  printer_.line(setup_.scenario->summary.in(language_));
  printer_.line("");
}

void Narrator::follow(const client::Conversation& talk, const std::function<void(const dialogue::Event&)>& happened) {
  const auto& events = talk.log().events();
  for (; printed_ < events.size(); ++printed_) {
    const dialogue::Event& event = events[printed_];
    printer_.event(event, dialogue::auth_turn(talk.log(), event), news_at(event, talk), &talk.verdicts());
    const bool is_answer =
        event.kind == dialogue::Kind::kServer && event.reply && event.reply->outcome != protocol::Outcome::kNews;
    if ((is_answer || event.kind == dialogue::Kind::kClosed) && !then_.empty())
      printer_.comment(std::exchange(then_, {}).in(language_));
    happened(event);
  }
  for (const auto& all = talk.verdicts().all(); told_wrong_ < all.size(); ++told_wrong_) {
    if (!all[told_wrong_].is_proposed) printer_.finding(all[told_wrong_], talk.verdicts());
  }
}

// What this event made sure, each once.
stepper::Wrong Narrator::news_at(const dialogue::Event& event, const client::Conversation& talk) {
  stepper::Wrong wrong = stepper::wrong_at(event, talk.log(), talk.verdicts());
  std::erase_if(wrong.verdicts, [&](const findings::Verdict* one) { return one->at != event.number; });
  if (event.kind != dialogue::Kind::kClient) wrong.again.clear();
  const auto& all = talk.verdicts().all();
  while (told_wrong_ < all.size() && all[told_wrong_].at <= event.number) ++told_wrong_;
  return wrong;
}

void Narrator::tell(const core::Text& why) {
  if (!std::exchange(told_, true) && !why.empty()) printer_.step(++steps_, why.in(language_));
}

void Narrator::took(core::Text then) {
  told_ = false;
  then_ = std::move(then);
}

void Narrator::waits(std::chrono::milliseconds time) {
  printer_.line("-- " + say(Word::kWaiting) + " " + client::seconds(time));
}

void Narrator::offers(const Next& next) {
  tell(next.why);
  for (const std::string& line : stepper::lines_of(next.shown)) printer_.line("> " + core::show_bytes(core::trim(line)));
  printer_.line("-- " + say(Word::kLinePrompt));
}

void Narrator::unexpected(const scenario::Code& expected) { printer_.line(say(Word::kUnexpectedReply) + " " + expected.text); }

void Narrator::left_over(const client::Conversation& talk, const std::deque<std::string>* script) {
  if (script != nullptr && !script->empty()) printer_.line(say(Word::kScriptLeft) + " " + hidden(talk, script->front()));
  if (is_in_message(talk.session())) unfinished_message(talk.session());  // a line without end was remarked when it was sent
}

void Narrator::unfinished_message(const protocol::ClientSession& session) {
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

}  // namespace lines
