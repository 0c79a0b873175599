// What a key press asks of the world around the stepper.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace stepper {

struct SendBytes {
  std::string bytes;
  std::chrono::milliseconds wait{};  // how long it was waited for before it
  bool is_proposed = false;          // as it was proposed
};
struct SendInTurn {  // each when the one before is answered
  std::vector<std::string> lines;
};
struct ConnectAgain {  // a new connection; the old one is closed where it is still open
  std::chrono::milliseconds wait{};
  std::size_t server = 0;  // of the path
};
struct GoBack {};    // reconnect and send again all but the last
struct Export {};    // write the transcript to a file
struct OpenEditor {  // let $EDITOR change the text, then call Stepper::edited
  std::string text;
};
struct ChangeLanguage {};
struct ChangeSecrets {};
struct ChooseScenario {};  // back to the picker
struct Quit {};

using Request = std::variant<SendBytes, SendInTurn, ConnectAgain, GoBack, Export, OpenEditor, ChangeLanguage, ChangeSecrets,
                             ChooseScenario, Quit>;
using Requests = std::vector<Request>;

}  // namespace stepper
