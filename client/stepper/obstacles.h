// Why a key of the step screen can do nothing now.
#pragma once

#include <optional>

#include "client/base/words.h"
#include "client/stepper/keymap.h"
#include "client/stepper/moment.h"

namespace stepper {

// To what leads to sending, for that key; nothing when there is none.
[[nodiscard]] std::optional<client::Word> obstacle_to_sending(Act act, const Moment& now);
// To taking the last thing back.
[[nodiscard]] std::optional<client::Word> obstacle_to_going_back(const Moment& now);
// To looking at the octets of what is selected.
[[nodiscard]] std::optional<client::Word> obstacle_to_the_wire(const Moment& now);
// To reading a message.
[[nodiscard]] std::optional<client::Word> obstacle_to_the_letter(const Moment& now);

}  // namespace stepper
