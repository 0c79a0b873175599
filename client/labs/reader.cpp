#include "client/labs/reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "client/labs/conditions.h"
#include "client/labs/files.h"
#include "client/labs/given.h"
#include "client/labs/table.h"
#include "core/nearest.h"
#include "core/show.h"
#include "document/problems.h"

namespace lab {
namespace {

using document::Node;
using document::Problems;

constexpr int kMostPoints = 100;

// Texts and lists of texts; with "key.0" and on for the items.
Given read_given(const Node* node, Problems& problems) {
  Given given;
  if (node == nullptr) return given;
  Table table(*node, problems);
  for (const std::string& key : table.others()) {
    const std::vector<std::string> values = table.values(key);
    std::string joined;
    for (std::size_t at = 0; at < values.size(); ++at) {
      joined += (at == 0 ? "" : ",") + values[at];
      given[key + "." + std::to_string(at)] = values[at];
    }
    given[key] = joined;
  }
  return given;
}

Trial read_trial(const Node& node, Problems& problems) {
  Table table(node, problems);
  Trial trial;
  trial.name = table.need_string("name");
  trial.title = table.need_text("title");
  trial.server = table.string("server");
  trial.probes = table.string("with");
  trial.given = read_given(table.table("given"), problems);
  if (node.find("input") != nullptr) trial.input = table.string("input");
  table.finish();
  return trial;
}

std::vector<Condition> read_conditions(Table& table) {
  std::vector<Condition> conditions;
  for (const std::string& key : table.others()) {
    const ConditionRow* const row = find_condition(key);
    if (row == nullptr) continue;  // finish() refuses it
    Condition condition{key, table.values(row->key)};
    if (const core::Text wrong = row->check(condition.values); !wrong.empty()) table.refuse(key, wrong);
    conditions.push_back(std::move(condition));
  }
  // A mistake says more than what is missing because of it.
  std::stable_partition(conditions.begin(), conditions.end(), [](const Condition& one) { return one.key == "never"; });
  return conditions;
}

Check read_check(const Node& node, Problems& problems) {
  Table table(node, problems);
  Check check;
  check.name = table.need_string("name");
  check.kind = table.word("kind", {"must", "note"}) == 0 ? CheckKind::kMust : CheckKind::kNote;
  check.points = table.integer("points", 1, kMostPoints).value_or(1);
  check.title = table.need_text("title");
  check.is_purpose = table.flag("purpose");
  check.needs = table.strings("needs");
  check.trials = table.strings("trials");
  if (check.trials.empty()) check.trials = {"normal"};
  check.why = table.text("why");
  check.lesson = table.string("lesson");
  for (const Node* const hint : table.tables("hint")) {
    Table text(*hint, problems);
    check.hints.push_back({text.need_string("en"), text.need_string("zh")});
    text.finish();
  }
  check.conditions = read_conditions(table);
  const std::vector<std::string_view> keys = condition_keys();
  table.finish(keys);
  return check;
}

Answer read_answer(const Node& node, Problems& problems) {
  Table table(node, problems);
  Answer answer{table.strings("asks"), table.string("gives"), table.flag("once")};
  if (node.find("gives") == nullptr) answer.gives = table.need_string("gives");
  table.finish();
  return answer;
}

Talk read_talk(const Node& node, Problems& problems) {
  Table table(node, problems);
  Talk talk{table.need_string("name"), table.need_text("title"), {}};
  for (const std::string& line : table.strings("lines")) {
    auto turn = parse_turn(line);
    if (turn) {
      talk.turns.push_back(std::move(*turn));
    } else {
      table.refuse("lines", turn.error().text, turn.error().hint);
    }
  }
  table.finish();
  return talk;
}

template <typename Row>
auto by_name(std::vector<Row>& rows, std::string_view name) {
  return std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
}

// A row of the same name gives way.
template <typename Row>
void put(std::vector<Row>& rows, Row row) {
  const auto hit = by_name(rows, row.name);
  if (hit != rows.end()) {
    *hit = std::move(row);
  } else {
    rows.push_back(std::move(row));
  }
}

template <typename Row>
std::vector<std::string_view> names_of(const std::vector<Row>& rows) {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.name);
  return names;
}

// All tables under one key, which is all that the file has.
template <typename Row>
core::Result<void> read_rows(const document::Document& file, std::string_view key, Row (*read)(const Node&, Problems&),
                             std::vector<Row>& rows) {
  Problems problems(file);
  Table table(file.root, problems);
  for (const Node* const node : table.tables(key)) rows.push_back(read(*node, problems));
  table.finish();
  if (!problems.empty()) return core::Failure(problems.error());
  return {};
}

class Reader {
 public:
  Reader(const document::Document& file, const Shared& shared)
      : problems_(file),
        table_(file.root, problems_),
        checks_(shared.checks),
        trials_(shared.trials),
        shared_answers_(shared.answers) {}

