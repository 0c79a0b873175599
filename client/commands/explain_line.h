// The parts of `smtplab explain` that are about a line: a command, a keyword of EHLO, base64.
#pragma once

#include <string>
#include <string_view>

#include "client/commands/printer.h"
#include "client/commands/recognise.h"
#include "knowledge/knowledge.h"

namespace commands {

// The likeliest command, the parts of the line named, and whether it is well-formed; then what has the same verb, or does the
// same, in other protocols, with how to ask for it. Spans that carry a password are masked.
void explain_command(const CommandLine& meant, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer);

// "AUTH LOGIN PLAIN": the keyword, and the mechanisms behind it. line: without its passwords.
void explain_keyword_line(const protocol::Protocol& protocol, std::string_view line, const knowledge::Knowledge& knowledge,
                          Printer& printer);

// "250-SIZE 1000 · in the answer to EHLO", and what the keyword means. shown: without passwords.
void keyword_rows(const protocol::Protocol& protocol, std::string_view shown, const knowledge::KeywordEntry& entry,
                  Printer& printer);

// What it decodes to. Of a response of AUTH PLAIN (RFC 4616) the password is masked.
void explain_base64(std::string_view text, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer);

// "QUIT · POP3" where more than one protocol has it.
[[nodiscard]] std::string with_protocol(std::string_view name, protocol::Input input, bool is_one_of_many);

// Rows shared with the rest of the explanation. entry: may be null.
void command_rows(const knowledge::CommandEntry* entry, Printer& printer);
void mistake_rows(const knowledge::MistakeEntry& entry, Printer& printer);
void decoded_row(std::string_view base64, std::string_view shown, Printer& printer);

}  // namespace commands
