#include "pop3_judge/order.h"

#include <algorithm>
#include <string>

#include "core/text.h"
#include "pop3/not_now.h"

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;
using pop3::Lacking;

constexpr pop3::InputSet kOfMaildrop =
    pop3::InputSet(Input::kStat) | Input::kList | Input::kRetr | Input::kDele | Input::kRset | Input::kTop | Input::kUidl;

core::Span all_of(const Line& line) { return {0, line.text().size()}; }

Sight not_now(const Line& line, pop3::State state, Lacking lacking) {
  return {pop3::id(pop3::find_not_now(state, line.input, lacking).remark), all_of(line)};
}

core::Text instead_of(std::string_view id) {
  if (id == "pop3-pass-before-user") return core::same("USER …");
  if (id == "pop3-not-logged-in") return core::same("USER …, PASS …");
  return {};
}

}  // namespace

std::optional<Sight> ignores_refusal(const Line& line, const Known& known) {
  const bool goes_on = (known.refused.greeting && line.input != Input::kQuit) ||
                       (known.refused.login && !known.has_user && kOfMaildrop.has(line.input)) ||
                       (known.refused.user && !known.named_user && line.input == Input::kPass);
  if (!goes_on) return std::nullopt;
  return Sight{"reply-not-checked", all_of(line), true, core::same("QUIT")};
}

std::optional<Sight> out_of_order(const Line& line, const Known& known) {
  const pop3::State state = known.state();
  if (state == pop3::State::kConnected || state == pop3::State::kClosed) return std::nullopt;
  if (!pop3::has_transition(state, line.input)) {
    if (line.input == Input::kUnknown) return std::nullopt;
    Sight sight = not_now(line, state, Lacking::kState);
    sight.expected = instead_of(sight.id);
    return sight;
  }
  if (line.input != Input::kStls) return std::nullopt;
  if (known.encrypted) return not_now(line, state, Lacking::kPlainText);
  if (known.utf8) return not_now(line, state, Lacking::kNoUtf8);
  return std::nullopt;
}

std::optional<Sight> wrong_number(const Line& line, const Known& known) {
  const auto message = line.message();
  if (!message || !known.has_user) return std::nullopt;
  const std::size_t at = line.text().find_first_of("0123456789");
  const core::Span where{at, std::min(line.text().find_first_not_of("0123456789", at), line.text().size())};
  if (*message == 0) {
    const std::string last = known.messages ? std::to_string(*known.messages) : "…";
    return Sight{"pop3-number-zero", where, true, core::same("1 … " + last)};
  }
  if (known.marks.count(*message) > 0) return Sight{"pop3-last-list-number-as-count", where};
  return std::nullopt;
}

}  // namespace pop3_judge
