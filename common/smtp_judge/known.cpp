#include "smtp_judge/known.h"

#include <utility>

#include "core/text.h"

namespace smtp_judge {
namespace {

using smtp::Input;

void close_transaction(Known& known) {
  known.mail_open = false;
  known.recipients.clear();
  known.named.clear();
  known.refused_recipients = 0;
  known.refused.mail = known.refused.data = false;
}

// The command as it was meant: a server may take what does not fit the grammar.
smtp::Command meant(const Line& line) {
  if (line.parsed.command) return *line.parsed.command;
  return smtp::taken_as_written(line.text(), line.input).value_or(smtp::Command{});
}

void recipient_answered(Known& known, const Line& line, smtp::ReplyCode code) {
  smtp::Path path = line.parsed.command ? line.parsed.command->path : meant(line).path;
  known.named.push_back(path.address());
  if (code.is_positive()) known.recipients.push_back(std::move(path));
  if (code.is_negative()) ++known.refused_recipients;
}

void hello_answered(Known& known, const Turn& turn, bool taken) {
  known.refused.hello = !taken && known.hello == Hello::kNone;
  if (!taken) return;
  close_transaction(known);
  known.hello = turn.line.input == Input::kEhlo ? Hello::kEhlo : Hello::kHelo;
  known.extensions = known.hello == Hello::kEhlo ? smtp::Extensions::from_reply(turn.heard->reply) : smtp::Extensions();
  known.upgraded = false;
}

void mail_answered(Known& known, const Turn& turn, bool taken) {
  if (taken) {
    close_transaction(known);
    known.mail_open = true;
    known.mail = meant(turn.line);
  }
  known.refused.mail = !taken && !known.mail_open;
}

}  // namespace

std::string Heard::words() const {
  std::string words;
  for (const std::string& line : reply.lines) words += core::to_lower(line) + "\n";
  return words;
}

smtp::State Known::state() const {
  if (!greeted) return refused.greeting ? smtp::State::kRefused : smtp::State::kConnected;
  if (mail_open) return recipients.empty() ? smtp::State::kMail : smtp::State::kRcpt;
  return hello == Hello::kNone ? smtp::State::kGreeted : smtp::State::kReady;
}

void Known::answered(const Turn& turn, std::string_view who) {
  const smtp::ReplyCode code = turn.heard->reply.code;
  const bool taken = code.is_positive();
  const bool is_refused = code.is_negative();
  if (code.value() == 421) is_over = true;
  switch (turn.line.input) {
    case Input::kConnect:
      greeted = taken;
      refused.greeting = is_refused;
      break;
    case Input::kHelo:
    case Input::kEhlo: hello_answered(*this, turn, taken); break;
    case Input::kAuth:
    case Input::kAuthResponse:
      refused.login = is_refused;
      if (taken) has_user = true;
      if (taken) user = who;
      break;
    case Input::kMail: mail_answered(*this, turn, taken); break;
    case Input::kRcpt: recipient_answered(*this, turn.line, code); break;
    case Input::kData: refused.data = is_refused; break;
    case Input::kMessage:
      if (taken) ++messages;
      close_transaction(*this);
      break;
    case Input::kRset:
      if (taken) close_transaction(*this);
      break;
    case Input::kQuit:
      if (taken) is_over = true;
      break;
    default: break;
  }
}

void Known::secured() {
  if (!greeted) {
    encrypted = true;
    return;
  }
  Known fresh;
  fresh.greeted = true;
  fresh.encrypted = fresh.upgraded = true;
  fresh.messages = messages;
  // What a server that does not insist on a new EHLO goes on with.
  fresh.extensions = std::move(extensions);
  *this = std::move(fresh);
}

}  // namespace smtp_judge
