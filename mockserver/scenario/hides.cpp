// Which rules can never be reached.
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Nothing asked, or the same asked.
template <typename T>
bool implied(const std::optional<T>& earlier, const std::optional<T>& later) {
  return !earlier || earlier == later;
}

// A pattern takes every text that the other one takes, as far as that is seen at once.
bool implied(const std::optional<Pattern>& earlier, const std::optional<Pattern>& later) {
  return !earlier || earlier == later || (later && later->is_literal() && earlier->matches(later->text()));
}

bool implied(Wanted earlier, Wanted later) { return earlier == Wanted::kAny || earlier == later; }

bool implied(const std::shared_ptr<const MessageWhen>& earlier, const std::shared_ptr<const MessageWhen>& later) {
  return earlier == nullptr || (later != nullptr && *earlier == *later);
}

// What is over the later limit is over the earlier one.
bool limit_implied(const std::optional<std::size_t>& earlier, const std::optional<std::size_t>& later) {
  return !earlier || (later && *earlier <= *later);
}

bool session_implied(const When& a, const When& b) {
  return implied(a.order, b.order) && implied(a.syntax, b.syntax) && implied(a.state, b.state) &&
         implied(a.authenticated, b.authenticated) && implied(a.hello, b.hello) && implied(a.tls, b.tls) &&
         implied(a.client, b.client) && implied(a.argument, b.argument) && implied(a.mistake, b.mistake) &&
         limit_implied(a.connections_over, b.connections_over);
}

bool login_implied(const When& a, const When& b) {
  return implied(a.mechanism, b.mechanism) && implied(a.initial_response, b.initial_response) && implied(a.wants, b.wants) &&
         implied(a.password, b.password) && implied(a.user, b.user) && implied(a.user_known, b.user_known);
}

bool mail_implied(const When& a, const When& b) {
  return implied(a.sender, b.sender) && implied(a.sender_is_login, b.sender_is_login) && implied(a.recipient, b.recipient) &&
         implied(a.recipient_known, b.recipient_known) && limit_implied(a.recipients_over, b.recipients_over) &&
         limit_implied(a.declared_size_over, b.declared_size_over) && limit_implied(a.size_over, b.size_over) &&
         implied(a.message, b.message);
}

bool takes_the_same(const Rule& earlier, const Rule& later) {
  if (earlier.on == later.on) return earlier.on != On::kCommand || earlier.verb == later.verb;
  if (earlier.on != On::kAny || later.on == On::kTimeout || later.on == On::kMidway) return false;
  // An unknown command is never in order and never well-formed; a rule for it does not ask, one for everything does.
  return later.on != On::kUnknown || (earlier.when.order == Wanted::kAny && earlier.when.syntax == Wanted::kAny);
}

// Whether it decides each time its other conditions hold. A rule for the middle of a message does so without a reply, too.
bool always_decides(const Rule& rule) {
  return (rule.reply || rule.on == On::kMidway) && !rule.when.chance && !rule.when.counting;
}

// A success of a rule does not overrule what the core refuses (a recipient too many …) unless it says so with order or syntax;
// a refusal puts it into its own words: behaviour.cpp.
bool lets_refusals_pass(const Rule& earlier, const Rule& later, const std::vector<ReplyEntry>& replies) {
  if (!earlier.reply || !later.reply || earlier.on == On::kUnknown) return false;
  if (earlier.when.order != Wanted::kRight || earlier.when.syntax != Wanted::kRight) return false;
  const ReplyEntry& success = replies[*earlier.reply];
  return !success.code_comes_late && !success.code.is_negative() && replies[*later.reply].code.is_negative() &&
         later.when.recipients_over.has_value();
}

}  // namespace

bool hides(const Rule& earlier, const Rule& later, const std::vector<ReplyEntry>& replies) {
  return always_decides(earlier) && !lets_refusals_pass(earlier, later, replies) && takes_the_same(earlier, later) &&
         session_implied(earlier.when, later.when) && login_implied(earlier.when, later.when) &&
         mail_implied(earlier.when, later.when);
}

}  // namespace scenario
