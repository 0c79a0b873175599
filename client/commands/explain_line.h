// The parts of `smtplab explain` that are about a line: a command, a keyword of EHLO, base64.
#pragma once

#include <string_view>

#include "client/commands/printer.h"
#include "client/commands/recognise.h"
#include "knowledge/knowledge.h"

namespace commands {

// The command, the parts of the line named, and whether it is well-formed. Spans that carry a password are masked.
void explain_command(const CommandLine& meant, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer);

// "AUTH LOGIN PLAIN": the keyword, and the mechanisms behind it.
void explain_keyword_line(std::string_view line, const knowledge::Knowledge& knowledge, Printer& printer);

// What it decodes to. Of a response of AUTH PLAIN (RFC 4616) the password is masked.
void explain_base64(std::string_view text, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer);

// Rows shared with the rest of the explanation. entry: may be null.
void command_rows(const knowledge::CommandEntry* entry, Printer& printer);
void mistake_rows(const knowledge::MistakeEntry& entry, Printer& printer);
void decoded_row(std::string_view base64, std::string_view shown, Printer& printer);

}  // namespace commands
