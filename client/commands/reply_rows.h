// The rows of `smtplab explain` about a reply: its code, its digits, and whose words it has.
#pragma once

#include "client/commands/printer.h"
#include "client/explain/vocabulary.h"
#include "knowledge/knowledge.h"
#include "smtp/reply.h"

namespace commands {

// A provider's reply: a heading with its name, why and the way out.
void known_reply_rows(const explain::KnownReply& known, Printer& printer);

// What is meant by the first digit, and by the second.
void digit_rows(smtp::ReplyCode code, bool with_second, const knowledge::Knowledge& knowledge, Printer& printer);

// What the standard says of the code, and of the enhanced one if there is one. with_fix: the way out too, where the words
// do not show a better one.
void code_rows(smtp::ReplyCode code, bool with_fix, const knowledge::Knowledge& knowledge, Printer& printer);
void enhanced_rows(const smtp::EnhancedCode& code, const knowledge::Knowledge& knowledge, Printer& printer);

}  // namespace commands
