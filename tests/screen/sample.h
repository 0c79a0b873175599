// Screens as the stepper would make them, for the tests: 163 refuses MAIL FROM before AUTH.
#pragma once

#include "client/screen/screen_model.h"
#include "core/text.h"

namespace sample {

[[nodiscard]] screen::StepScreen step(core::Language language);
// The same with a long EHLO reply, long lines, Chinese and emoji in the dialogue, a long next line and a notice.
[[nodiscard]] screen::StepScreen long_step(core::Language language);
// The server has closed; before the next connection some time has to pass.
[[nodiscard]] screen::StepScreen hung_up(core::Language language);
[[nodiscard]] screen::PickerScreen picker(core::Language language);
// A list of mistakes to choose from, one of them longer than a row.
[[nodiscard]] screen::Overlay mistakes();
// The form for a real server, its user being typed.
[[nodiscard]] screen::Overlay form(core::Language language);
// The TLS of a connection whose certificate has expired.
[[nodiscard]] screen::Overlay tls(core::Language language);

}  // namespace sample
