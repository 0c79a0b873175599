// The step screen without a terminal: keys in, requests and a screen model out. It keeps what is being typed and looked
// at; everything about the dialogue it reads from the log.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"
#include "client/stepper/guide.h"
#include "client/stepper/keymap.h"
#include "client/stepper/modes.h"
#include "client/stepper/moment.h"
#include "client/stepper/request.h"
#include "client/stepper/typed_verb.h"
#include "client/stepper/view.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace stepper {

class Stepper {
 public:
  // spoken: the protocol of the dialogue. knowledge and scenario (null: there is no path) outlive the stepper. identity: who
  // steps.
  Stepper(const protocol::Protocol& spoken, const knowledge::Knowledge& knowledge, const scenario::Scenario* scenario,
          core::Language language, bool show_secrets, Identity identity);
  // With the accounts of the scenario, in its protocol.
  Stepper(const knowledge::Knowledge& knowledge, const scenario::Scenario& scenario, core::Language language,
          bool show_secrets);
  Stepper(const Stepper&) = delete;
  Stepper& operator=(const Stepper&) = delete;

  // One key. all_panes_shown: the terminal is large enough for them.
  Requests press(const screen::Key& key, const View& view, bool all_panes_shown);

  // Something was added to the log: the guide follows, the newest event is selected.
  void follow(const View& view);
  // The log was replaced (after GoBack): the guide walks along it from the start.
  void restarted();

  void set_language(core::Language language) { language_ = language; }
  void set_show_secrets(bool show);
  // How large the terminal is: what is read in it scrolls as far as its text goes.
  void set_size(screen::Size size) { size_ = size; }
  // What there is to learn behind this lesson, told at its end.
  void set_next_lesson(core::Text title) { next_lesson_ = std::move(title); }
  // One sentence for the person, shown until the next key.
  void say(std::string notice) { notice_ = std::move(notice); }
  // $EDITOR came back with this text.
  void edited(const std::string& text) {
    if (mode_ != nullptr) mode_->edited(text);
  }

  // What the running login wants next, as octets; see Guide::response().
  [[nodiscard]] std::optional<std::string> response() const { return guide_.response(); }

  // What still has to pass before the proposed step; zero when nothing has to.
  [[nodiscard]] std::chrono::milliseconds pause(const View& view) const { return moment(view).pause(); }

  // Keys are keys: nothing is being typed, chosen or read.
  [[nodiscard]] bool is_stepping() const { return mode_ == nullptr; }

  // Every step of the guided path was taken.
  [[nodiscard]] bool is_finished() const { return guide_.has_steps() && guide_.is_finished(); }

  // The guided path goes on with another connection, now or later.
  [[nodiscard]] bool connects_again() const { return guide_.connects_again(); }

  [[nodiscard]] screen::StepScreen model(const View& view, bool all_panes_shown) const;

  // Its keys and what each does to it; keymap() for everybody else.
  [[nodiscard]] static std::span<const KeyRow> keys();

 private:
  Requests press_stepping(const screen::Key& key, const Moment& now, bool all_panes_shown);
  Requests press_mode(const screen::Key& key, const View& view, const Display& display);
  Requests send_proposal(const Moment& now);
  Requests choose_mistake(const Moment& now);
  // request: what leaving is, when nothing has to be asked before.
  Requests leave(Act act, const Moment& now, Request request);
  Requests begin_edit(const Moment& now);
  Requests read(ReadingMode::Page page);
  Requests send(Sending sending, const Moment& now);
  Requests take_back(const TypedVerb::Line& line, const Moment& now);
  // A line of one's own; null, and a notice why, when there can be none.
  LineMode* begin_line(std::string_view text, const Moment& now);
  bool asks_before_leaving(Act act, const Moment& now);
  [[nodiscard]] bool is_unfinished(const View& view) const;
  bool move_selection(const screen::Key& key, const View& view);

  [[nodiscard]] Moment moment(const View& view) const;
  [[nodiscard]] Display display(bool all_panes_shown) const { return {language_, show_secrets_, size_, all_panes_shown}; }
  [[nodiscard]] const dialogue::Event* selected_event(const View& view) const;
  [[nodiscard]] std::string word(client::Word which) const { return std::string(client::word(which, language_)); }

  [[nodiscard]] std::string status(const View& view) const;
  [[nodiscard]] std::vector<screen::KeyHint> key_bar(const Moment& now, bool all_panes_shown) const;
  [[nodiscard]] screen::Pane meaning(const Moment& now, const Display& display) const;
  [[nodiscard]] screen::Pane shown_pane(const View& view, const Display& display) const;

  const knowledge::Knowledge& knowledge_;
  const scenario::Scenario* scenario_;
  core::Language language_;
  bool show_secrets_;
  Guide guide_;
  std::unique_ptr<Mode> mode_;                // null: keys are those of the table
  std::size_t followed_ = 0;                  // events of the log that the guide has seen
  std::map<std::size_t, std::size_t> steps_;  // of events: the step of the path they belong to
  std::size_t selected_ = 0;                  // event
  std::size_t alternative_ = 0;               // which proposal is shown
  std::size_t pane_ = 0;
  screen::Size size_;
  TypedVerb typed_;
  std::optional<Act> asked_;   // to leave; the same key once more does it
  bool clear_agreed_ = false;  // the question about a password in clear was answered with yes
  std::string meant_;          // the text of the message that was meant to arrive, last; empty: nobody knows
  core::Text next_lesson_;
  std::string notice_;
};

}  // namespace stepper
