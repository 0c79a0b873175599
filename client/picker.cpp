#include "client/picker.h"

#include <algorithm>
#include <utility>

#include "client/listing/first_steps.h"
#include "core/show.h"
#include "core/text.h"

namespace client {
namespace {

using screen::KeyName;
using screen::Role;

constexpr std::ptrdiff_t kPage = 10;

bool contains(std::string_view text, std::string_view part) { return core::matches_glob(text, "*" + std::string(part) + "*"); }

}  // namespace

Picker::Picker(std::vector<scenario::Head> scenarios, std::set<std::string> done, core::Language language)
    : scenarios_(std::move(scenarios)), done_(std::move(done)), language_(language) {
  settle();
}

// The filter fits other texts now: the selection may be behind the end.
void Picker::set_language(core::Language language) {
  language_ = language;
  settle();
}

void Picker::set_scenarios(std::vector<scenario::Head> scenarios) {
  scenarios_ = std::move(scenarios);
  settle();
}

bool Picker::fits(const scenario::Head& scenario) const {
  const std::string& filter = filter_.text();
  return filter.empty() || contains(scenario.id, filter) || contains(scenario.title.in(language_), filter) ||
         contains(scenario.summary.in(language_), filter) || contains(scenario.subject, filter) ||
         contains(subject_text(scenario.subject, language_), filter) || contains(scenario.code, filter);
}

// A place to begin, above the list as it is shown at first.
void Picker::add_first_steps(std::vector<Row>& rows) const {
  const std::vector<std::size_t> begin = first_steps(scenarios_);
  if (begin.empty() || by_ != GroupBy::kProvider || !filter_.text().empty()) return;
  rows.push_back({std::nullopt, true, say_word(Word::kBeginHere)});
  for (const std::size_t i : begin) rows.push_back({i, false, scenarios_[i].title.in(language_)});
  rows.push_back({std::nullopt, false, say_word(Word::kRealServer)});
}

std::vector<Picker::Row> Picker::rows() const {
  std::vector<Row> rows;
  add_first_steps(rows);
  for (Group& one : group(scenarios_, by_, language_)) {
    const std::size_t heading = rows.size();
    for (const std::size_t i : one.members) {
      if (fits(scenarios_[i])) rows.push_back({i, false, scenarios_[i].title.in(language_)});
    }
    if (rows.size() > heading) {
      rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(heading), {std::nullopt, true, std::move(one.heading)});
    }
  }
  if (filter_.text().empty()) rows.push_back({std::nullopt, false, say_word(Word::kRealServer)});
  return rows;
}

// Headings cannot be chosen: the selection goes on to the next row.
void Picker::settle() {
  const std::vector<Row> all = rows();
  if (all.empty()) {
    selected_ = 0;
    return;
  }
  selected_ = std::min(selected_, all.size() - 1);
  while (selected_ + 1 < all.size() && all[selected_].heading) ++selected_;
}

void Picker::select(std::string_view id) {
  const std::vector<Row> all = rows();
  const auto same = [&](const Row& row) { return row.scenario && scenarios_[*row.scenario].id == id; };
  const auto hit = std::find_if(all.begin(), all.end(), same);
  if (hit != all.end()) selected_ = static_cast<std::size_t>(hit - all.begin());
}

const scenario::Head* Picker::behind(std::string_view id) const {
  const auto next = lesson_behind(scenarios_, id);
  return next ? &scenarios_[*next] : nullptr;
}

// The same scenario stays selected.
void Picker::regroup() {
  const std::vector<Row> before = rows();
  by_ = next(by_);
  if (before.empty()) return;  // nothing fits the filter, however it is put together
  const Row& wanted = before[selected_];
  const std::vector<Row> after = rows();
  const auto same = [&](const Row& row) { return !row.heading && row.scenario == wanted.scenario; };
  selected_ = static_cast<std::size_t>(std::find_if(after.begin(), after.end(), same) - after.begin());
  settle();
}

void Picker::move(std::ptrdiff_t by) {
  const std::vector<Row> all = rows();
  if (all.empty()) return;
  const auto last = static_cast<std::ptrdiff_t>(all.size()) - 1;
  std::ptrdiff_t at = std::clamp(static_cast<std::ptrdiff_t>(selected_) + by, std::ptrdiff_t{0}, last);
  const std::ptrdiff_t direction = by < 0 ? -1 : 1;
  while (at > 0 && at < last && all[static_cast<std::size_t>(at)].heading) at += direction;
  selected_ = static_cast<std::size_t>(at);
  settle();
}

