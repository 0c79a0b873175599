// The states of the session, drawn, and what may be sent in the one that is reached.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/stepper/panes.h"
#include "client/stepper/refused.h"
#include "client/stepper/state_names.h"
#include "smtp/transitions.h"

namespace stepper {
namespace {

using client::Word;
using screen::Line;
using screen::Role;

// The states as one draws them on a board; the others hang below them.
constexpr std::array kChain{smtp::State::kConnected, smtp::State::kGreeted, smtp::State::kReady,
                            smtp::State::kMail,      smtp::State::kRcpt,    smtp::State::kData};

// Each arrow of the drawing is a transition.
constexpr bool leads(smtp::State from, smtp::State to) {
  return std::any_of(smtp::kTransitions.begin(), smtp::kTransitions.end(),
                     [&](const smtp::Transition& row) { return row.from.has(from) && row.next(from) == to; });
}
constexpr bool chain_leads_on() {
  for (std::size_t i = 1; i < kChain.size(); ++i) {
    if (!leads(kChain[i - 1], kChain[i])) return false;
  }
  return true;
}
static_assert(chain_leads_on());
static_assert(leads(smtp::State::kReady, smtp::State::kAuth) && leads(smtp::State::kReady, smtp::State::kHandshake) &&
              leads(smtp::State::kRcpt, smtp::State::kBdat));

// One row of the drawing.
class Row {
 public:
  Row(const smtp::SessionState& state, core::Language language) : state_(state), language_(language) {}

  void add(smtp::State state) {
    const bool here = state_.state() == state;
    const std::string label(state_name(state, language_));
    put(here ? Role::kStrong : Role::kDim, here ? "[ " + label + " ]" : label);
  }
  void put(Role role, std::string text) {
    column_ += screen::width(text);
    line_.push_back({role, std::move(text)});
  }
  // Blanks up to that column.
  void reach(std::size_t column) {
    if (column > column_) put(Role::kDim, std::string(column - column_, ' '));
  }
  [[nodiscard]] std::size_t column() const { return column_; }
  Line take() { return std::move(line_); }

 private:
  const smtp::SessionState& state_;
  core::Language language_;
  Line line_;
  std::size_t column_ = 0;
};

bool is_at_or_offered(const smtp::SessionState& state, smtp::State at, std::string_view keyword) {
  return state.state() == at || state.memory().extensions.offers(keyword);
}

// The chain, and below it what branches off: AUTH, the chunks of BDAT, and the TLS handshake, which leads back to the
// beginning. The last two only where the server offers them.
std::vector<Line> state_drawing(const smtp::SessionState& state, core::Language language) {
  Row chain(state, language);
  std::size_t ready = 0;
  std::size_t rcpt = 0;
  for (const smtp::State one : kChain) {
    if (one != kChain.front()) chain.put(Role::kDim, " ─▶ ");
    if (one == smtp::State::kReady) ready = chain.column() + 1;
    if (one == smtp::State::kRcpt) rcpt = chain.column() + 1;
    chain.add(one);
  }
  const bool has_tls = is_at_or_offered(state, smtp::State::kHandshake, "STARTTLS");
  Row below(state, language);
  below.reach(ready);
  below.put(Role::kDim, has_tls ? "├▶ " : "└▶ ");
  below.add(smtp::State::kAuth);
  if (is_at_or_offered(state, smtp::State::kBdat, "CHUNKING")) {
    below.put(Role::kDim, " ");
    below.reach(rcpt);
    below.put(Role::kDim, "└▶ ");
    below.add(smtp::State::kBdat);
  }
  if (state.state() == smtp::State::kClosed || state.state() == smtp::State::kRefused) {
    below.put(Role::kDim, "   ");
    below.add(state.state());
  }
  std::vector<Line> lines{chain.take(), below.take()};
  if (!has_tls) return lines;
  Row tls(state, language);
  tls.reach(ready);
  tls.put(Role::kDim, "└▶ ");
  tls.add(smtp::State::kHandshake);
  tls.put(Role::kDim, " ─▶ " + std::string(state_name(smtp::kSecuredState, language)));
  lines.push_back(tls.take());
  return lines;
}

std::string what_may_be_sent(const smtp::ClientSession& session) {
  switch (session.mode()) {
    case smtp::Mode::kAuth: return "base64 · *";
    case smtp::Mode::kData: return "… CRLF . CRLF";
    case smtp::Mode::kChunk: return "…";
    case smtp::Mode::kCommand: break;
  }
  std::string commands;
  for (const smtp::Input input : session.state().legal_commands())
    commands += (commands.empty() ? "" : " · ") + std::string(smtp::row(input).verb);
  return commands;
}

// What this server has refused although the RFC allows it: "MAIL 553 · RCPT 550".
std::string refused_text(const View& view) {
  std::string text;
  const std::vector<smtp::Input> legal = view.session.state().legal_commands();
  for (const Refused& one : refused_now(view.log)) {
    if (std::find(legal.begin(), legal.end(), one.input) == legal.end()) continue;
    text += (text.empty() ? "" : " · ") + std::string(smtp::row(one.input).verb) + " " + std::to_string(one.code);
  }
  return text;
}

}  // namespace

screen::Pane where_pane(const View& view, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  screen::Pane pane{say(Word::kWhereYouAre), state_drawing(view.session.state(), language)};
  const auto row = [&](Word label, std::string text, Role role) {
    pane.lines.push_back({{Role::kStrong, say(label) + "  "}, {role, std::move(text)}});
  };
  std::string commands = what_may_be_sent(view.session);
  row(Word::kYouMaySend, commands.empty() ? say(Word::kNone) : std::move(commands), Role::kPlain);
  if (std::string refused = refused_text(view); !refused.empty() && view.session.mode() == smtp::Mode::kCommand)
    row(Word::kJustRefused, std::move(refused), Role::kWarning);
  return pane;
}

}  // namespace stepper
