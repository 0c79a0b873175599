// The files smtplab-mock writes for others to read.
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/result.h"
#include "dialogue/event.h"
#include "mockserver/patient_output.h"

namespace mockserver {

// Writes `text` as the file `path`, whole or not at all: whoever waits for it never reads a part of it. What is
// no file but a device or a pipe is written to. Errors are Blame::kInput.
core::Result<void> write_whole(const std::string& path, std::string_view text);

// The --events file: one JSON object a line. Never waits for whoever reads it: what a pipe does not take is dropped, and said.
class EventsFile {
 public:
  // An empty path: no events; "-": standard output. Errors (Blame::kInput) when the file cannot be written.
  // Complaints are in that language.
  core::Result<void> open(const std::string& path, bool show_secrets, core::Language language);
  [[nodiscard]] bool is_open() const { return output_.is_open(); }

  // Does nothing when it is not open. What cannot be written is complained about once, on standard error; but not that the
  // reader of a pipe has gone. Where events are missing, a note among the next ones says how many.
  void write(std::uint64_t connection, const dialogue::Event& event);
  // A line of another kind, with its LF; likewise.
  void write(const std::string& line);
  [[nodiscard]] bool reader_has_gone() const { return output_.failure() == EPIPE; }
  // Something waits to be written; go_on() tries again.
  [[nodiscard]] bool has_kept() const { return output_.kept() > 0; }
  void go_on() { output_.go_on(); }
  // Before the program ends: waits a moment for a slow reader, and says on standard error how many events were dropped.
  void finish();

 private:
  void complain(const core::Text& text) const;

  PatientOutput output_;
  core::Language language_ = core::Language::kEnglish;
  bool show_secrets_ = false;
  bool complained_ = false;
  std::uint64_t told_ = 0;  // dropped events that a note tells of
};

}  // namespace mockserver