Picked Picker::choose() {
  const std::vector<Row> all = rows();
  if (all.empty() || all[selected_].heading) return {};
  if (const auto scenario = all[selected_].scenario) return PickedScenario{scenarios_[*scenario].id};
  server_.emplace();
  return {};
}

Picked Picker::press_server(const screen::Key& key) {
  if (key.name == KeyName::kEscape) {
    server_.reset();
  } else if (key.name == KeyName::kEnter) {
    if (auto entered = server_->entered()) {
      server_.reset();
      return std::move(*entered);
    }
    notice_ = say_word(Word::kRealServerBad);
  } else {
    server_->press(key);
  }
  return {};
}

Picked Picker::press(const screen::Key& key) {
  if (key.name == KeyName::kResize) return {};
  if (key.name == KeyName::kControl && key.text == "c") return PickQuit{};
  notice_.clear();
  if (server_) return press_server(key);
  if (help_) {
    help_ = false;
    return {};
  }
  switch (key.name) {
    case KeyName::kUp:
    case KeyName::kWheelUp: move(-1); return {};
    case KeyName::kDown:
    case KeyName::kWheelDown: move(1); return {};
    case KeyName::kPageUp: move(-kPage); return {};
    case KeyName::kPageDown: move(kPage); return {};
    case KeyName::kHome:
      selected_ = 0;
      settle();
      return {};
    case KeyName::kEnd:
      selected_ = rows().size();
      settle();
      return {};
    case KeyName::kEnter: filtering_ = false; return choose();
    case KeyName::kEscape:
      filtering_ = false;
      filter_ = {};
      settle();
      return {};
    case KeyName::kText:
    case KeyName::kPaste:
    case KeyName::kTab:
    case KeyName::kBackTab:
    case KeyName::kBackspace:
    case KeyName::kDelete:
    case KeyName::kLeft:
    case KeyName::kRight:
    case KeyName::kControl: break;
    case KeyName::kResize: return {};
  }
  if (filtering_) {
    filter_.press(key);
    selected_ = 0;
    settle();
  } else if (key.name == KeyName::kText) {
    if (key.text == "/") filtering_ = true;
    if (key.text == "g") regroup();
    if (key.text == "?") help_ = true;
    if (key.text == "L") return PickLanguage{};
    if (key.text == "q") return PickQuit{};
    if (key.text == "j") move(1);
    if (key.text == "k") move(-1);
  }
  return {};
}

screen::PickerScreen Picker::model() const {
  screen::PickerScreen out;
  out.title = say_word(Word::kPickTitle) + " · " + say_word(word_of(by_));
  out.filter = core::show_bytes(filter_.text());
  out.filtering = filtering_;
  out.selected = selected_;
  out.notice = notice_;
  for (const Row& row : rows()) {
    screen::PickerEntry entry;
    entry.heading = row.heading;
    entry.text = row.text;
    if (row.scenario) {
      const scenario::Head& scenario = scenarios_[*row.scenario];
      entry.done = done_.contains(scenario.id);
      entry.summary = scenario.summary.in(language_);
    } else if (!row.heading) {
      entry.summary = say_word(Word::kRealServerSummary);
    }
    out.entries.push_back(std::move(entry));
  }
  if (out.entries.empty()) out.notice = say_word(Word::kNoMatch);
  const auto hint = [&](std::string_view key, Word label) { out.keys.push_back({std::string(key), say_word(label), true}); };
  hint("↑↓ Enter", Word::kChoose);
  hint("/", Word::kFilterKey);
  hint("g", word_of(next(by_)));
  hint("L", Word::kLanguage);
  hint("?", Word::kAllKeys);
  hint("q", Word::kQuit);
  if (server_) {
    out.overlay = server_->overlay(language_);
    out.keys.clear();  // letters belong to the form, which names its own keys
  } else if (help_) {
    out.overlay = help_overlay(out.keys);
  }
  return out;
}

screen::Overlay Picker::help_overlay(const std::vector<screen::KeyHint>& keys) const {
  screen::Overlay overlay;
  overlay.title = say_word(Word::kHelpTitle);
  for (const screen::KeyHint& key : keys) overlay.lines.push_back({{Role::kStrong, key.key + "  "}, {Role::kPlain, key.label}});
  overlay.lines.push_back({{Role::kStrong, "j k PgUp PgDn Home End  "}, {Role::kPlain, "↑ ↓"}});
  overlay.footer = "Esc " + say_word(Word::kClose);
  return overlay;
}

}  // namespace client
