#include "client/interactive.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <unistd.h>

#include "client/base/words.h"
#include "client/conversation/complain.h"
#include "client/conversation/setup.h"
#include "client/external_editor.h"
#include "client/lesson.h"
#include "client/picker.h"
#include "client/progress.h"
#include "client/screen/curses_screen.h"
#include "client/screen/window_size.h"
#include "net/loop.h"
#include "net/readable.h"
#include "net/signal.h"
#include "net/timer.h"

namespace client {
namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

class App {
 public:
  // heads: what the picker lists; nothing: it is read when the lesson is left.
  App(StepOptions options, std::unique_ptr<screen::CursesScreen> terminal, std::optional<std::vector<scenario::Head>> heads)
      : options_(std::move(options)),
        screen_(std::move(terminal)),
        listed_(heads.has_value()),
        picker_(std::move(heads).value_or(std::vector<scenario::Head>()), read_progress(), options_.language),
        redraw_(loop_, [this] { draw(); }),
        keyboard_(loop_, STDIN_FILENO, [this] { read_keys(); }),
        resized_(loop_, SIGWINCH, [this] { size_changed(); }),
        continued_(loop_, SIGCONT, [this] { size_changed(); }),
        interrupted_(loop_, SIGINT, [this] { loop_.stop(); }),
        terminated_(loop_, SIGTERM, [this] { loop_.stop(); }),
        hung_up_(loop_, SIGHUP, [this] { loop_.stop(); }) {}

  // Tasks that stand beside the lesson; outlives this.
  void stand_beside(hand::Beside& beside) { beside_ = &beside; }

  // Begins a lesson. Errors leave the picker where it is.
  core::Result<void> begin(Setup setup, const StepOptions& wanted) {
    lesson_id_ = setup.scenario ? setup.scenario->id : std::string();
    auto lesson = std::make_unique<Lesson>(loop_, std::move(setup), wanted, [this] { dirty(); });
    if (auto opened = lesson->open(); !opened) return opened;
    lesson_ = std::move(lesson);
    lesson_->stepper().set_size(screen_->size());
    dirty();
    return {};
  }

  void run() {
    draw();
    loop_.run();
    if (lesson_) {
      if (auto written = lesson_->transcript(); !written) failure_ = written.error();
    }
    close();
  }

  // Back to the picker.
  void leave_lesson() {
    const auto written = lesson_->transcript();
    const bool is_finished = lesson_->stepper().is_finished();
    lesson_.reset();
    picker_.set_done(read_progress());
    list_scenarios();
    const scenario::Head* const next = is_finished ? picker_.behind(lesson_id_) : nullptr;
    picker_.select(next != nullptr ? next->id : lesson_id_);
    if (!written) picker_.say(core::describe(written.error(), options_.language));
  }

  // Gives the terminal back.
  void close() {
    lesson_.reset();
    screen_.reset();
  }

  [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }

 private:
  // The screen is drawn once a turn of the loop, however much happened in it.
  void dirty() { redraw_.start(std::chrono::milliseconds(0)); }

  void size_changed() {
    screen_->resized();
    if (lesson_) lesson_->stepper().set_size(screen_->size());
    dirty();
  }

  [[nodiscard]] bool all_panes_shown() const { return screen::is_wide(screen_->size()); }

  // At the end of a lesson, not before: the list may have to be read for it.
  void tell_what_is_next() {
    if (!lesson_->stepper().is_finished() || lesson_id_.empty()) return;
    list_scenarios();
    const scenario::Head* const next = picker_.behind(lesson_id_);
    if (next == nullptr) return;
    const auto with_keys = [&](core::Language language) {
      return next->title.in(language) + " · " + std::string(word(Word::kHowToNext, language));
    };
    lesson_->stepper().set_next_lesson({with_keys(core::Language::kEnglish), with_keys(core::Language::kChinese)});
  }

  void look_at_tasks() {
    if (beside_ == nullptr) return;
    if (auto told = beside_->follow(lesson_->conversation(), options_.language)) lesson_->stepper().say(std::move(*told));
  }

