// The list one chooses a scenario from, without a terminal: keys in, a choice and a screen model out.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/base/words.h"
#include "client/listing/groups.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"
#include "client/server_form.h"
#include "client/stepper/text_field.h"
#include "core/text.h"
#include "mockserver/scenario/head.h"

namespace client {

// What was chosen: the id of a scenario, or a real server.
struct PickedScenario {
  std::string id;
};
struct PickQuit {};
struct PickLanguage {};
using Picked = std::variant<std::monostate, PickedScenario, PickedServer, PickQuit, PickLanguage>;

class Picker {
 public:
  // done: ids of scenarios that were finished before. Scenarios are shown by provider at first.
  Picker(std::vector<scenario::Head> scenarios, std::set<std::string> done, core::Language language);

  // One key; std::monostate while nothing is chosen.
  Picked press(const screen::Key& key);
  void set_language(core::Language language);
  void set_scenarios(std::vector<scenario::Head> scenarios);
  void set_done(std::set<std::string> done) { done_ = std::move(done); }
  // Puts the selection on this scenario, if the list has it as it is shown now.
  void select(std::string_view id);
  // The lesson behind this one, as the list has them; null when there is none.
  [[nodiscard]] const scenario::Head* behind(std::string_view id) const;
  // One sentence shown until the next key.
  void say(std::string notice) { notice_ = std::move(notice); }

  [[nodiscard]] screen::PickerScreen model() const;

 private:
  struct Row {
    std::optional<std::size_t> scenario;  // index; nothing: a heading or the real server
    bool heading = false;
    std::string text;
  };

  [[nodiscard]] std::vector<Row> rows() const;
  void add_first_steps(std::vector<Row>& rows) const;
  [[nodiscard]] bool fits(const scenario::Head& scenario) const;
  Picked choose();
  Picked press_server(const screen::Key& key);
  void move(std::ptrdiff_t by);
  [[nodiscard]] screen::Overlay help_overlay(const std::vector<screen::KeyHint>& keys) const;
  void settle();
  void regroup();
  [[nodiscard]] std::string say_word(Word which) const { return std::string(word(which, language_)); }

  std::vector<scenario::Head> scenarios_;
  std::set<std::string> done_;
  core::Language language_;
  GroupBy by_ = GroupBy::kProvider;
  std::size_t selected_ = 0;  // row
  bool filtering_ = false;
  bool help_ = false;
  stepper::TextField filter_;
  std::optional<ServerForm> server_;  // while it is open
  std::string notice_;
};

}  // namespace client