  core::Result<Lab> read(const std::string& id) {
    lab_.id = id;
    lab_.number = table_.integer("number", 1, 1000).value_or(0);
    lab_.factor = table_.integer("factor", 1, 3600).value_or(1);
    lab_.kind = static_cast<Kind>(table_.word("kind", {"program", "server", "hand", "answer"}));
    lab_.title = table_.need_text("title");
    lab_.task = table_.need_text("task");
    lab_.given = read_given(table_.table("given"), problems_);
    for (const Node* const file : table_.tables("file")) lab_.files.push_back(read_file(*file, problems_));
    for (const Node* const answer : table_.tables("answer")) lab_.answers.push_back(read_answer(*answer, problems_));
    lab_.answers.insert(lab_.answers.end(), shared_answers_.begin(), shared_answers_.end());
    for (const Node* const talk : table_.tables("talk")) lab_.talks.push_back(read_talk(*talk, problems_));
    read_trials();
    check_files();
    read_checks();
    table_.finish();
    if (!problems_.empty()) return core::Failure(problems_.error());
    return std::move(lab_);
  }

 private:
  void read_trials() {
    const std::string server = table_.string("server");
    for (const Node* const trial : table_.tables("trial")) put(trials_, read_trial(*trial, problems_));
    std::vector<std::string> names = table_.strings("trials");
    if (names.empty() || names.front() != "normal") names.insert(names.begin(), "normal");
    for (const std::string& name : names) {
      const auto hit = by_name(trials_, name);
      if (hit == trials_.end()) {
        table_.refuse("trials", core::phrase("there is no trial '{0}'", "没有 '{0}' 这种运行方式", {core::show_bytes(name)}),
                      core::proposal(name, names_of(trials_)));
        continue;
      }
      lab_.trials.push_back(*hit);
      if (lab_.trials.back().server.empty()) lab_.trials.back().server = server;
    }
  }

  // What a trial gives may have letters that a file's charset does not have.
  void check_files() {
    for (const GivenFile& file : lab_.files) {
      for (const Trial& trial : lab_.trials) {
        if (can_be_written(file, given_in(lab_, trial))) continue;
        table_.refuse("file", core::phrase("what the trial '{0}' gives cannot be written in '{1}', as {2} is to be",
                                           "{2} 要用 '{1}' 编码，而 '{0}' 这次运行给出的文字无法这样表示",
                                           {trial.name, core::show_bytes(file.encoding), core::show_bytes(file.name)}));
      }
    }
  }

  void take(const std::string& name, CheckKind kind, const char* key) {
    const auto hit = by_name(checks_, name);
    if (hit == checks_.end())
      return table_.refuse(key, core::phrase("there is no check '{0}'", "没有检查项 '{0}'", {core::show_bytes(name)}),
                           core::proposal(name, names_of(checks_)));
    Check check = *hit;
    check.kind = kind;
    lab_.checks.push_back(std::move(check));
  }

  void read_checks() {
    std::vector<Check> own;
    for (const Node* const check : table_.tables("check")) own.push_back(read_check(*check, problems_));
    for (const Check& check : own) put(checks_, check);
    for (const std::string& name : table_.strings("musts")) take(name, CheckKind::kMust, "musts");
    for (const std::string& name : table_.strings("notes")) take(name, CheckKind::kNote, "notes");
    for (Check& check : own) {
      if (by_name(lab_.checks, check.name) == lab_.checks.end()) lab_.checks.push_back(std::move(check));
    }
    if (lab_.checks.empty()) table_.refuse("musts", {"nothing is looked at", "没有任何检查项"});
    // What needs something that is not looked at here needs nothing; what needs something stands behind it.
    std::set<std::string, std::less<>> known;
    for (Check& check : lab_.checks) {
      std::erase_if(check.needs, [&](const std::string& name) { return !known.contains(name); });
      std::erase_if(check.trials, [&](const std::string& name) { return by_name(lab_.trials, name) == lab_.trials.end(); });
      if (check.trials.empty()) check.trials = {"normal"};
      known.insert(check.name);
    }
  }

  Problems problems_;
  Table table_;
  std::vector<Check> checks_;
  std::vector<Trial> trials_;
  const std::vector<Answer>& shared_answers_;
  Lab lab_;
};

}  // namespace

core::Result<Shared> read_shared(const document::Document& checks, const document::Document& trials,
                                 const document::Document& answers) {
  Shared shared;
  auto done = read_rows(checks, "check", read_check, shared.checks);
  if (done) done = read_rows(trials, "trial", read_trial, shared.trials);
  if (done) done = read_rows(answers, "answer", read_answer, shared.answers);
  if (!done) return core::Failure(done.error());
  return shared;
}

core::Result<Lab> read_lab(const document::Document& file, const std::string& id, const Shared& shared) {
  return Reader(file, shared).read(id);
}

}  // namespace lab