  void press(const screen::Key& key) {
    for (const stepper::Request& request : lesson_->stepper().press(key, lesson_->view(), all_panes_shown()))
      carry_out(request);
  }

  // Whether the key was one of the tasks'.
  bool press_beside(const screen::Key& key) {
    if (beside_ == nullptr || !lesson_->stepper().is_stepping()) return false;
    const hand::Beside::Pressed pressed = beside_->press(key, lesson_->conversation().protocol());
    for (const screen::Key& before : pressed.instead) press(before);
    return pressed.is_ours;
  }

  void draw() {
    if (lesson_) {
      look_at_tasks();
      tell_what_is_next();
      screen::StepScreen model = lesson_->stepper().model(lesson_->view(), all_panes_shown());
      if (beside_ != nullptr) beside_->lay_over(model, lesson_->stepper().is_stepping(), options_.language);
      screen_->show(screen::draw(model, screen_->size(), options_.language));
    } else {
      screen_->show(screen::draw(picker_.model(), screen_->size(), options_.language));
    }
  }

  void read_keys() {
    while (screen_ != nullptr) {
      const std::optional<screen::Key> key = screen_->next_key();
      if (!key) break;
      if (lesson_) {
        if (!press_beside(*key)) press(*key);
      } else {
        carry_out(picker_.press(*key));
      }
    }
    dirty();
  }

  void carry_out(const Picked& picked) {
    std::visit(Overloaded{[](std::monostate) {},
                          [this](const PickedScenario& chosen) {
                            StepOptions wanted = options_;
                            wanted.scenario = chosen.id;
                            wanted.server.reset();
                            open_picked(wanted, chosen.id);
                          },
                          [this](const PickedServer& server) { open_picked(with_server(server), server.host); },
                          [this](PickQuit) { loop_.stop(); }, [this](PickLanguage) { change_language(); }},
               picked);
  }

  [[nodiscard]] StepOptions with_server(const PickedServer& server) const {
    StepOptions wanted = options_;
    wanted.scenario.clear();
    wanted.server = server.host;
    wanted.protocol = server.protocol;
    wanted.port = server.port;
    wanted.security = server.security;
    wanted.clear_is_wished = server.security == Security::kNone;
    wanted.authority = server.authority;
    wanted.user = server.user;
    wanted.password = server.password;
    const char* const given = std::getenv("SMTPLAB_PASSWORD");
    if (wanted.password.empty() && given != nullptr) wanted.password = core::Secret(std::string(given));
    return wanted;
  }

  void open_picked(const StepOptions& wanted, const std::string& what) {
    const auto begun = set_up(wanted).and_then([&](Setup setup) { return begin(std::move(setup), wanted); });
    if (!begun) {
      picker_.say(std::string(word(Word::kCannotOpen, options_.language)) + " " + what + std::string(colon(options_.language)) +
                  core::describe(begun.error(), options_.language));
    }
  }

  void carry_out(const stepper::Request& request) {
    if (!lesson_) return;  // an earlier request of the same key ended it
    std::visit(Overloaded{[this](const stepper::SendBytes& send) { lesson_->send(send.bytes, send.wait, send.is_proposed); },
                          [this](const stepper::SendInTurn& send) { lesson_->send_in_turn(send.lines); },
                          [this](const stepper::ConnectAgain& again) { lesson_->connect_again(again); },
                          [this](stepper::GoBack) {
                            lesson_->go_back();
                            lesson_->stepper().say(std::string(word(Word::kWentBack, options_.language)));
                          },
                          [this](stepper::Export) { lesson_->export_dialogue(options_.language, options_.show_secrets); },
                          [this](const stepper::OpenEditor& editor) { run_editor(editor.text); },
                          [this](stepper::ChangeLanguage) { change_language(); },
                          [this](stepper::ChangeSecrets) {
                            options_.show_secrets = !options_.show_secrets;
                            lesson_->stepper().set_show_secrets(options_.show_secrets);
                          },
                          [this](stepper::ChooseScenario) {
                            if (beside_ != nullptr) return loop_.stop();
                            leave_lesson();
                          },
                          [this](stepper::Quit) { loop_.stop(); }},
               request);
  }

