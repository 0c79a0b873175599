// The keys of the step screen, each with what it does.
#include <array>

#include "client/stepper/obstacles.h"
#include "client/stepper/pages.h"
#include "client/stepper/stepper.h"
#include "client/stepper/tls_view.h"

namespace stepper {
namespace {

using client::Word;
using screen::KeyName;

template <Act act>
std::optional<Word> cannot_send(const Moment& now) {
  return obstacle_to_sending(act, now);
}

}  // namespace

std::span<const KeyRow> keymap() { return Stepper::keys(); }

// One row a key: nothing else has to know of it.
std::span<const KeyRow> Stepper::keys() {  // NOLINT(readability-function-size): a table
  constexpr std::size_t kPanes = 3;
  static constexpr std::array kKeys{
      KeyRow{Act::kSend, KeyName::kEnter, "", "Enter", Word::kSend,
             [](Stepper& stepper, const Moment& now) { return stepper.send_proposal(now); }, cannot_send<Act::kSend>},
      KeyRow{Act::kNextPane, KeyName::kTab, "", "Tab", Word::kNextPane,
             [](Stepper& stepper, const Moment&) {
               stepper.pane_ = (stepper.pane_ + 1) % kPanes;
               return Requests();
             }},
      KeyRow{Act::kAnotherStep, KeyName::kText, "n", "n", Word::kAnotherStep,
             [](Stepper& stepper, const Moment&) {
               ++stepper.alternative_;
               return Requests();
             },
             cannot_send<Act::kAnotherStep>},
      KeyRow{Act::kEdit, KeyName::kText, "e", "e", Word::kEdit,
             [](Stepper& stepper, const Moment& now) { return stepper.begin_edit(now); }, cannot_send<Act::kEdit>},
      KeyRow{Act::kOwnLine, KeyName::kText, ":", ":", Word::kOwnLine,
             [](Stepper& stepper, const Moment& now) {
               stepper.begin_line("", now);
               return Requests();
             },
             cannot_send<Act::kOwnLine>},
      KeyRow{Act::kWire, KeyName::kText, "w", "w", Word::kWire,
             [](Stepper& stepper, const Moment&) {
               return stepper.read([&stepper](const Display& display, const View& view) {
                 return screen::Pane{display.word(Word::kWireTitle), wire_page(stepper.selected_event(view), view, display)};
               });
             },
             obstacle_to_the_wire},
      KeyRow{Act::kMistake, KeyName::kText, "m", "m", Word::kMistake,
             [](Stepper& stepper, const Moment& now) { return stepper.choose_mistake(now); }, cannot_send<Act::kMistake>},
      KeyRow{Act::kBack, KeyName::kText, "z", "z", Word::kBack, [](Stepper&, const Moment&) { return Requests{GoBack{}}; },
             obstacle_to_going_back},
      KeyRow{Act::kBench, KeyName::kText, "b", "b", Word::kBase64,
             [](Stepper& stepper, const Moment&) {
               stepper.mode_ = std::make_unique<BenchMode>();
               return Requests();
             }},
      KeyRow{Act::kExport, KeyName::kText, "x", "x", Word::kExport, [](Stepper&, const Moment&) { return Requests{Export{}}; }},
      KeyRow{Act::kReceived, KeyName::kText, "v", "v", Word::kReceived,
             [](Stepper& stepper, const Moment&) {
               return stepper.read([&stepper](const Display& display, const View& view) {
                 return screen::Pane{
                     display.word(Word::kReceivedTitle),
                     letter_page(stepper.selected_event(view), view, stepper.meant_, stepper.knowledge_, display.language)};
               });
             },
             obstacle_to_the_letter},
      KeyRow{Act::kOtherScenario, KeyName::kText, "o", "o", Word::kOtherScenario,
             [](Stepper& stepper, const Moment& now) { return stepper.leave(Act::kOtherScenario, now, ChooseScenario{}); }},
      KeyRow{Act::kLanguage, KeyName::kText, "L", "L", Word::kLanguage,
             [](Stepper&, const Moment&) { return Requests{ChangeLanguage{}}; }},
      KeyRow{Act::kSecrets, KeyName::kText, "s", "s", Word::kSecrets,
             [](Stepper&, const Moment&) { return Requests{ChangeSecrets{}}; }},
      KeyRow{Act::kTls, KeyName::kText, "t", "t", Word::kTlsDetails,
             [](Stepper& stepper, const Moment&) {
               return stepper.read([&stepper](const Display& display, const View& view) {
                 return screen::Pane{display.word(Word::kTlsTitle), tls_lines(view, stepper.knowledge_, display.language)};
               });
             }},
      KeyRow{Act::kRead, KeyName::kText, "r", "r", Word::kReadPane,
             [](Stepper& stepper, const Moment&) {
               return stepper.read(
                   [&stepper](const Display& display, const View& view) { return stepper.shown_pane(view, display); });
             }},
      KeyRow{Act::kHelp, KeyName::kText, "?", "?", Word::kAllKeys,
             [](Stepper& stepper, const Moment&) {
               return stepper.read([](const Display& display, const View&) {
                 return screen::Pane{display.word(Word::kHelpTitle), help_page(display)};
               });
             }},
      KeyRow{Act::kQuit, KeyName::kText, "q", "q", Word::kQuit,
             [](Stepper& stepper, const Moment& now) { return stepper.leave(Act::kQuit, now, Quit{}); }},
  };
  return kKeys;
}

}  // namespace stepper
