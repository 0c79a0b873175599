#include "client/labs/conduct.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <fcntl.h>

#include "client/labs/answering.h"
#include "client/labs/drive.h"
#include "client/labs/files.h"
#include "client/labs/given.h"
#include "client/labs/unjudged.h"
#include "client/labs/workplace.h"
#include "client/program/execution.h"
#include "client/program/memory_file.h"
#include "client/program/street.h"
#include "core/show.h"
#include "net/loop.h"

namespace lab {
namespace {

constexpr std::size_t kMostWritten = std::size_t{16} * 1024 * 1024;
constexpr program::Limits kLimits{std::uint64_t{256} * 1024 * 1024, 120};
constexpr std::size_t kMostMemory = std::size_t{2} * 1024 * 1024 * 1024;

// A word as a shell takes it.
std::string in_shell(const std::string& word) {
  const bool is_plain = !word.empty() && word.find_first_not_of(
                                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                             "_-./:=@%+,{}") == std::string::npos;
  return is_plain ? word : "'" + core::replace_all(word, "'", "'\\''") + "'";
}

std::string by_hand(const Trial& trial, const std::vector<std::string>& command) {
  std::string words = "smtplab run";
  if (!trial.server.empty()) words += " " + trial.server;
  if (!trial.probes.empty()) words += " --with " + trial.probes;
  words += " --";
  for (const std::string& word : command) words += " " + in_shell(word);
  return words;
}

// Where the lab's server is, for a program that asks.
Given with_place(const Lab& lab, const Trial& trial) {
  Given given = given_in(lab, trial);
  const auto speaks = [&](const char* what) { return trial.server.find(what) != std::string::npos; };
  given["host"] = "localhost";
  given["port"] = speaks("pop3") ? "110" : speaks("imap") ? "143" : "25";
  return given;
}

class Conductor {
 public:
  Conductor(const Lab& lab, const Trial& trial, const Submission& submission, const Workplace& workplace)
      : lab_(lab), submission_(submission), workplace_(workplace), answering_(lab, with_place(lab, trial)) {
    evidence_.trial = trial.name;
    evidence_.factor = lab.factor;
    evidence_.given = with_place(lab, trial);
    options_.scenarios = {trial.server};
    if (trial.server.empty()) options_.scenarios.clear();
    options_.probes = trial.probes;
    take_input(trial);
    take_command();
    give_files();
    for (const std::string_view word : placeholders()) {
      if (auto place = workplace_.place_of(word)) evidence_.placeholders.emplace(word, std::move(*place));
    }
    evidence_.repeat = by_hand(trial, options_.command);
  }

  // The program is a server: what speaks to it stands in its place, in a network without servers of ours. script: a file for
  // what becomes of it.
  void drive(const std::string& script) {
    std::vector<std::string> words{submission_.smtplab, kDriveHidden, script};
    words.insert(words.end(), options_.command.begin(), options_.command.end());
    options_.command = std::move(words);
    options_.is_bare = true;
    is_driven_ = true;
    patience_ = 3;             // each talk may wait for its replies
    evidence_.repeat.clear();  // by hand there is nobody who speaks to it
  }

  core::Result<Evidence> run(const std::vector<std::string>& lenient, const scenario::Catalogue& catalogue,
                             const knowledge::Knowledge& knowledge) {
    set_up();
    options_.lenient = lenient;
    auto street = program::street_for(options_, catalogue);
    if (!street) return core::Failure(street.error());
    std::ostringstream said;
    const auto begin = net::Loop::precise_now();
    program::Execution execution(options_, catalogue, knowledge, std::move(*street), said);
    if (const auto done = execution.run(); !done) return core::Failure(done.error());
    evidence_.took = net::Loop::precise_now() - begin;
    take(execution);
    return std::move(evidence_);
  }

 private:
  void set_up() {
    options_.folder = workplace_.path();
    options_.time = submission_.time * patience_;
    options_.smtplab = submission_.smtplab;
    options_.seed = submission_.seed;
    options_.output_limit = kMostWritten;
    options_.limits = kLimits;
    options_.most_memory = kMostMemory;
    options_.is_json = true;                 // says nothing on the way
    options_.ends_when_stuck = !is_driven_;  // ours waits by the clock
    options_.welcomes_anybody = true;
    options_.clock_factor = lab_.factor;
    options_.keeps_all = true;
    options_.typist = program::Typist{[this](std::string_view printed) { return answering_.next(printed); }};
  }

