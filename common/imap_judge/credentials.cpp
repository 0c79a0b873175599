#include "imap_judge/credentials.h"

#include "core/base64.h"
#include "core/text.h"

namespace imap_judge {

using findings::Sight;
using imap::Input;

std::vector<Sight> Credentials::said(const Line& line) {
  const imap::Command* const command = line.command();
  std::string base64;
  std::vector<Sight> sights;
  if (line.input == Input::kAuthResponse) {
    is_asked_for_nothing_ = false;
    base64 = line.text();
    sights = login_.said(line.text(), line.bytes.size() - line.text().size());
  } else if (command != nullptr && line.is(Input::kAuthenticate)) {
    const auto& words = command->words<imap::Authenticate>();
    acts_for_somebody_ = false;
    base64 = words.initial_response.value_or(std::string());
    sights = login_.begun(words.mechanism, words.initial_response, base64.empty() ? 0 : line.text().rfind(base64));
  } else if (command != nullptr && line.is(Input::kLogin)) {
    const auto& words = command->words<imap::LoginWords>();
    login_.reset();
    acts_for_somebody_ = false;
    user_ = words.user;
    password_ = words.password;
    if (!password_.empty()) return {};
    return {Sight{"empty-password", {0, line.text().size()}}};
  } else {
    return {};
  }
  user_ = login_.user();
  password_ = login_.password();
  if (const auto decoded = core::base64_decode(base64); decoded && login_.mechanism() == "PLAIN" && !decoded->empty())
    acts_for_somebody_ = decoded->front() != '\0' && decoded->find('\0') != std::string::npos;
  return sights;
}

void Credentials::answered(const Turn& turn) {
  const bool is_login = turn.line.input == Input::kAuthenticate || turn.line.input == Input::kAuthResponse;
  if (!is_login || !turn.heard->is_more()) return;
  login_.challenged(turn.heard->text);
  const bool is_token = login_.mechanism() == "XOAUTH2" || login_.mechanism() == "OAUTHBEARER";
  is_asked_for_nothing_ = is_token && !turn.heard->text.empty();
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
  if (turn.line.command() != nullptr && turn.line.is(Input::kLogin)) return true;
  if (!login_.shows_password() || turn.heard->is_more()) return false;
  const bool has_response = turn.line.command() != nullptr && turn.line.is(Input::kAuthenticate) &&
                            turn.line.command()->words<imap::Authenticate>().initial_response.has_value();
  return turn.line.input == Input::kAuthResponse || has_response;
}

}  // namespace imap_judge
