#include "pop3_judge/strays.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pop3_judge {
namespace {

using pop3::Input;
using pop3::RemarkKind;

constexpr std::array kForeign{RemarkKind::kImapCommand, RemarkKind::kSmtpCommand, RemarkKind::kHttpRequest};
// That SMTP does not have.
constexpr pop3::InputSet kOwn = pop3::InputSet(Input::kUser) | Input::kPass | Input::kApop | Input::kCapa | Input::kStat |
                                Input::kList | Input::kRetr | Input::kDele | Input::kTop | Input::kUidl;

findings::Sight whole(std::string_view id, const Line& line) { return {id, {0, line.text().size()}}; }

}  // namespace

bool Strays::take(const Line& line) { return take_foreign(line) || take_login(line); }

bool Strays::take_foreign(const Line& line) {
  for (const protocol::Remark& remark : line.parsed.remarks) {
    const auto* const kind = std::find(kForeign.begin(), kForeign.end(), remark.kind);
    if (kind == kForeign.end()) continue;
    const Number number = scene_->tell(whole(pop3::id(*kind), line), line);
    if (!scene_->root) scene_->root = number;
    is_foreign_ = true;
    return true;
  }
  if (is_foreign_ && line.command() != nullptr && kOwn.has(line.input)) is_foreign_ = false;
  return is_foreign_;
}

bool Strays::take_login(const Line& line) {
  if (!after_login_) return false;
  const bool is_derailed = scene_->slip && scene_->slip == scene_->root;  // by a line end too many: nobody has seen the refusal
  if (is_derailed && line.text().empty()) return true;
  if (!pop3::is_login_line(line.parsed, line.text())) {
    after_login_ = false;
    return false;
  }
  if (is_derailed) return true;
  const Number number = scene_->tell(whole("reply-not-checked", line), line, scene_->root);
  if (!scene_->root) scene_->root = number;
  scene_->tell(whole("login-is-over", line), line, scene_->root);
  return true;
}

void Strays::answered(const Turn& turn) {
  const Input input = turn.line.input;
  if (input == Input::kAuth || input == Input::kAuthResponse) after_login_ = turn.heard->is_refusal();
}

}  // namespace pop3_judge
