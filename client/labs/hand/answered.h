// Questions among the tasks of a lab, and what is said to an answer.
#pragma once

#include <chrono>
#include <istream>
#include <ostream>
#include <string>

#include "client/labs/hand/desk.h"
#include "client/labs/hand/record.h"
#include "core/text.h"

namespace hand {

// Looks at an answer to the current task, says what it is worth, and puts it into the record. REQUIRES: there are tasks.
void take_answer(const std::string& text, std::chrono::microseconds at, Desk& desk, Record& record, core::Language language,
                 std::ostream& out);

// Asks the questions among the tasks, where there are any, before something else begins: h one more hint, p leaves a question
// for good, as does the end of the input.
void ask_first(Desk& desk, Record& record, core::Language language, std::istream& in, std::ostream& out);

// The answers of a record once more, without a word.
void answer_again(const Record& record, Desk& desk);

}  // namespace hand
