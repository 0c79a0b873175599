#include "client/labs/grading.h"

#include <algorithm>
#include <utility>

#include "client/explain/secrets.h"
#include "client/labs/marking.h"
#include "client/labs/record.h"
#include "client/labs/unjudged.h"

namespace lab {
namespace {

// Whether other trials can show anything: it did what the lab is about at normal speed.
bool is_alive(const Lab& lab, const Evidence& evidence) {
  const bool sends = std::any_of(lab.checks.begin(), lab.checks.end(), [](const Check& check) {
    return std::any_of(check.conditions.begin(), check.conditions.end(),
                       [](const Condition& one) { return one.key == "accepted"; });
  });
  return sends ? !evidence.messages.empty() : !evidence.visits.empty();
}

Sheet unstarted(const Lab& lab, const core::Error& error) {
  Sheet sheet;
  sheet.lab = lab.id;
  sheet.number = lab.number;
  sheet.title = lab.title;
  const Unjudged why = not_started(error.text);
  sheet.first = why.id;
  sheet.sentence = why.sentence;
  sheet.unjudged = why.sentence;
  for (const Check& check : lab.checks) sheet.of += check.kind == CheckKind::kMust ? check.points : 0;
  return sheet;
}

}  // namespace

core::Result<Sheet> grade(const Lab& lab, const Submission& submission, const scenario::Catalogue& catalogue,
                          const knowledge::Knowledge& knowledge) {
  Trials trials;
  auto normal = lab.kind == Kind::kServer ? conduct_server(lab, submission, catalogue, knowledge)
                                          : conduct(lab, lab.trials.front(), submission, {}, catalogue, knowledge);
  if (!normal && normal.error().id == "not-started") return unstarted(lab, normal.error());
  if (!normal) return core::Failure(normal.error());
  const auto pardon = pardon_for(lab, *normal);
  bool goes_on = lab.kind == Kind::kProgram && is_alive(lab, *normal);
  trials.all.push_back(std::move(*normal));
  std::vector<std::string> lenient;
  if (pardon) {
    lenient = pardon->quirks;
    auto again = conduct(lab, lab.trials.front(), submission, lenient, catalogue, knowledge);
    if (!again) return core::Failure(again.error());
    again->forgiven = {pardon->mistake};
    goes_on = is_alive(lab, *again);
    trials.all.push_back(std::move(*again));
  }
  for (std::size_t at = 1; at < lab.trials.size() && goes_on; ++at) {
    auto evidence = conduct(lab, lab.trials[at], submission, lenient, catalogue, knowledge);
    if (!evidence) return core::Failure(evidence.error());
    trials.all.push_back(std::move(*evidence));
  }
  Sheet sheet = mark(lab, trials, knowledge);
  sheet.command = without_said_secrets(explain::without_secrets(submission.command), trials.all);
  const auto& outcome = trials.all.front().outcome;
  if (!outcome.way)
    sheet.unprotected = {"no network could be closed: the program was not kept from the real one, nor its processes bounded",
                         "无法封闭网络：没有隔开真实网络，也没有限制它的进程"};
  return sheet;
}

}  // namespace lab
