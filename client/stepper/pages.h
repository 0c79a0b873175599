// Texts that are read over the dialogue.
#pragma once

#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"
#include "client/stepper/mode.h"
#include "client/stepper/view.h"
#include "knowledge/knowledge.h"

namespace stepper {

// The octets of the event, and in which pieces they came or went. event: of the view's log, or null.
[[nodiscard]] std::vector<screen::Line> wire_page(const dialogue::Event* event, const View& view, const Display& display);

// The message that was fetched last up to the event, or the one that was delivered last. meant: its text as it was meant to
// arrive; empty: nobody knows.
[[nodiscard]] std::vector<screen::Line> letter_page(const dialogue::Event* event, const View& view, std::string_view meant,
                                                    const knowledge::Knowledge& knowledge, core::Language language);

// The keys, each with what it does.
[[nodiscard]] std::vector<screen::Line> help_page(const Display& display);

}  // namespace stepper
