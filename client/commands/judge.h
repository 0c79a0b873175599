// `smtplab judge`: what the client of recorded dialogues did wrong: first causes, with their octets and what to do.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/text.h"
#include "knowledge/knowledge.h"

namespace commands {

struct JudgeOptions {
  core::Language language = core::Language::kEnglish;
  bool as_json = false;  // the findings as lines, as smtplab-mock --events writes them
};

// Reads transcripts and events of ours (JSON lines), and dialogues written as "C:" and "S:" lines. Gives the exit status: 0; 1
// when an error was found; 2 when a file cannot be read.
int judge_files(const std::vector<std::string>& files, const knowledge::Knowledge& knowledge, const JudgeOptions& options,
                std::ostream& out, std::ostream& err);

}  // namespace commands
