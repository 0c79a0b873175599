#include "smtp_judge/login.h"

#include "core/text.h"

namespace smtp_judge {

using findings::Sight;

std::vector<Sight> Login::said(const Line& line) {
  if (line.input != smtp::Input::kAuth) return login_.said(line.text(), line.bytes.size() - line.text().size());
  login_.reset();
  if (!line.parsed.command) return {};
  const std::optional<std::string>& response = line.parsed.command->initial_response;
  return login_.begun(line.parsed.command->mechanism, response, response ? line.text().find(*response) : 0);
}

void Login::answered(const Heard& heard) {
  if (heard.code() == 334 && !heard.reply.lines.empty()) login_.challenged(heard.reply.lines.front());
}

std::optional<Sight> Login::why_refused(const findings::Server& server) const {
  const findings::Mismatched mismatched = findings::why_refused(server, login_.user(), login_.password());
  switch (mismatched.what) {
    case findings::Mismatch::kNone: break;
    case findings::Mismatch::kWebPassword: return Sight{"web-password", {}, mismatched.certain};
    case findings::Mismatch::kUserForm: return Sight{"user-name-form", {}, true, core::same(mismatched.user)};
  }
  return std::nullopt;
}

}  // namespace smtp_judge
