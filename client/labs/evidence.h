// What a trial showed: the only thing that conditions look at.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/labs/lab.h"
#include "client/program/outcome.h"
#include "client/program/traceback.h"
#include "core/result.h"
#include "mockserver/store/message.h"

namespace lab {

struct Evidence {
  std::string trial;
  Given given;
  std::vector<GivenFile> files;
  std::set<std::string> told;  // names of what was given that the program has got to know
  std::vector<program::Visit> visits;
  std::vector<std::shared_ptr<const store::Message>> messages;  // that were accepted, in their order
  program::Outcome outcome;
  std::vector<program::Symptom> symptoms;
  std::optional<program::Stumble> stumble;
  std::vector<std::string> elsewhere;  // "smtp.example.net:26": where it wanted to go and nobody listens
  std::string printed;                 // the end of what it wrote
  std::map<std::string, core::Text, std::less<>> placeholders;  // where its sources have such a word (unjudged.h)
  std::optional<Driven> driven;                                 // of a server that was marked
  std::string made;                                             // what its files hold, one behind the other
  std::string answer;                                           // what somebody answered to a question
  int factor = 1;                                               // of the lab
  bool wants_more_input = false;                                // it went on asking when there was no answer left
  std::vector<std::string> forgiven;                            // ids of mistakes that the servers let pass
  std::chrono::microseconds took{0};
  std::string repeat;  // the command that shows it by hand
};

// Whether the program was ended by us.
[[nodiscard]] inline bool was_ended(const program::Outcome& outcome) {
  return outcome.is_over_time || outcome.is_over_output || outcome.is_over_memory || outcome.is_stuck;
}

}  // namespace lab
