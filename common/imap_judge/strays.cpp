#include "imap_judge/strays.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text.h"

namespace imap_judge {
namespace {

using imap::Input;

// Words with which POP3, SMTP and HTTP begin and IMAP does not. One of them may be a tag: then a command of IMAP follows.
constexpr std::array<std::string_view, 16> kOthers{"USER", "PASS", "APOP", "STAT", "RETR", "DELE", "UIDL", "CAPA",
                                                   "STLS", "EHLO", "HELO", "MAIL", "RCPT", "GET",  "POST", "HEAD"};

std::string_view take_first(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

bool begins_other_protocol(std::string_view text) {
  const std::string_view first = take_first(text);
  const bool is_theirs =
      std::any_of(kOthers.begin(), kOthers.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, first); });
  return is_theirs && !imap::find_command(take_first(text));
}

bool is_a_command_of_ours(const Line& line) { return !line.parsed.tag.empty() && line.parsed.verb != Input::kUnknown; }

// A user name or a password, in base64.
bool looks_like_response(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
  };
  return !text.empty() && text.size() % 4 == 0 && std::all_of(text.begin(), text.end(), fits) && !imap::find_command(text);
}

}  // namespace

bool Strays::take(const Line& line) { return take_foreign(line) || take_login(line); }

bool Strays::take_foreign(const Line& line) {
  if (is_a_command_of_ours(line)) is_foreign_ = false;
  if (is_foreign_) return true;
  if (!begins_other_protocol(line.text())) return false;
  const Number number = scene_->tell(whole("imap-client-on-pop3-port", line), line);
  if (!scene_->root) scene_->root = number;
  is_foreign_ = true;
  return true;
}

bool Strays::take_login(const Line& line) {
  if (!after_login_) return false;
  const bool is_derailed = scene_->slip && scene_->slip == scene_->root;  // by a line end too many: nobody has seen the refusal
  if (is_derailed && line.text().empty()) return true;
  if (!looks_like_response(line.text())) {
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
  if (input == Input::kAuthenticate || input == Input::kAuthResponse) after_login_ = turn.heard->is_refusal();
}

}  // namespace imap_judge
