#include "imap/mailbox_name.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/text.h"

namespace imap {
namespace {

using mailbox::FolderName;

core::Failure peers_fault(core::Error error) {
  error.blame = core::Blame::kPeer;
  return core::Failure(std::move(error));
}

// The separator of the wire in place of that of folders, or the other way round.
std::string with_separator(std::string_view name, char from, char to) {
  std::string text(name);
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

// Whether `text` fits: of each state, a place in the pattern, whether the text so far leads there. Of its first octets, so many
// as `in_any_case` says, letter case does not count.
bool fits(std::string_view text, std::string_view pattern, char separator, std::size_t in_any_case) {
  std::vector<bool> here(pattern.size() + 1);
  // A wildcard may stand for nothing.
  const auto pass_wildcards = [&](std::vector<bool>& places) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (places[at] && (pattern[at] == '*' || pattern[at] == '%')) places[at + 1] = true;
    }
  };
  here[0] = true;
  pass_wildcards(here);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ignores_case = i < in_any_case;
    std::vector<bool> next(pattern.size() + 1);
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (!here[at]) continue;
      const char wanted = pattern[at];
      if (wanted == '*' || (wanted == '%' && c != separator)) {
        next[at] = true;
      } else if (wanted == c || (ignores_case && core::equals_ignoring_case({&wanted, 1}, {&c, 1}))) {
        next[at + 1] = true;
      }
    }
    pass_wildcards(next);
    here = std::move(next);
  }
  return here[pattern.size()];
}

}  // namespace

core::Result<FolderName> parse_mailbox_name(std::string_view name, NameForm form) {
  const bool is_plain = name.find('&') == std::string_view::npos;
  std::string dotted;
  if (form.separator != FolderName::kSeparator) {
    if (name.find(FolderName::kSeparator) != std::string_view::npos)
      return core::fail(core::Blame::kPeer, {"a mailbox's name has no dot here", "这里的邮箱名不能有点号"});
    dotted = with_separator(name, form.separator, FolderName::kSeparator);
    name = dotted;
  }
  auto parsed = form.is_utf8 || is_plain ? FolderName::parse(name) : FolderName::from_utf7(name);
  if (!parsed) return peers_fault(parsed.error());
  if (!form.is_utf8 && !is_plain && !parsed->is_inbox() && parsed->utf7() != name) {
    return core::fail(core::Blame::kPeer,
                      {"the mailbox's name is not written as modified UTF-7 has to be", "邮箱名的修改版 UTF-7 写法不对"},
                      "RFC 3501 §5.1.3", core::phrase("write {0}", "应写作 {0}", {parsed->utf7()}));
  }
  return parsed;
}

std::string mailbox_name_text(const FolderName& name, NameForm form) {
  const std::string text = form.is_utf8 ? name.text() : name.utf7();
  return with_separator(text, FolderName::kSeparator, form.separator);
}

void append_mailbox_name(std::string& out, const FolderName& name, NameForm form) {
  const Quoted quoted = form.is_utf8 ? Quoted::kUtf8 : Quoted::kAscii;
  if (form.is_quoted) return append_string(out, mailbox_name_text(name, form), quoted);
  append_astring(out, mailbox_name_text(name, form), quoted);
}

// Names beyond ASCII that a client wrote as they are were made folders in that way, and are found in that way.
ListPattern::ListPattern(std::string_view reference, std::string_view pattern, NameForm form) : form_(form) {
  pattern_.append(reference).append(pattern);
  if (std::any_of(pattern_.begin(), pattern_.end(), core::is_high)) form_.is_utf8 = true;
}

bool ListPattern::matches(const FolderName& name) const {
  static const FolderName kInbox = FolderName::inbox();
  const std::size_t in_any_case = name.is_inbox() || name.is_below(kInbox) ? kInbox.text().size() : 0;
  return fits(mailbox_name_text(name, form_), pattern_, form_.separator, in_any_case);
}

}  // namespace imap
