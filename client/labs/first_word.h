// What is said first of a sheet, and of each check that failed.
#pragma once

#include "client/labs/conditions.h"
#include "client/labs/evidence.h"
#include "client/labs/lab.h"
#include "client/labs/sheet.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace lab {

// The mistake in words, or what was seen, or what the lab says of it.
[[nodiscard]] core::Text reason_for(const Held& held, const Check& check, const knowledge::Knowledge& knowledge);

// Sheet::first, ::sentence and ::praise. A must that failed comes before a note, and of notes advice comes last.
void say_first(Sheet& sheet, const Evidence& normal, const knowledge::Knowledge& knowledge);

}  // namespace lab
