#include "pop3/not_now.h"

#include <algorithm>
#include <array>

namespace pop3 {
namespace {

constexpr InputSet kLogins = InputSet(Input::kUser) | Input::kPass | Input::kApop | Input::kAuth | Input::kUtf8;
constexpr InputSet kOfTransaction = InputSet(Input::kStat) | Input::kList | Input::kRetr | Input::kDele | Input::kNoop |
                                    Input::kRset | Input::kTop | Input::kUidl;

constexpr std::array kNotNow{
    NotNow{kBeforeLogin, Input::kPass, Lacking::kState, RemarkKind::kPassBeforeUser, "no user name was given, send USER first"},
    NotNow{kBeforeLogin, kOfTransaction, Lacking::kState, RemarkKind::kNotLoggedIn, "log in first"},
    NotNow{State::kTransaction, kLogins, Lacking::kState, RemarkKind::kLoggedInAlready, "you are logged in already"},
    NotNow{State::kTransaction, Input::kStls, Lacking::kState, RemarkKind::kBadSequence, "TLS can begin only before the login"},
    NotNow{kBeforeLogin, Input::kStls, Lacking::kPlainText, RemarkKind::kStlsInTls, "command not permitted when TLS active"},
    NotNow{kBeforeLogin, Input::kStls, Lacking::kNoUtf8, RemarkKind::kStlsAfterUtf8, "STLS has to come before UTF8"},
    NotNow{StateSet::all(), InputSet::all(), Lacking::kState, RemarkKind::kBadSequence, "this command may not come now"},
};

}  // namespace

const NotNow& find_not_now(State state, Input input, Lacking lacking) {
  const auto* const hit = std::find_if(kNotNow.begin(), kNotNow.end(), [&](const NotNow& one) {
    return one.in.has(state) && one.on.has(input) && one.lacking == lacking;
  });
  return hit == kNotNow.end() ? kNotNow.back() : *hit;
}

}  // namespace pop3
