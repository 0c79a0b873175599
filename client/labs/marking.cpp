#include "client/labs/marking.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "client/labs/conditions.h"
#include "client/labs/first_word.h"
#include "client/labs/record.h"
#include "client/labs/unjudged.h"
#include "core/show.h"

namespace lab {
namespace {

// Mistakes that some check of the lab names.
std::set<std::string> named_mistakes(const Lab& lab) {
  std::set<std::string> named;
  for (const Check& check : lab.checks) {
    for (const Condition& condition : check.conditions) {
      if (condition.key == "never") named.insert(condition.values.begin(), condition.values.end());
    }
  }
  return named;
}

class Marker {
 public:
  Marker(const Lab& lab, const Trials& trials, const knowledge::Knowledge& knowledge)
      : lab_(lab),
        trials_(trials),
        knowledge_(knowledge),
        normal_(trials.find("normal", false)),
        forgiven_(trials.find("normal", true)) {}

  Sheet mark() {
    sheet_.lab = lab_.id;
    sheet_.number = lab_.number;
    sheet_.title = lab_.title;
    for (const Check& check : lab_.checks) sheet_.checks.push_back(result_of(check));
    if (const auto besides = other_mistakes()) sheet_.checks.push_back(*besides);
    for (const CheckResult& check : sheet_.checks) {
      sheet_.points += check.points;
      sheet_.of += check.of;
    }
    for (const Evidence& evidence : trials_.all) add_record(evidence);
    decide();
    return std::move(sheet_);
  }

 private:
  // What a check looked at in one trial, and what held against it.
  struct Look {
    bool holds = true;
    Held held;
    const Evidence* evidence = nullptr;
  };

  // From the trial in which its mistake was forgiven, but for the check that names it.
  const Evidence* evidence_for(const Check& check, const std::string& trial) const {
    if (trial != "normal" || forgiven_ == nullptr) return trials_.find(trial, false);
    const Held own = look_at(check, *normal_).held;
    const std::string& mistake = forgiven_->forgiven.front();
    const bool is_its = std::find(own.ids.begin(), own.ids.end(), mistake) != own.ids.end();
    return is_its ? normal_ : forgiven_;
  }

  static Look look_at(const Check& check, const Evidence& evidence) {
    for (const Condition& condition : check.conditions) {
      Held held = look(condition, evidence);
      if (!held.holds) return {false, std::move(held), &evidence};
    }
    return {};
  }

  CheckResult result_of(const Check& check) {
    CheckResult result;
    result.name = check.name;
    result.kind = check.kind;
    result.title = check.title;
    result.of = check.kind == CheckKind::kMust ? check.points : 0;
    result.hints = check.hints;
    if (!check.lesson.empty()) result.lesson = "smtplab step " + check.lesson;
    bool was_seen = false;
    Look failed;
    for (const std::string& trial : check.trials) {
      const Evidence* const evidence = evidence_for(check, trial);
      if (evidence == nullptr || !failed.holds) continue;
      was_seen = true;
      failed = look_at(check, *evidence);
    }
    const std::string* const lacking = unfulfilled(check);
    if (!failed.holds && lacking == nullptr) {
      fail(result, check, failed);
    } else if (!failed.holds || !was_seen || is_hollow(check, lacking)) {
      result.outcome = Outcome::kNotTried;
      result.reason = lacking == nullptr ? core::Text{"no message was accepted at normal speed", "正常速度下没有邮件被收下"}
                                         : core::phrase("it needs '{0}', which is not fulfilled",
                                                        "它以“{0}”为前提，而这一项没有做到", {*lacking});
    } else {
      result.points = result.of;
      fulfilled_.insert(check.name);
    }
    return result;
  }

  // Where what it needs is missing, that nothing was done wrong shows nothing.
  static bool is_hollow(const Check& check, const std::string* lacking) {
    return lacking != nullptr && std::all_of(check.conditions.begin(), check.conditions.end(), [](const Condition& condition) {
             return condition.key == "never" || condition.key == "field_lacks" || condition.key == "output_lacks";
           });
  }

  const std::string* unfulfilled(const Check& check) const {
    for (const std::string& need : check.needs) {
      if (!fulfilled_.contains(need) && !is_forgiven(need)) return &need;
    }
    return nullptr;
  }

  [[nodiscard]] bool is_forgiven(const std::string& name) const {
    if (forgiven_ == nullptr) return false;
    const auto hit =
        std::find_if(sheet_.checks.begin(), sheet_.checks.end(), [&](const auto& one) { return one.name == name; });
    return hit != sheet_.checks.end() &&
           std::find(hit->findings.begin(), hit->findings.end(), forgiven_->forgiven.front()) != hit->findings.end();
  }

