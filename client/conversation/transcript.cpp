#include "client/conversation/transcript.h"

#include <utility>

#include "dialogue/json_lines.h"
#include "knowledge/finding_line.h"

namespace client {
namespace {

core::Failure unwritable(const std::string& file) {
  return core::Failure(
      core::Error{core::Blame::kSystem, {"the transcript cannot be written", "记录写不进去"}, file, {}, "file-unwritable"});
}

}  // namespace

core::Result<std::shared_ptr<Transcript>> Transcript::open(const std::string& file, bool show_secrets) {
  std::shared_ptr<Transcript> transcript(new Transcript(file, show_secrets));
  transcript->file_.open(file, std::ios::binary | std::ios::trunc);
  if (!transcript->file_) return unwritable(file);
  return transcript;
}

void Transcript::follow(const dialogue::Log& log, const std::optional<Findings>& findings) {
  const auto& events = log.events();
  if (events.size() < written_) {
    file_.close();
    file_.open(name_, std::ios::binary | std::ios::trunc);
    written_ = 0;
    told_ = 0;
  }
  dialogue::JsonOptions json;
  json.show_secrets = show_secrets_;
  for (; written_ < events.size(); ++written_) {
    file_ << dialogue::json_line(events[written_], json);
    write_findings(findings, events[written_].number);
  }
  write_findings(findings, written_);
  file_.flush();
}

void Transcript::write_findings(const std::optional<Findings>& findings, std::uint64_t up_to) {
  if (!findings) return;
  const auto& all = findings->verdicts.all();
  for (; told_ < all.size() && all[told_].at <= up_to; ++told_)
    file_ << knowledge::finding_line(all[told_].finding, findings->knowledge, findings->language);
}

core::Result<void> Transcript::state() {
  if (!file_) return unwritable(name_);
  return {};
}

}  // namespace client
