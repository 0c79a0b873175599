#include "pop3_judge/known.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "pop3/words.h"

namespace pop3_judge {
namespace {

using pop3::Input;

std::optional<std::uint32_t> number_at(std::string_view text) {
  const std::string_view word = pop3::take_word(text);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool is_number = error == std::errc() && end == word.data() + word.size() && !word.empty();
  return is_number ? std::optional(number) : std::nullopt;
}

void login_answered(Known& known, const Turn& turn) {
  if (turn.heard->outcome == pop3::Outcome::kMore) return;
  known.refused.login = turn.heard->is_refusal();
  known.named_user = false;
  if (!turn.heard->is_ok()) return;
  known.has_user = true;
  known.refused = {};
  known.capabilities.reset();  // they may be others now (RFC 2449 §5)
}

// A listing names the messages that are there; the last number counts them as long as nothing is marked.
void listed(Known& known, const Heard& heard) {
  if (!heard.has_body || !known.marks.empty() || heard.octets > heard.bytes.size()) return;
  std::uint32_t last = 0;
  for (const std::string& line : pop3::lines_in(heard.body())) last = std::max(last, number_at(line).value_or(0));
  known.messages = last;
}

void maildrop_answered(Known& known, const Turn& turn) {
  if (!turn.heard->is_ok()) return;
  const auto message = turn.line.message();
  switch (turn.line.input) {
    case Input::kStat:
      if (known.marks.empty() && number_at(turn.heard->text)) known.messages = number_at(turn.heard->text);
      break;
    case Input::kList:
    case Input::kUidl: listed(known, *turn.heard); break;
    case Input::kRetr:
      if (message && std::find(known.retrieved.begin(), known.retrieved.end(), *message) == known.retrieved.end())
        known.retrieved.push_back(*message);
      break;
    case Input::kDele:
      if (message) known.marks.insert(*message);
      break;
    case Input::kRset: known.marks.clear(); break;
    default: break;
  }
}

}  // namespace

pop3::State Known::state() const {
  if (!greeted) return refused.greeting ? pop3::State::kClosed : pop3::State::kConnected;
  if (has_user) return pop3::State::kTransaction;
  return named_user ? pop3::State::kUser : pop3::State::kAuthorization;
}

void Known::answered(const Turn& turn) {
  const Heard& heard = *turn.heard;
  switch (turn.line.input) {
    case Input::kConnect:
      greeted = heard.is_ok();
      refused.greeting = is_over = heard.is_refusal();
      has_time_stamp = heard.text.find('<') < heard.text.find('@') && heard.text.find('@') < heard.text.find('>') &&
                       heard.text.find('>') != std::string::npos;
      break;
    case Input::kUser:
      named_user = heard.is_ok();
      refused.user = heard.is_refusal();
      if (heard.is_ok()) refused.login = false;
      break;
    case Input::kPass:
    case Input::kApop:
    case Input::kAuth:
    case Input::kAuthResponse: login_answered(*this, turn); break;
    case Input::kStls: refused.stls = heard.is_refusal(); break;
    case Input::kUtf8: utf8 = utf8 || heard.is_ok(); break;
    case Input::kCapa:
      if (heard.has_body) capabilities = pop3::Capabilities::from_lines(pop3::lines_in(heard.body()));
      break;
    case Input::kQuit: is_over = is_over || !heard.is_refusal() || has_user; break;
    default: maildrop_answered(*this, turn);
  }
}

void Known::secured() {
  if (!greeted) {
    encrypted = true;
    return;
  }
  Known fresh;
  fresh.greeted = fresh.encrypted = true;
  fresh.has_time_stamp = has_time_stamp;
  *this = std::move(fresh);
}

}  // namespace pop3_judge
