// A lab: what a student is to do, and what is looked at to mark it. Data only; scenarios/labs/README.md has every key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/labs/talk.h"
#include "core/text.h"

namespace lab {

// What is marked.
enum class Kind : std::uint8_t {
  kProgram,  // a client that somebody wrote
  kServer,   // a server that somebody wrote
  kHand,     // what somebody types
  kAnswer,   // what somebody answers to questions
};

// Something that the program gets: an account, an address, a text, a file. Values of [given] under their keys; a list stands
// under its key with commas between, and each item under "key.0", "key.1" …; the text of a file under "file:NAME".
using Given = std::map<std::string, std::string, std::less<>>;

struct GivenFile {
  std::string name;      // plain: it stands in the folder in which the program runs
  std::string text;      // in UTF-8, with {names} of the given; empty where there are only octets
  std::string encoding;  // the charset in which it stands there; empty: UTF-8
  std::string content;   // octet for octet, where there is no text
};

// What is typed when a program asks for something.
struct Answer {
  std::vector<std::string> asks;  // patterns (* and ?) for the end of what it has printed; empty: whatever it asks
  std::string gives;              // with {names} of the given
  bool is_once = false;           // the first time only
};

// One time that the program is run.
struct Trial {
  std::string name;                  // "normal", "split" …
  core::Text title;                  // what is done to the program: "the server cuts each reply in two"
  std::string server;                // scenario at localhost
  std::string probes;                // as --with
  Given given;                       // instead of the lab's
  std::optional<std::string> input;  // the whole standard input; nothing: it is answered when it asks
};

enum class CheckKind : std::uint8_t { kMust, kNote };

// Something that is looked at in a trial; conditions.cpp has the table of keys.
struct Condition {
  std::string key;
  std::vector<std::string> values;
};

struct Check {
  std::string name;  // short, lower-case: "greeting-read"
  CheckKind kind = CheckKind::kMust;
  int points = 1;
  core::Text title;                // what is to be: "reads the greeting before it speaks"
  bool is_purpose = false;         // without it the lab is failed, whatever else is right
  std::vector<std::string> needs;  // checks without which it is not tried
  std::vector<std::string> trials;
  std::vector<Condition> conditions;  // all of them, in each of the trials
  core::Text why;                     // said when it fails and no finding says why; may be empty
  std::vector<core::Text> hints;      // step by step
  std::string lesson;                 // a scenario to step through; may be empty
};

struct Lab {
  std::string id;  // of its file: "textbook-client", or the path of a teacher's own
  int number = 0;  // in the list; 0: a teacher's own
  int factor = 1;  // waits last so many times shorter
  Kind kind = Kind::kProgram;
  core::Text title;
  core::Text task;  // lines, with an empty one between paragraphs
  Given given;
  std::vector<GivenFile> files;
  std::vector<Answer> answers;  // its own before those that all labs share
  std::vector<Trial> trials;    // the first one is at normal speed, with nothing done
  std::vector<Talk> talks;      // kServer: what our client says to it
  std::vector<Check> checks;    // each behind those that it needs
};

}  // namespace lab
