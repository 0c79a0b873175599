// A lab of questions: each check asks its title, and what is typed is looked at.
#pragma once

#include <ostream>
#include <string>

#include "client/labs/hand/record.h"
#include "client/labs/lab.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace hand {

struct AskOptions {
  std::string record;   // file
  std::string version;  // of smtplab
  core::Language language = core::Language::kEnglish;
};

// The lab's files are laid into the current folder, where none has their names. Lines of standard input are answers, but "h" a
// hint, "p" another question, "t" the assignment again, "q" the end, as is the end of the input, SIGINT and SIGTERM; then the
// record is written. Gives the exit status: 0 when all is answered, otherwise 1; 2 when a file cannot be written. REQUIRES:
// lab.kind is kAnswer.
int ask(const lab::Lab& lab, const knowledge::Knowledge& knowledge, const AskOptions& options, std::ostream& out,
        std::ostream& err);

// The answers of a record once more. Exit status: 0 when they are as right as it says, otherwise 1. REQUIRES: as above.
int ask_again(const Record& record, const lab::Lab& lab, const knowledge::Knowledge& knowledge, core::Language language,
              std::ostream& out);

}  // namespace hand
