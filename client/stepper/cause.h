// Which mistake a refusal is about.
#pragma once

#include "client/stepper/meaning.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "dialogue/log.h"
#include "knowledge/knowledge.h"

namespace stepper {

// What the client said that this reply answers; null when that was nothing (a greeting), or the log has it no more.
[[nodiscard]] const dialogue::Event* answered_by(const dialogue::Event& reply, const dialogue::Log& log);

// Of a refusal that says no more than its code: the first error in what it answers, with what to do. Nothing where the server's
// own reason is known, or there is no error. REQUIRES: `event` stands in `log`.
[[nodiscard]] Meaning cause_of(const dialogue::Event& event, const dialogue::Log& log, const knowledge::Knowledge& knowledge,
                               core::Language language);

}  // namespace stepper
