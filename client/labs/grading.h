// Marks a program: the trials of a lab one after the other, and the sheet that comes of them.
#pragma once

#include "client/labs/conduct.h"
#include "client/labs/lab.h"
#include "client/labs/sheet.h"
#include "core/result.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace lab {

// REQUIRES: lab.kind is kProgram or kServer. Errors are those of this system and of the lab, never of the program: what cannot
// be started is a sheet that is not judged.
[[nodiscard]] core::Result<Sheet> grade(const Lab& lab, const Submission& submission, const scenario::Catalogue& catalogue,
                                        const knowledge::Knowledge& knowledge);

}  // namespace lab
