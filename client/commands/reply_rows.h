// The rows of `smtplab explain` about a reply: its code, its digits, and whose words it has.
#pragma once

#include <string_view>

#include "client/commands/printer.h"
#include "client/explain/code.h"
#include "client/explain/vocabulary.h"
#include "knowledge/knowledge.h"

namespace commands {

// A provider's reply: a heading with its name, why and the way out.
void known_reply_rows(const explain::KnownReply& known, Printer& printer);

// What is meant by the first digit of a code.
void first_digit_row(int digit, const knowledge::Knowledge& knowledge, Printer& printer);

// What the standard says of a code. with_fix: the way out too, where the words do not show a better one.
void code_rows(const explain::Code& code, bool with_fix, const knowledge::Knowledge& knowledge, Printer& printer);
// And of the enhanced code or response code behind it: "5.7.8", "AUTH".
void detail_rows(std::string_view detail, const knowledge::Knowledge& knowledge, Printer& printer);

}  // namespace commands
