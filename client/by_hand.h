// `smtplab lab` on a terminal: the tasks beside the step screen.
#pragma once

#include "client/base/options.h"
#include "client/commands/hand.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace client {

// Writes the record when the person quits. Gives the exit status, as commands::work_by_hand. REQUIRES: no record is to be said
// again; standard input and output are a terminal.
int lab_on_screen(const commands::HandOptions& options, StepOptions stepping, const scenario::Catalogue& catalogue,
                  const knowledge::Knowledge& knowledge);

}  // namespace client