  void fail(CheckResult& result, const Check& check, const Look& look) const {
    const Held& held = look.held;
    result.outcome = Outcome::kFailed;
    result.trial = look.evidence->trial;
    result.findings = held.ids;
    result.reason = reason_for(held, check, knowledge_);
    result.expected = core::show_bytes(held.expected);
    result.actual = core::show_bytes(held.actual);
    result.around = held.lines;
    if (!held.visit) return;
    const program::Visit& visit = look.evidence->visits[*held.visit];
    result.connection = visit.number;
    if (held.event) result.around = lines_around(visit, *held.event);
  }

  // First causes at normal speed that no check names: told, and they cost nothing.
  std::optional<CheckResult> other_mistakes() const {
    const std::set<std::string> named = named_mistakes(lab_);
    CheckResult result;
    result.name = "also";
    result.kind = CheckKind::kNote;
    result.outcome = Outcome::kFailed;
    result.title = {"nothing else is wrong", "没有别的问题"};
    result.trial = "normal";
    const Evidence* const evidence = forgiven_ != nullptr ? forgiven_ : normal_;
    for (const program::Visit& visit : evidence->visits) {
      for (const findings::Finding& finding : visit.wrong) {
        const auto& ids = result.findings;
        const bool is_known = std::find(ids.begin(), ids.end(), finding.id) != ids.end() || named.contains(finding.id);
        const bool is_pardoned = forgiven_ != nullptr && forgiven_->forgiven.front() == finding.id;
        if (finding.follows || is_known || is_pardoned) continue;
        result.findings.push_back(finding.id);
        if (result.findings.size() > 1 || finding.events.empty()) continue;
        result.connection = visit.number;
        result.around = lines_around(visit, finding.events.front());
      }
    }
    if (result.findings.empty()) return std::nullopt;
    Held held;
    held.ids = result.findings;
    result.reason = reason_for(held, {}, knowledge_);
    return result;
  }

  void add_record(const Evidence& evidence) {
    const auto trial =
        std::find_if(lab_.trials.begin(), lab_.trials.end(), [&](const Trial& one) { return one.name == evidence.trial; });
    TrialRecord record = record_of(*trial, evidence, knowledge_);
    if (!evidence.forgiven.empty()) {
      record.name += "-forgiven";
      record.title = core::phrase("the same with {0} forgiven", "同上，但原谅了 {0}", {evidence.forgiven.front()});
    }
    sheet_.trials.push_back(std::move(record));
  }

  [[nodiscard]] bool is_purpose_missed() const {
    for (std::size_t at = 0; at < lab_.checks.size(); ++at) {
      if (lab_.checks[at].is_purpose && sheet_.checks[at].outcome != Outcome::kPassed) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<Unjudged> unjudged() const {
    if (auto left = placeholder_left(*normal_)) return left;
    const bool is_lost = sheet_.verdict == Verdict::kFail || sheet_.verdict == Verdict::kPartial;
    return is_lost && !normal_->driven ? why_not_judged(*normal_) : std::nullopt;
  }

  void decide() {
    const bool has_failed = std::any_of(sheet_.checks.begin(), sheet_.checks.end(), [](const CheckResult& check) {
      return check.kind == CheckKind::kMust && check.outcome != Outcome::kPassed;
    });
    const bool has_notes = std::any_of(sheet_.checks.begin(), sheet_.checks.end(),
                                       [](const CheckResult& check) { return check.outcome == Outcome::kFailed; });
    if (is_purpose_missed()) {
      sheet_.verdict = Verdict::kFail;
    } else if (has_failed) {
      sheet_.verdict = Verdict::kPartial;
    } else {
      sheet_.verdict = has_notes ? Verdict::kPassWithNotes : Verdict::kFull;
    }
    if (auto why = unjudged()) {
      sheet_.verdict = Verdict::kNotJudged;
      sheet_.first = why->id;
      sheet_.sentence = why->sentence;
      sheet_.unjudged = std::move(why->sentence);
      return;
    }
    say_first(sheet_, *normal_, knowledge_);
  }

  const Lab& lab_;
  const Trials& trials_;
  const knowledge::Knowledge& knowledge_;
  const Evidence* normal_;
  const Evidence* forgiven_;
  std::set<std::string> fulfilled_;
  Sheet sheet_;
};

}  // namespace

const Evidence* Trials::find(std::string_view name, bool forgiven) const {
  const auto hit = std::find_if(all.begin(), all.end(), [&](const Evidence& evidence) {
    return evidence.trial == name && evidence.forgiven.empty() != forgiven;
  });
  return hit == all.end() ? nullptr : &*hit;
}

Sheet mark(const Lab& lab, const Trials& trials, const knowledge::Knowledge& knowledge) {
  return Marker(lab, trials, knowledge).mark();
}

}  // namespace lab
