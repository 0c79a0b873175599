// The files smtplab-mock writes for others to read.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/result.h"
#include "dialogue/event.h"

namespace mockserver {

// Writes `text` as the file `path`, whole or not at all: whoever waits for it never reads a part of it. Errors are
// Blame::kInput.
core::Result<void> write_whole(const std::string& path, std::string_view text);

// The --events file: one JSON object a line.
class EventsFile {
 public:
  EventsFile() = default;
  ~EventsFile();
  EventsFile(const EventsFile&) = delete;
  EventsFile& operator=(const EventsFile&) = delete;

  // An empty path: no events; "-": standard output. Errors (Blame::kInput) when the file cannot be written.
  core::Result<void> open(const std::string& path, bool show_secrets);
  [[nodiscard]] bool is_open() const { return file_ != nullptr; }

  // Does nothing when it is not open. What cannot be written is complained about once, on standard error; but not that the
  // reader of a pipe has gone.
  void write(std::uint64_t connection, const dialogue::Event& event);
  [[nodiscard]] bool reader_has_gone() const { return reader_has_gone_; }

 private:
  std::FILE* file_ = nullptr;
  bool show_secrets_ = false;
  bool complained_ = false;
  bool reader_has_gone_ = false;
};

}  // namespace mockserver
