#include "pop3_judge/credentials.h"

#include "core/text.h"

namespace pop3_judge {

using findings::Sight;
using pop3::Input;

std::vector<Sight> Credentials::said(const Line& line) {
  std::vector<Sight> sights;
  if (line.input == Input::kAuthResponse) {
    sights = login_.said(line.text(), line.bytes.size() - line.text().size());
  } else if (line.is(Input::kAuth)) {
    const std::optional<std::string>& response = line.command()->initial_response;
    sights = login_.begun(line.command()->mechanism, response, response ? line.text().find(*response) : 0);
  } else if (line.is(Input::kUser) || line.is(Input::kApop)) {
    user_ = line.command()->user;
    password_.clear();
    return {};
  } else if (line.is(Input::kPass)) {
    password_ = line.command()->argument;
    return {};
  } else {
    return {};
  }
  user_ = login_.user();
  password_ = login_.password();
  return sights;
}

void Credentials::answered(const Turn& turn) {
  const bool is_login = turn.line.input == Input::kAuth || turn.line.input == Input::kAuthResponse;
  if (is_login && turn.heard->outcome == pop3::Outcome::kMore) login_.challenged(turn.heard->text);
}

std::optional<Sight> Credentials::why_refused(const findings::Server& server) const {
  const findings::Mismatched mismatched = findings::why_refused(server, user_, password_);
  switch (mismatched.what) {
    case findings::Mismatch::kNone: break;
    case findings::Mismatch::kWebPassword: return Sight{"login-password-not-code", {}, mismatched.certain};
    case findings::Mismatch::kUserForm: {
      const bool is_bare = user_.find('@') == std::string::npos;
      return Sight{is_bare ? "user-without-domain" : "user-name-form", {}, true, core::same(mismatched.user)};
    }
  }
  return std::nullopt;
}

bool Credentials::showed_password(const Turn& turn) const {
  if (turn.line.is(Input::kPass)) return true;
  if (!login_.shows_password() || turn.heard->outcome == pop3::Outcome::kMore) return false;
  return turn.line.input == Input::kAuthResponse || (turn.line.is(Input::kAuth) && turn.line.command()->initial_response);
}

}  // namespace pop3_judge
