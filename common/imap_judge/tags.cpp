#include "imap_judge/tags.h"

#include "core/text.h"
#include "imap/command.h"

namespace imap_judge {

std::optional<findings::Sight> Tags::take(const Line& line) {
  const std::string& tag = line.parsed.tag;
  if (!line.is_command() || tag.empty() || line.parsed.verb == imap::Input::kUnknown) return std::nullopt;
  // Libraries name what they send by its verb, and never two at a time: "IDLE IDLE".
  const bool names_verb = core::equals_ignoring_case(tag, imap::row(line.parsed.verb).verb);
  const bool is_new = used_.size() >= kMost ? !used_.contains(tag) : used_.insert(tag).second;
  if (is_new || names_verb) return std::nullopt;
  return findings::Sight{"tag-reused", {0, tag.size()}};
}

}  // namespace imap_judge
