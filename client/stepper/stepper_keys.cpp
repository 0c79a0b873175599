// The keys of the step screen, each with what it does.
#include <algorithm>
#include <array>

#include "client/stepper/letter_view.h"
#include "client/stepper/stepper.h"
#include "client/stepper/tls_view.h"

namespace stepper {

using client::Word;
using screen::KeyName;

std::span<const KeyRow> keymap() { return Stepper::keys(); }

// One row a key: nothing else has to know of it.
std::span<const KeyRow> Stepper::keys() {  // NOLINT(readability-function-size): a table
  using Why = std::optional<Word>;
  constexpr std::size_t kPanes = 3;
  static constexpr std::array kKeys{
      KeyRow{Act::kSend, KeyName::kEnter, "", "Enter", Word::kSend,
             [](Stepper& stepper, const View& view) { return stepper.send_proposal(view); },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_sending(Act::kSend, view); }},
      KeyRow{Act::kNextPane, KeyName::kTab, "", "Tab", Word::kNextPane,
             [](Stepper& stepper, const View&) {
               stepper.pane_ = (stepper.pane_ + 1) % kPanes;
               return Requests();
             }},
      KeyRow{Act::kAnotherStep, KeyName::kText, "n", "n", Word::kAnotherStep,
             [](Stepper& stepper, const View&) {
               ++stepper.alternative_;
               return Requests();
             },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_sending(Act::kAnotherStep, view); }},
      KeyRow{Act::kEdit, KeyName::kText, "e", "e", Word::kEdit,
             [](Stepper& stepper, const View& view) {
               stepper.begin_edit(view);
               return Requests();
             },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_sending(Act::kEdit, view); }},
      KeyRow{Act::kOwnLine, KeyName::kText, ":", ":", Word::kOwnLine,
             [](Stepper& stepper, const View& view) {
               stepper.begin_line("", view);
               return Requests();
             },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_sending(Act::kOwnLine, view); }},
      KeyRow{Act::kWire, KeyName::kText, "w", "w", Word::kWire,
             [](Stepper& stepper, const View&) {
               return stepper.read([](const Stepper& of, const View& view, bool) {
                 return screen::Pane{of.word(Word::kWireTitle), of.wire_lines(view)};
               });
             },
             [](const Stepper& stepper, const View& view) {
               const dialogue::Event* const event = stepper.selected_event(view);
               return event != nullptr && !event->bytes.empty() ? Why() : Why(Word::kWhyNothingSelected);
             }},
      KeyRow{Act::kMistake, KeyName::kText, "m", "m", Word::kMistake,
             [](Stepper& stepper, const View& view) { return stepper.choose_mistake(view); },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_sending(Act::kMistake, view); }},
      KeyRow{Act::kBack, KeyName::kText, "z", "z", Word::kBack, [](Stepper&, const View&) { return Requests{GoBack{}}; },
             [](const Stepper& stepper, const View& view) { return stepper.obstacle_to_going_back(view); }},
      KeyRow{Act::kBench, KeyName::kText, "b", "b", Word::kBase64,
             [](Stepper& stepper, const View&) {
               stepper.mode_ = Bench{};
               return Requests();
             }},
      KeyRow{Act::kExport, KeyName::kText, "x", "x", Word::kExport, [](Stepper&, const View&) { return Requests{Export{}}; }},
      KeyRow{Act::kReceived, KeyName::kText, "v", "v", Word::kReceived,
             [](Stepper& stepper, const View&) {
               return stepper.read([](const Stepper& of, const View& view, bool) {
                 return screen::Pane{of.word(Word::kReceivedTitle), of.letter(view)};
               });
             },
             [](const Stepper& stepper, const View& view) {
               const dialogue::Event* const event = stepper.selected_event(view);
               if (event != nullptr && message_in(*event)) return Why();
               if (!view.is_mock) return Why(Word::kWhyMailboxHidden);
               return view.delivered ? Why() : Why(Word::kWhyNothingReceived);
             }},
      KeyRow{Act::kOtherScenario, KeyName::kText, "o", "o", Word::kOtherScenario,
             [](Stepper& stepper, const View& view) { return stepper.leave(Act::kOtherScenario, view, ChooseScenario{}); }},
      KeyRow{Act::kLanguage, KeyName::kText, "L", "L", Word::kLanguage,
             [](Stepper&, const View&) { return Requests{ChangeLanguage{}}; }},
      KeyRow{Act::kSecrets, KeyName::kText, "s", "s", Word::kSecrets,
             [](Stepper&, const View&) { return Requests{ChangeSecrets{}}; }},
      KeyRow{Act::kTls, KeyName::kText, "t", "t", Word::kTlsDetails,
             [](Stepper& stepper, const View&) {
               return stepper.read([](const Stepper& of, const View& view, bool) {
                 return screen::Pane{of.word(Word::kTlsTitle), tls_lines(view, of.knowledge_, of.language_)};
               });
             }},
      KeyRow{Act::kRead, KeyName::kText, "r", "r", Word::kReadPane,
             [](Stepper& stepper, const View&) {
               return stepper.read([](const Stepper& of, const View& view, bool) { return of.shown_pane(view); });
             }},
      KeyRow{Act::kHelp, KeyName::kText, "?", "?", Word::kAllKeys,
             [](Stepper& stepper, const View&) {
               return stepper.read([](const Stepper& of, const View&, bool all_panes_shown) {
                 return screen::Pane{of.word(Word::kHelpTitle), of.help_lines(all_panes_shown)};
               });
             }},
      KeyRow{Act::kQuit, KeyName::kText, "q", "q", Word::kQuit,
             [](Stepper& stepper, const View& view) { return stepper.leave(Act::kQuit, view, Quit{}); }},
  };
  return kKeys;
}

}  // namespace stepper