  void take_input(const Trial& trial) {
    if (!trial.input) return;
    input_ = program::memory_file(filled(*trial.input, evidence_.given, &evidence_.told));
    options_.input = "/proc/self/fd/" + std::to_string(input_.number());
  }

  void take_command() {
    for (const std::string& word : submission_.command) {
      Given given = evidence_.given;
      given.erase("host");  // known when the network is there
      given.erase("port");
      options_.command.push_back(filled(word, given, &evidence_.told));
    }
  }

  // What its sources or its command name was told to it.
  void give_files() {
    for (const GivenFile& file : lab_.files) {
      const std::string octets = octets_of(file, evidence_.given);
      const bool is_ours = workplace_.give(file.name, octets);
      evidence_.files.push_back({file.name, {}, {}, is_ours ? octets : workplace_.content(file.name)});
      bool is_named = workplace_.mentions(file.name);
      for (const std::string& word : options_.command) is_named = is_named || word.find(file.name) != std::string::npos;
      if (!is_named) continue;
      evidence_.told.insert(file.name);
      if (!is_ours) continue;
      evidence_.told.insert("file:" + file.name);
      static_cast<void>(filled(file.text, evidence_.given, &evidence_.told));  // what stands in it
    }
  }

  void take(const program::Execution& execution) {
    const program::Story story = execution.story();
    evidence_.visits = story.services.visits();
    for (const mockserver::Kept& one : story.services.kept()) evidence_.messages.push_back(one.message);
    evidence_.outcome = story.outcome;
    evidence_.symptoms = story.symptoms;
    evidence_.stumble = story.stumble;
    evidence_.printed = story.outcome.said;
    evidence_.wants_more_input = answering_.has_run_out();
    evidence_.told.insert(answering_.told().begin(), answering_.told().end());
    for (const program::Place& place : story.outcome.wanted) {
      if (!place.is_udp && !story.services.is_open(place))
        evidence_.elsewhere.push_back(core::show_bytes(place.address) + ":" + std::to_string(place.port));
    }
  }

  const Lab& lab_;
  const Submission& submission_;
  const Workplace& workplace_;
  Evidence evidence_;
  Answering answering_;
  program::Descriptor input_;
  program::RunOptions options_;
  bool is_driven_ = false;
  int patience_ = 1;
};

}  // namespace

core::Result<Evidence> conduct(const Lab& lab, const Trial& trial, const Submission& submission,
                               const std::vector<std::string>& lenient, const scenario::Catalogue& catalogue,
                               const knowledge::Knowledge& knowledge) {
  auto workplace = Workplace::copy_of(submission.folder);
  if (!workplace) return core::Failure(workplace.error());
  return Conductor(lab, trial, submission, *workplace).run(lenient, catalogue, knowledge);
}

core::Result<Evidence> conduct_server(const Lab& lab, const Submission& submission, const scenario::Catalogue& catalogue,
                                      const knowledge::Knowledge& knowledge) {
  auto workplace = Workplace::copy_of(submission.folder);
  if (!workplace) return core::Failure(workplace.error());
  auto script = Workplace::empty();  // a folder that the server is not told of
  if (!script) return core::Failure(script.error());
  const std::string before = workplace->contents();
  const std::string path = script->path() + "/.talks";
  std::ofstream(path, std::ios::binary) << as_json(lab.talks);
  const program::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  Conductor conductor(lab, lab.trials.front(), submission, *workplace);
  conductor.drive(path);
  auto evidence = conductor.run({}, catalogue, knowledge);
  if (!evidence) return evidence;
  std::ifstream result("/proc/self/fd/" + std::to_string(file.number()), std::ios::binary);
  evidence->driven = driven_from(std::string(std::istreambuf_iterator<char>(result), {}));
  evidence->made = workplace->contents();
  // What was there before is none of its work.
  if (evidence->made.starts_with(before)) evidence->made.erase(0, before.size());
  evidence->symptoms.clear();  // of a client
  return evidence;
}

}  // namespace lab
