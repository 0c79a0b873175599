// The dialogues of tests/smtp_judge/cases: what is told of each, and nothing else.
//
//   [id] name of the case        the id it is about; one of that name that begins with "twin" is the same done right
//   tells: id, id ?, id < other  all that is told, in this order: "?" is a guess, "<" follows from another one; "-": nothing
//   server: tls                  (or untrusted, or account USER PASSWORD WEB-PASSWORD) what is known of the server
//   C: …  S: …  -- …             the dialogue, as dialogue/text_reader.h reads it; "@name" stands for a block
//   @define name … @end          lines that many cases share
#pragma once

#include <string>
#include <vector>

#include "smtp_judge/server.h"

namespace test {

struct Case {
  std::string id;
  std::string name;
  std::string place;  // file:line
  std::string tells;
  smtp_judge::Server server;
  std::string dialogue;

  [[nodiscard]] bool is_twin() const { return name.starts_with("twin"); }
};

// Of all files, in the order of their names.
[[nodiscard]] std::vector<Case> all_cases();

// What the judge tells of it, written as "tells" is.
[[nodiscard]] std::string told_of(const Case& one);

}  // namespace test
