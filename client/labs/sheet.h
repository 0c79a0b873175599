// What became of a lab: verdict, points, and for each check what was seen. All reports are written from this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/lab.h"
#include "core/text.h"

namespace lab {

enum class Verdict : std::uint8_t {
  kFull,
  kPassWithNotes,  // every must
  kPartial,        // a must is missing, what the lab is about is reached
  kFail,           // no message accepted at normal speed, or what the lab is about is not reached
  kNotJudged,      // no mark: it could not be run as it was meant
};
// "full", "pass-with-notes", "partial", "fail", "not-judged".
[[nodiscard]] std::string_view name(Verdict verdict);
[[nodiscard]] core::Text words(Verdict verdict);

enum class Outcome : std::uint8_t { kPassed, kFailed, kNotTried };
// "passed", "failed", "not-tried".
[[nodiscard]] std::string_view name(Outcome outcome);
// "program", "server", "hand", "answer".
[[nodiscard]] std::string_view name(Kind kind);
// "must", "note".
[[nodiscard]] std::string_view name(CheckKind kind);

// A line of a dialogue, safe to print, secrets masked.
struct Line {
  enum class From : std::uint8_t { kClient, kServer, kNote };
  std::uint64_t event = 0;  // its number in the dialogue
  From from = From::kNote;
  std::string text;
  std::string decoded;       // base64 of a login in clear, where that is no secret; may be empty
  std::int64_t at = 0;       // microseconds since the trial began
  bool is_at_fault = false;  // what a finding is about
};

// A mistake that was seen, in words. Ids are those of `smtplab explain`.
struct Seen {
  std::string id;
  std::string severity;  // "error", "warning", "advice"
  bool certain = true;
  std::uint64_t connection = 0;
  std::vector<std::uint64_t> events;
  std::optional<std::string> follows;  // the id of its cause
  core::Text title;
  core::Text why;
  core::Text fix;
  core::Text expected;  // may be empty
};

struct Dialogue {
  std::uint64_t connection = 0;  // from 1
  std::string host;
  std::uint16_t port = 0;
  std::string protocol;  // "smtp"
  std::string scenario;
  bool is_encrypted = false;
  std::vector<Line> lines;
  std::vector<Seen> findings;
};

// A message that was accepted, decoded and safe to print.
struct Letter {
  std::string sender;
  std::vector<std::string> recipients;
  std::string subject;
  std::string text;
  std::vector<std::string> attachments;
};

// What one trial showed.
struct TrialRecord {
  std::string name;
  core::Text title;    // what was done to the program
  std::string repeat;  // the command that shows it again by hand: "smtplab run … -- …"
  std::vector<Dialogue> dialogues;
  std::vector<Letter> letters;
  core::Text ended;       // "exit status 1", "it hung and was ended", …
  std::string printed;    // the end of what it wrote, safe to print
  std::int64_t took = 0;  // microseconds
};

struct CheckResult {
  std::string name;
  CheckKind kind = CheckKind::kMust;
  Outcome outcome = Outcome::kPassed;
  int points = 0;  // got
  int of = 0;
  core::Text title;
  core::Text reason;                  // one sentence; empty when passed
  std::string trial;                  // where it was seen; empty when passed or not tried
  std::vector<std::string> findings;  // ids, the cause first
  std::uint64_t connection = 0;       // of `around`
  std::vector<Line> around;           // the lines around the fault, whole
  std::string expected;               // of what must be compared, with `actual`; both whole
  std::string actual;
  std::vector<core::Text> hints;
  std::string lesson;  // "smtplab step …"; may be empty
};

struct Sheet {
  std::string lab;  // id
  int number = 0;
  core::Text title;
  std::vector<std::string> command;  // what was marked
  Verdict verdict = Verdict::kNotJudged;
  int points = 0;  // of musts
  int of = 0;
  std::string first;       // id of the first cause, or name of the check; empty when nothing is wrong
  core::Text sentence;     // the first thing to be said, one or two sentences
  core::Text praise;       // one thing done well; may be empty
  core::Text unjudged;     // kNotJudged: the cause, and the line to edit
  core::Text unprotected;  // what the system did not let us close off; may be empty
  std::uint64_t seed = 0;
  std::string version;  // of smtplab
  std::vector<CheckResult> checks;
  std::vector<TrialRecord> trials;
};

}  // namespace lab
