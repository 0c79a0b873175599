// The parts of the step screen that are functions of the dialogue alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "client/screen/screen_model.h"
#include "client/stepper/meaning.h"
#include "client/stepper/view.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace stepper {

// One item an event of the log, base64 decoded beside it. marked: numbers of events with a mistake, in their order, beside
// those that have a remark.
[[nodiscard]] std::vector<screen::DialogueItem> dialogue_items(const dialogue::Log& log, core::Language language,
                                                               bool show_secrets,
                                                               const std::vector<std::uint64_t>& marked = {});

[[nodiscard]] screen::Pane meaning_pane(const Meaning& meaning, core::Language language);

// The states in a drawing, the current one in brackets, and what may be sent.
[[nodiscard]] screen::Pane where_pane(const View& view, core::Language language);

[[nodiscard]] screen::Pane memory_pane(const View& view, core::Language language);

}  // namespace stepper
