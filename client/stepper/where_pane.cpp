// The states of the session, drawn, and what may be sent in the one that is reached.
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/stepper/panes.h"
#include "client/stepper/refused.h"

namespace stepper {
namespace {

using client::Word;
using protocol::StateRow;
using screen::Line;
using screen::Role;

// One row of the drawing.
class Row {
 public:
  Row(const StateRow& here, core::Language language) : here_(here), language_(language) {}

  void add(const StateRow& state) {
    const std::string label(state.name.in(language_));
    const bool is_here = &state == &here_;
    put(is_here ? Role::kStrong : Role::kDim, is_here ? "[ " + label + " ]" : label);
  }
  void put(Role role, std::string text) {
    column_ += screen::width(text);
    line_.push_back({role, std::move(text)});
  }
  // At least one blank between two states, and blanks up to that column.
  void reach(std::size_t column) {
    if (column_ > 0) put(Role::kDim, " ");
    if (column > column_) put(Role::kDim, std::string(column - column_, ' '));
  }
  [[nodiscard]] std::size_t column() const { return column_; }
  Line take() { return std::move(line_); }

 private:
  const StateRow& here_;
  core::Language language_;
  Line line_;
  std::size_t column_ = 0;
};

// The chain, and below each of its states what branches off there, one below the other. What the server does not offer and an
// end that is not reached are left out.
class Drawing {
 public:
  Drawing(const View& view, core::Language language)
      : states_(view.protocol.states()), session_(view.session), here_(view.session.state()), language_(language) {}

  std::vector<Line> draw() {
    std::vector<Line> lines{chain()};
    for (std::size_t depth = 0; depth == 0 || depth < deepest(); ++depth) {
      if (Line line = below(depth); !line.empty()) lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  // Fills chain_.
  Line chain() {
    Row row(here_, language_);
    for (const StateRow& state : states_) {
      if (!state.below.empty() || state.is_end) continue;
      if (row.column() > 0) row.put(Role::kDim, " ─▶ ");
      chain_.push_back({row.column() + 1, branches_of(state)});
      row.add(state);
    }
    return row.take();
  }

  [[nodiscard]] std::vector<const StateRow*> branches_of(const StateRow& trunk) const {
    std::vector<const StateRow*> branches;
    for (const StateRow& state : states_) {
      const bool is_shown = state.shown_for.empty() || &state == &here_ || session_.offers(state.shown_for);
      if (state.below == trunk.name.en && is_shown) branches.push_back(&state);
    }
    return branches;
  }

  [[nodiscard]] std::size_t deepest() const {
    std::size_t most = 0;
    for (const Link& link : chain_) most = std::max(most, link.branches.size());
    return most;
  }

  Line below(std::size_t depth) {
    Row row(here_, language_);
    for (const Link& link : chain_) {
      if (depth >= link.branches.size()) continue;
      const StateRow& state = *link.branches[depth];
      row.reach(link.column);
      row.put(Role::kDim, depth + 1 < link.branches.size() ? "├▶ " : "└▶ ");
      row.add(state);
      if (!state.leads_to.empty()) row.put(Role::kDim, " ─▶ " + name_of(state.leads_to));
    }
    if (depth == 0 && here_.is_end) {
      row.put(Role::kDim, "   ");
      row.add(here_);
    }
    return row.take();
  }

  [[nodiscard]] std::string name_of(std::string_view state) const {
    const auto hit = std::find_if(states_.begin(), states_.end(), [&](const StateRow& row) { return row.name.en == state; });
    return std::string(hit == states_.end() ? state : hit->name.in(language_));
  }

  struct Link {
    std::size_t column;
    std::vector<const StateRow*> branches;
  };

  std::span<const StateRow> states_;
  const protocol::ClientSession& session_;
  const StateRow& here_;
  core::Language language_;
  std::vector<Link> chain_;
};

std::string what_may_be_sent(const protocol::ClientSession& session) {
  switch (session.mode()) {
    case protocol::Mode::kLogin: return "base64 · *";
    case protocol::Mode::kContent: return "… CRLF . CRLF";
    case protocol::Mode::kChunk: return "…";
    case protocol::Mode::kRest: return session.wanted();
    case protocol::Mode::kCommand: break;
  }
  std::string commands;
  for (const protocol::Input input : session.legal_commands())
    commands += (commands.empty() ? "" : " · ") + std::string(input.verb());
  return commands;
}

// What this server has refused although the RFC allows it: "MAIL 553 · RCPT 550".
std::string refused_text(const View& view) {
  std::string text;
  const std::vector<protocol::Input> legal = view.session.legal_commands();
  for (const Refused& one : refused_now(view.log)) {
    if (std::find(legal.begin(), legal.end(), one.input) == legal.end()) continue;
    text += (text.empty() ? "" : " · ") + std::string(one.input.verb()) + " " + one.code;
  }
  return text;
}

}  // namespace

screen::Pane where_pane(const View& view, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  screen::Pane pane{say(Word::kWhereYouAre), Drawing(view, language).draw()};
  const auto row = [&](Word label, std::string text, Role role) {
    pane.lines.push_back({{Role::kStrong, say(label) + "  "}, {role, std::move(text)}});
  };
  std::string commands = what_may_be_sent(view.session);
  row(Word::kYouMaySend, commands.empty() ? say(Word::kNone) : std::move(commands), Role::kPlain);
  if (std::string refused = refused_text(view); !refused.empty() && view.session.mode() == protocol::Mode::kCommand)
    row(Word::kJustRefused, std::move(refused), Role::kWarning);
  return pane;
}

}  // namespace stepper
