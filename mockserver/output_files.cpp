#include "mockserver/output_files.h"

#include <cerrno>
#include <cstring>

#include "dialogue/json_lines.h"

namespace mockserver {
namespace {

core::Failure cannot_write(const std::string& path) {
  return core::fail(core::Blame::kInput, std::string("cannot write: ") + std::strerror(errno), path);
}

}  // namespace

core::Result<void> write_whole(const std::string& path, std::string_view text) {
  const std::string temporary = path + ".tmp";
  std::FILE* const file = std::fopen(temporary.c_str(), "we");
  const bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (written && closed && std::rename(temporary.c_str(), path.c_str()) == 0) return {};
  return cannot_write(path);
}

EventsFile::~EventsFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

core::Result<void> EventsFile::open(const std::string& path, bool show_secrets) {
  show_secrets_ = show_secrets;
  if (path.empty()) return {};
  file_ = path == "-" ? stdout : std::fopen(path.c_str(), "we");
  if (file_ == nullptr) return cannot_write(path);
  return {};
}

void EventsFile::write(std::uint64_t connection, const dialogue::Event& event) {
  if (file_ == nullptr) return;
  const std::string line = dialogue::json_line(event, {.show_secrets = show_secrets_, .connection = connection});
  // Whole lines, at once: whoever reads along, or after a kill, finds no half ones.
  if (std::fwrite(line.data(), 1, line.size(), file_) == line.size() && std::fflush(file_) == 0) return;
  reader_has_gone_ = reader_has_gone_ || errno == EPIPE;
  if (!complained_ && !reader_has_gone_) std::fprintf(stderr, "smtplab-mock: cannot write events: %s\n", std::strerror(errno));
  complained_ = true;
}

}  // namespace mockserver
