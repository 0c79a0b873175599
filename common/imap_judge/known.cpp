#include "imap_judge/known.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/text.h"

namespace imap_judge {
namespace {

using imap::Input;

bool is_select(Input input) { return input == Input::kSelect || input == Input::kExamine; }

bool is_login(Input input) { return input == Input::kLogin || input == Input::kAuthenticate || input == Input::kAuthResponse; }

bool cannot_be_selected(const std::string& flag) {
  return core::equals_ignoring_case(flag, "\\Noselect") || core::equals_ignoring_case(flag, "\\NonExistent");
}

}  // namespace

imap::State Known::state() const {
  if (is_over) return imap::State::kLogout;
  if (!greeted) return imap::State::kConnected;
  if (mailbox) return imap::State::kSelected;
  return has_user ? imap::State::kAuthenticated : imap::State::kNotAuthenticated;
}

void Known::learn(const Line& line, const imap::response::Response& response) {
  using namespace imap::response;
  if (const auto* const status = std::get_if<Status>(&response)) {
    learn_code(status->code);
  } else if (const auto* const words = std::get_if<imap::response::Capabilities>(&response)) {
    capabilities = imap::Capabilities::from_lines(words->names);
    told_in_login_ = is_login(line.input);
  } else if (const auto* const listed = std::get_if<Listed>(&response)) {
    if (!listed->delimiter.empty() && delimiters.size() < kMostNames) delimiters.insert(listed->delimiter);
    const bool is_closed = std::any_of(listed->flags.begin(), listed->flags.end(), cannot_be_selected);
    if (is_closed && not_selectable.size() < kMostNames) not_selectable.insert(listed->name);
  }
  if (is_select(line.input)) {
    if (!opening_) opening_.emplace(line.input == Input::kExamine);
    opening_->learn(line, response);
  } else if (mailbox) {
    mailbox->learn(line, response);
  }
}

void Known::learn_code(std::string_view code) {
  const std::vector<std::string> names = imap::response::capabilities_in(code);
  if (!names.empty()) capabilities = imap::Capabilities::from_lines(names);
}

void Known::answered(const Turn& turn) {
  const Line& line = turn.line;
  const Heard& heard = *turn.heard;
  if (heard.condition == imap::Condition::kBye) {
    is_over = said_bye = true;
    refused.greeting = line.is_connection();
    return;
  }
  if (line.is_connection()) {
    greeted = heard.is_ok();
    has_user = heard.condition == imap::Condition::kPreauth;
    refused.greeting = is_over = heard.is_refusal();
    learn_code(heard.code);
  } else if (is_login(line.input)) {
    logged_in(turn);
  } else if (is_select(line.input)) {
    if (line.is_command()) opened(turn, std::exchange(opening_, std::nullopt));
  } else if (line.is(Input::kStarttls)) {
    refused.starttls = heard.is_refusal();
  } else if (heard.is_ok()) {
    done(line, heard);
  }
  refused.seemed_ok = heard.is_refusal() && heard.says_ok;
}

void Known::logged_in(const Turn& turn) {
  const Heard& heard = *turn.heard;
  if (heard.is_more()) return;
  const bool is_told = std::exchange(told_in_login_, false);
  refused.login = heard.is_refusal() && !has_user;
  if (!heard.is_ok()) return;
  has_user = true;
  refused = {};
  if (!is_told) capabilities.reset();  // they may be others now (RFC 9051 §6.1.1)
  learn_code(heard.code);
}

// A SELECT that fails closes what was open, too.
void Known::opened(const Turn& turn, const std::optional<Mailbox>& before) {
  if (turn.heard->is_ok()) {
    mailbox = before ? before : Mailbox(turn.line.is(Input::kExamine));
    refused.select = refused.had_mailbox = false;
    return;
  }
  refused.had_mailbox = mailbox.has_value() || (refused.select && refused.had_mailbox);
  refused.select = has_user;
  mailbox.reset();
}

void Known::done(const Line& line, const Heard& heard) {
  switch (line.input) {
    case Input::kId: said_id = true; break;
    case Input::kEnable: {
      const std::string& said = line.bytes;
      utf8 = utf8 || core::to_upper(said).find("UTF8=ACCEPT") != std::string::npos ||
             core::to_upper(said).find("IMAP4REV2") != std::string::npos;
      break;
    }
    case Input::kClose:
    case Input::kUnselect: mailbox.reset(); [[fallthrough]];
    case Input::kExpunge:
    case Input::kMove: has_marks = has_marks && line.is(Input::kUnselect); break;
    case Input::kLogout: is_over = true; break;
    case Input::kStore: has_marks = stores_deleted(line) || (has_marks && !stores_deleted(line, false)); break;
    default: break;
  }
  if (mailbox) mailbox->answered(line);
  learn_code(heard.code);
}

void Known::secured() {
  if (!greeted) {
    encrypted = true;
    return;
  }
  Known fresh;
  fresh.greeted = fresh.encrypted = true;
  *this = std::move(fresh);
}

}  // namespace imap_judge