  // Behind a lesson that was named on the command line: nobody waits for the list before it is asked for.
  void list_scenarios() {
    if (std::exchange(listed_, true)) return;
    const auto catalogue = open_catalogue(options_);
    scenario::Listing listing = catalogue ? catalogue->list() : scenario::Listing{{}, {catalogue.error()}};
    picker_.set_scenarios(std::move(listing.heads));
    if (!listing.faults.empty()) picker_.say(core::describe(listing.faults.front(), options_.language));
  }

  void change_language() {
    options_.language = options_.language == core::Language::kEnglish ? core::Language::kChinese : core::Language::kEnglish;
    picker_.set_language(options_.language);
    if (lesson_) lesson_->stepper().set_language(options_.language);
  }

  void run_editor(const std::string& text) {
    screen_->suspend();
    const auto edited = edit_outside(text);
    screen_->resume();
    if (edited) {
      lesson_->stepper().edited(*edited);
    } else {
      lesson_->stepper().say(core::describe(edited.error(), options_.language));
    }
  }

  StepOptions options_;
  net::Loop loop_;
  std::unique_ptr<screen::CursesScreen> screen_;
  bool listed_;
  Picker picker_;
  std::unique_ptr<Lesson> lesson_;
  std::string lesson_id_;  // empty: a real server
  hand::Beside* beside_ = nullptr;
  std::optional<core::Error> failure_;
  net::Timer redraw_;
  net::Readable keyboard_;
  net::Signal resized_;
  net::Signal continued_;
  net::Signal interrupted_;
  net::Signal terminated_;
  net::Signal hung_up_;
};

int complain(const core::Error& error, const StepOptions& options, ExitStatus status) {
  client::complain(error, options.language, std::cerr);
  return status;
}

}  // namespace

int run_interactive(const StepOptions& options) {
  // What is wrong is said on the plain terminal, before the screen is taken.
  std::optional<std::vector<scenario::Head>> heads;
  std::optional<Setup> named;
  if (!options.scenario.empty() || options.server) {
    auto setup = set_up(options);
    if (!setup) return complain(setup.error(), options, kUsage);
    named.emplace(std::move(*setup));
  } else {
    const auto catalogue = open_catalogue(options);
    if (!catalogue) return complain(catalogue.error(), options, kUsage);
    scenario::Listing listing = catalogue->list();
    if (!listing.faults.empty()) return complain(listing.faults.front(), options, kUsage);
    heads = std::move(listing.heads);
  }
  auto terminal = screen::CursesScreen::open({options.colour, true});
  if (!terminal) return complain(terminal.error(), options, kUsage);
  App app(options, std::move(*terminal), std::move(heads));
  if (named) {
    if (auto begun = app.begin(std::move(*named), options); !begun) {
      app.close();
      return complain(begun.error(), options, kNetwork);
    }
  }
  app.run();
  return app.failure() ? complain(*app.failure(), options, kUsage) : kDone;
}

int run_lab(const StepOptions& options, std::uint64_t seed, hand::Beside& beside) {
  auto setup = set_up(options);
  if (!setup) return complain(setup.error(), options, kUsage);
  setup->scenario->steps.clear();
  setup->manners.seed = seed;
  auto terminal = screen::CursesScreen::open({options.colour, true});
  if (!terminal) return complain(terminal.error(), options, kUsage);
  App app(options, std::move(*terminal), std::vector<scenario::Head>());
  app.stand_beside(beside);
  if (auto begun = app.begin(std::move(*setup), options); !begun) {
    app.close();
    return complain(begun.error(), options, kNetwork);
  }
  app.run();
  return app.failure() ? complain(*app.failure(), options, kUsage) : kDone;
}

}  // namespace client
