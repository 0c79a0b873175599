// The line that is proposed, as the screen shows it.
#pragma once

#include "client/screen/screen_model.h"
#include "client/stepper/mode.h"
#include "client/stepper/moment.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/scenario.h"

namespace stepper {

// Its text, and why it comes now; nothing in it while there is no connection and none was lost. `scenario`: whose path is gone,
// may be null.
[[nodiscard]] screen::NextLine next_line(const Moment& now, const scenario::Scenario* scenario,
                                         const knowledge::Knowledge& knowledge, const Display& display);

}  // namespace stepper
