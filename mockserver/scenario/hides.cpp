// Which rules can never be reached.
#include <algorithm>

#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

bool implied(Wanted earlier, Wanted later) { return earlier == Wanted::kAny || earlier == later; }

// Whatever the earlier one asks, the later one asks it too, or more.
bool implied(const When& earlier, const When& later) {
  if (!implied(earlier.order, later.order) || !implied(earlier.syntax, later.syntax)) return false;
  return std::all_of(earlier.conditions.begin(), earlier.conditions.end(), [&](const Condition& one) {
    return std::any_of(later.conditions.begin(), later.conditions.end(),
                       [&](const Condition& other) { return is_implied(one, other); });
  });
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
         later.when.asks("recipients_over");
}

}  // namespace

bool hides(const Rule& earlier, const Rule& later, const std::vector<ReplyEntry>& replies) {
  return always_decides(earlier) && !lets_refusals_pass(earlier, later, replies) && takes_the_same(earlier, later) &&
         implied(earlier.when, later.when);
}

}  // namespace scenario
