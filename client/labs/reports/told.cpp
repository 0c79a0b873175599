#include "client/labs/reports/told.h"

#include <algorithm>
#include <set>

#include "client/labs/reports/words.h"
#include "core/show.h"

namespace reports {
namespace {

const lab::Seen* mistake_in(const lab::TrialRecord& trial, std::string_view id, std::uint64_t connection) {
  for (const lab::Dialogue& dialogue : trial.dialogues) {
    if (connection != 0 && dialogue.connection != connection) continue;
    for (const lab::Seen& seen : dialogue.findings) {
      if (seen.id == id) return &seen;
    }
  }
  return nullptr;
}

// One word of a command line, quoted where a POSIX shell would take it apart or read something into it.
std::string shell_word(const std::string& argument) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) return argument;
  return "'" + core::replace_all(core::show_bytes(argument), "'", R"('\'')") + "'";
}

std::string without_noncharacters(const std::string& text) {
  return core::replace_all(core::replace_all(text, "\xEF\xBF\xBE", "\\xef\\xbf\\xbe"), "\xEF\xBF\xBF", "\\xef\\xbf\\xbf");
}

}  // namespace

const lab::TrialRecord* trial(const lab::Sheet& sheet, std::string_view name) {
  const auto found = std::find_if(sheet.trials.begin(), sheet.trials.end(), [&](const auto& one) { return one.name == name; });
  return found == sheet.trials.end() ? nullptr : &*found;
}

const lab::Seen* mistake(const lab::Sheet& sheet, const lab::CheckResult& check, std::string_view id) {
  if (const lab::TrialRecord* const where = trial(sheet, check.trial)) {
    if (const lab::Seen* const seen = mistake_in(*where, id, check.connection)) return seen;
    if (const lab::Seen* const seen = mistake_in(*where, id, 0)) return seen;
  }
  for (const lab::TrialRecord& one : sheet.trials) {
    if (const lab::Seen* const seen = mistake_in(one, id, 0)) return seen;
  }
  return nullptr;
}

bool is_first(const lab::Sheet& sheet, const lab::CheckResult& check) {
  if (sheet.first.empty() || check.outcome != lab::Outcome::kFailed) return false;
  const auto first = std::find_if(sheet.checks.begin(), sheet.checks.end(), [&](const lab::CheckResult& one) {
    return one.outcome == lab::Outcome::kFailed &&
           (one.name == sheet.first || std::find(one.findings.begin(), one.findings.end(), sheet.first) != one.findings.end());
  });
  return first != sheet.checks.end() && &*first == &check;
}

std::vector<const lab::CheckResult*> failed(const lab::Sheet& sheet) {
  std::vector<const lab::CheckResult*> checks;
  for (const lab::CheckResult& check : sheet.checks) {
    if (check.outcome == lab::Outcome::kFailed) checks.push_back(&check);
  }
  const auto rank = [&](const lab::CheckResult* check) {
    return is_first(sheet, *check) ? 0 : check->kind == lab::CheckKind::kMust ? 1 : 2;
  };
  std::stable_sort(checks.begin(), checks.end(), [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
  return checks;
}

std::vector<Besides> besides(const lab::Sheet& sheet) {
  std::set<std::string_view> told;
  for (const lab::CheckResult& check : sheet.checks) told.insert(check.findings.begin(), check.findings.end());
  std::vector<Besides> all;
  for (const lab::TrialRecord& one : sheet.trials) {
    for (const lab::Dialogue& dialogue : one.dialogues) {
      for (const lab::Seen& seen : dialogue.findings) {
        if (told.insert(seen.id).second) all.push_back({&seen, &one});
      }
    }
  }
  return all;
}

core::Text heading(const lab::Sheet& sheet) {
  if (sheet.number == 0) return sheet.title;
  return core::phrase("{0} {1} · {2}", "{0} {1} · {2}", {text(kLab), sheet.number, sheet.title});
}

core::Text mark(const lab::Sheet& sheet) {
  const core::Text verdict = lab::words(sheet.verdict);
  if (sheet.verdict == lab::Verdict::kNotJudged) return verdict;
  return core::phrase("{0} · {1} of {2} points", "{0} · {1}/{2} 分", {verdict, sheet.points, sheet.of});
}

core::Text sentence(const lab::Sheet& sheet) { return sheet.unjudged.empty() ? sheet.sentence : sheet.unjudged; }

core::Text reason(const lab::CheckResult& check) {
  return check.reason.empty() && check.outcome == lab::Outcome::kNotTried ? text(kNotTried) : check.reason;
}

bool tells_why(const core::Text& reason, const lab::Seen& seen) {
  return reason.en.find(seen.why.en) != std::string::npos && reason.zh.find(seen.why.zh) != std::string::npos;
}

std::string_view sign(const lab::CheckResult& check) {
  switch (check.outcome) {
    case lab::Outcome::kPassed: return "✓";
    case lab::Outcome::kFailed: return check.kind == lab::CheckKind::kMust ? "✗" : "!";
    case lab::Outcome::kNotTried: return "–";
  }
  return "";
}

core::Text in_trial(const lab::TrialRecord& trial) {
  if (trial.title.empty()) return core::same(trial.name);
  return core::phrase("{0}: {1}", "{0}：{1}", {trial.name, trial.title});
}

std::string command(const lab::Sheet& sheet) {
  std::string line;
  for (const std::string& argument : sheet.command) line += (line.empty() ? "" : " ") + shell_word(argument);
  return line;
}

std::string_view speaker(lab::Line::From from) {
  switch (from) {
    case lab::Line::From::kClient: return "C";
    case lab::Line::From::kServer: return "S";
    case lab::Line::From::kNote: return "·";
  }
  return "";
}

std::int64_t took(const lab::Sheet& sheet) {
  std::int64_t all = 0;
  for (const lab::TrialRecord& one : sheet.trials) all += one.took;
  return all;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(without_noncharacters(core::show_bytes(line)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string safe(std::string_view text) {
  std::string out;
  for (const std::string& line : lines_of(text)) out += line + "\n";
  if (!out.empty() && !text.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace reports
