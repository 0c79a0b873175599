// The step screen without a terminal: keys in, requests and a screen model out. It keeps what is being typed and looked
// at; everything about the dialogue it reads from the log.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"
#include "client/stepper/guide.h"
#include "client/stepper/keymap.h"
#include "client/stepper/meaning.h"
#include "client/stepper/mistakes.h"
#include "client/stepper/request.h"
#include "client/stepper/text_field.h"
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
  void edited(std::string text);

  // What the running login wants next, as octets; see Guide::response().
  [[nodiscard]] std::optional<std::string> response() const { return guide_.response(); }

  // What still has to pass before the proposed step; zero when nothing has to.
  [[nodiscard]] std::chrono::milliseconds pause(const View& view) const;

  // Keys are keys: nothing is being typed, chosen or read.
  [[nodiscard]] bool is_stepping() const { return std::holds_alternative<std::monostate>(mode_); }

  // Every step of the guided path was taken.
  [[nodiscard]] bool is_finished() const { return guide_.has_steps() && guide_.is_finished(); }

  // The guided path goes on with another connection, now or later.
  [[nodiscard]] bool connects_again() const { return guide_.connects_again(); }

  [[nodiscard]] screen::StepScreen model(const View& view, bool all_panes_shown) const;

  // Its keys and what each does to it; keymap() for everybody else.
  [[nodiscard]] static std::span<const KeyRow> keys();

 private:
  struct Editing {
    TextField field;
    bool is_secret = false;
    bool in_turn = false;  // several lines were pasted: each waits for the reply to the one before
  };
  struct MessageEditing {
    TextField field;
    Form form = Form::kMessage;
  };
  // How octets are sent that go out.
  enum class Way : std::uint8_t { kOwn, kProposed, kInTurn };  // kInTurn: each line when the one before is answered
  struct Asking {                                              // whether a password may go out in clear
    std::string bytes;
    Way way = Way::kOwn;
  };
  struct Choosing {
    std::vector<Mistake> mistakes;
    bool is_secret = false;
    std::size_t selected = 0;
  };
  struct Bench {
    TextField field;
  };
  struct Reading {  // text to scroll: help, the wire, a pane that is longer than its place
    screen::Pane (*content)(const Stepper&, const View&, bool all_panes_shown);
    std::size_t scroll = 0;
  };
  using Mode = std::variant<std::monostate, Editing, MessageEditing, Asking, Choosing, Bench, Reading>;

  Requests press_stepping(const screen::Key& key, const View& view, bool all_panes_shown);
  Requests press_editing(const screen::Key& key, const View& view);
  Requests press_message(const screen::Key& key, const View& view);
  Requests press_asking(const screen::Key& key);
  Requests press_choosing(const screen::Key& key);
  Requests press_bench(const screen::Key& key);
  Requests press_reading(const screen::Key& key, const View& view, bool all_panes_shown);
  Requests read(decltype(Reading::content) content) {
    mode_ = Reading{content, 0};
    return {};
  }
  Requests send_proposal(const View& view);
  Requests choose_mistake(const View& view);
  // request: what leaving is, when nothing has to be asked before.
  Requests leave(Act act, const View& view, Request request);
  void begin_edit(const View& view);
  void begin_line(std::string_view text, const View& view);
  void paste(std::string_view text);
  Requests take_back(const TypedVerb::Line& line, const View& view);
  bool asks_before_leaving(Act act, const View& view);
  [[nodiscard]] bool is_unfinished(const View& view) const;
  bool move_selection(const screen::Key& key, const View& view);
  Requests send(std::string bytes, const View& view, Way way = Way::kOwn);
  [[nodiscard]] std::chrono::milliseconds waited(const View& view) const;
  [[nodiscard]] std::optional<client::Word> obstacle(const KeyRow& row, const View& view) const {
    return row.obstacle == nullptr ? std::nullopt : row.obstacle(*this, view);
  }
  [[nodiscard]] std::optional<client::Word> obstacle_to_sending(Act act, const View& view) const;
  [[nodiscard]] std::optional<client::Word> obstacle_to_going_back(const View& view) const;
  [[nodiscard]] std::optional<Proposal> proposal(const View& view) const;
  // Whether a password is being typed or proposed that nobody asked to see.
  [[nodiscard]] bool hides(bool is_secret) const { return is_secret && !show_secrets_; }
  [[nodiscard]] const dialogue::Event* selected_event(const View& view) const;
  [[nodiscard]] std::string word(client::Word which) const { return std::string(client::word(which, language_)); }

  [[nodiscard]] std::string status(const View& view) const;
  [[nodiscard]] screen::NextLine next_line(const View& view) const;
  [[nodiscard]] std::vector<screen::KeyHint> key_bar(const View& view, bool all_panes_shown) const;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const View& view, bool all_panes_shown) const;
  [[nodiscard]] screen::Overlay asking_overlay(const View& view) const;
  [[nodiscard]] screen::Overlay message_overlay(const TextField& field) const;
  [[nodiscard]] screen::Overlay mistakes_overlay(const Choosing& choosing) const;
  [[nodiscard]] screen::Overlay bench_overlay(const TextField& field) const;
  [[nodiscard]] screen::Overlay reading_overlay(const View& view, const Reading& reading, bool all_panes_shown) const;
  [[nodiscard]] std::string shown(const Proposal& proposal, const View& view) const;
  [[nodiscard]] std::vector<screen::Line> letter(const View& view) const;
  [[nodiscard]] std::vector<screen::Line> wire_lines(const View& view) const;
  [[nodiscard]] std::vector<screen::Line> help_lines(bool all_panes_shown) const;
  [[nodiscard]] screen::Pane shown_pane(const View& view) const;
  [[nodiscard]] screen::Pane meaning(const View& view) const;
  [[nodiscard]] Meaning lesson_meaning(const View& view) const;
  [[nodiscard]] Meaning delivery_meaning(const View& view) const;
  [[nodiscard]] Meaning end_meaning(const View& view) const;
  [[nodiscard]] std::string why(const Proposal& proposal, const View& view) const;

  const knowledge::Knowledge& knowledge_;
  const scenario::Scenario* scenario_;
  core::Language language_;
  bool show_secrets_;
  Guide guide_;
  Mode mode_;
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
