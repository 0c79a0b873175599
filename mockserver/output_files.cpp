#include "mockserver/output_files.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/system_text.h"
#include "dialogue/json_lines.h"

namespace mockserver {
namespace {

constexpr std::chrono::seconds kLastPatience{2};

core::Failure cannot_write(const std::string& path) {
  return core::fail(core::Blame::kInput, core::phrase("cannot write: {0}", "不能写入：{0}", {core::system_text(errno)}), path);
}

}  // namespace

core::Result<void> write_whole(const std::string& path, std::string_view text) {
  struct stat there {};
  const bool is_file = stat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode);
  const std::string temporary = is_file ? path + ".tmp" : path;  // a device or a pipe is written to, never replaced
  std::FILE* const file = std::fopen(temporary.c_str(), "we");
  const bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (written && closed && (!is_file || std::rename(temporary.c_str(), path.c_str()) == 0)) return {};
  return cannot_write(path);
}

core::Result<void> EventsFile::open(const std::string& path, bool show_secrets, core::Language language) {
  show_secrets_ = show_secrets;
  language_ = language;
  if (path.empty()) return {};
  const bool is_file = path != "-";
  const int file = is_file ? ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : STDOUT_FILENO;
  if (file < 0) return cannot_write(path);
  output_.open(file, is_file);
  return {};
}

void EventsFile::write(std::uint64_t connection, const dialogue::Event& event) {
  if (!is_open()) return;
  write(dialogue::json_line(event, {.show_secrets = show_secrets_, .connection = connection}));
}

void EventsFile::write(const std::string& line) {
  if (!is_open()) return;
  std::string lines;
  const std::uint64_t missing = output_.dropped() - told_;
  if (missing > 0) {
    dialogue::Event note;
    note.note = std::to_string(missing) + " events are missing here: nobody read them, or they could not be written";
    lines = dialogue::json_line(note, {.show_secrets = false, .connection = {}});
  }
  lines += line;
  // Whole lines, at once: whoever reads along, or after a kill, finds no half ones.
  if (output_.write(lines)) {
    told_ += missing;
  } else if (output_.failure() != 0 && !reader_has_gone() && !std::exchange(complained_, true)) {
    complain(core::phrase("cannot write events: {0}", "事件写不进去：{0}", {core::system_text(output_.failure())}));
  }
}

void EventsFile::finish() {
  if (!is_open()) return;
  output_.finish(kLastPatience);
  if (output_.dropped() == 0 || reader_has_gone()) return;
  complain(core::phrase("{0} events were dropped: nobody read them, or they could not be written",
                        "丢了 {0} 条事件：没有人读，或者写不进去", {output_.dropped()}));
}

void EventsFile::complain(const core::Text& text) const {
  std::fprintf(stderr, "smtplab-mock: %s\n", text.in(language_).c_str());
}

}  // namespace mockserver
