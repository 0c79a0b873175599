// What a record says was typed, said again to the same server: the teacher's own proof.
#pragma once

#include <ostream>

#include "client/labs/hand/record.h"
#include "client/labs/lab.h"
#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/scenario.h"

namespace hand {

// Tells the dialogue, what is fulfilled by it, and where the record says otherwise. Gives the exit status: 0 when the same
// tasks are fulfilled and the server answered alike, otherwise 1; 3 when there is no connection.
int replay(const Record& record, const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
           core::Language language, std::ostream& out, std::ostream& err);

}  // namespace hand
