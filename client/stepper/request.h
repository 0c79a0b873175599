// What a key press asks of the world around the stepper.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace stepper {

struct SendBytes {
  std::string bytes;
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

using Request = std::variant<SendBytes, GoBack, Export, OpenEditor, ChangeLanguage, ChangeSecrets, ChooseScenario, Quit>;
using Requests = std::vector<Request>;

}  // namespace stepper
