// What `smtplab explain` says about a text that somebody pasted.
#pragma once

#include "client/commands/printer.h"
#include "client/explain/finding.h"
#include "knowledge/knowledge.h"

namespace commands {

// What decides, where it stands, whose words it is, why and what to do; then the code in general and the numbers that do
// not count. What is repeated of the text is bounded, and passwords in it are masked unless secrets are asked for.
void explain_pasted(const explain::Finding& finding, const knowledge::Knowledge& knowledge, bool show_secrets,
                    Printer& printer);

}  // namespace commands
