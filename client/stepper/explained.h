// What there is to say of the event that is looked at: what was done wrong, what the lesson says, what it means in general.
#pragma once

#include <string_view>

#include "client/stepper/meaning.h"
#include "client/stepper/mode.h"
#include "client/stepper/proposal.h"
#include "client/stepper/view.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace stepper {

// The event, and what only the stepper knows of it.
struct Looked {
  const dialogue::Event& event;                  // of the view's log
  const Proposal* step = nullptr;                // of the guided path, to which it belongs
  std::string_view meant = {};                   // the text of the message that was meant to arrive; empty: nobody knows
  const scenario::Scenario* finished = nullptr;  // the lesson of which it is the very end
  core::Text next_lesson = {};                   // … and what there is to learn behind it
};

[[nodiscard]] Meaning explained(const Looked& looked, const View& view, const knowledge::Knowledge& knowledge,
                                const Display& display);

}  // namespace stepper
