#include "imap/folder_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace imap {
namespace {

using mailbox::FolderName;

// "a.b" and "a" of "a.b.c", the lowest first.
std::vector<FolderName> levels_above(const FolderName& name) {
  std::vector<FolderName> above;
  std::string_view text = name.text();
  for (std::size_t dot = text.rfind(FolderName::kSeparator); dot != std::string_view::npos;
       dot = text.rfind(FolderName::kSeparator)) {
    text = text.substr(0, dot);
    if (auto parent = FolderName::parse(text)) above.push_back(std::move(*parent));
  }
  return above;
}

// The use of a mailbox as XLIST calls it.
std::string_view xlist_word(std::string_view use) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWords{
      {{"\\All", "\\AllMail"}, {"\\Flagged", "\\Starred"}, {"\\Junk", "\\Spam"}}};
  const auto* const hit = std::find_if(kWords.begin(), kWords.end(), [&](const auto& one) { return one.first == use; });
  return hit == kWords.end() ? use : hit->second;
}

bool matches_any(const std::vector<ListPattern>& patterns, const FolderName& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const ListPattern& one) { return one.matches(name); });
}

std::vector<ListPattern> patterns_of(const ListWords& words, NameForm names) {
  std::vector<ListPattern> patterns;
  for (const std::string& pattern : words.patterns) patterns.emplace_back(words.reference, pattern, names);
  return patterns;
}

}  // namespace

Answer failed(const core::Error& error) {
  if (error.id == "no-folder") return no("there is no such mailbox", "NONEXISTENT");
  if (error.id == "folder-exists") return no("there is such a mailbox already", "ALREADYEXISTS");
  if (error.id == "folder-gone") return no("the mailbox has been deleted or renamed", "NONEXISTENT");
  if (error.id == "message-gone") return no("some of the messages are not there any more", "EXPUNGEISSUED");
  if (error.id == "disk-full") return no("there is no space left", "OVERQUOTA");
  return no(error.text.en, error.blame == core::Blame::kCaller ? "CANNOT" : "SERVERBUG");
}

std::string mailbox_id(const mailbox::Listing& listing) { return "MAILBOXID (F" + std::to_string(listing.uid_validity) + ")"; }

Answer bad_name(const core::Error& error) { return no(error.text.en, "CANNOT"); }

void FolderAnswers::make_usual() {
  const auto wanted = mailbox_.subscriptions();
  if (!wanted || !wanted->empty()) return;
  (void)mailbox_.subscribe(FolderName::inbox(), true);
  for (const protocol::FolderSetting& one : config_.folders) {
    const auto name = parse_mailbox_name(one.name, NameForm{true, names_.separator});
    if (!name) continue;
    (void)mailbox_.create(*name);  // it may be there already, with what was sent
    (void)mailbox_.subscribe(*name, true);
  }
}

std::string_view FolderAnswers::use_of(const FolderName& name) const {
  const std::string text = mailbox_name_text(name, NameForm{true, names_.separator});
  const auto hit = std::find_if(config_.folders.begin(), config_.folders.end(),
                                [&](const protocol::FolderSetting& one) { return one.name == text; });
  return hit == config_.folders.end() ? std::string_view() : std::string_view(hit->use);
}

core::Result<std::vector<FolderAnswers::Listed>> FolderAnswers::all(bool with_subscribed) {
  auto folders = mailbox_.folders();
  if (!folders) return core::Failure(std::move(folders.error()));
  auto subscribed = mailbox_.subscriptions();
  if (!subscribed) return core::Failure(std::move(subscribed.error()));
  std::map<FolderName, Listed> found;
  const auto add = [&](const FolderName& name) -> Listed& {
    return found.try_emplace(name, Listed{name, false}).first->second;
  };
  for (const FolderName& name : *folders) add(name).is_there = true;
  for (const FolderName& name : *subscribed) {
    if (with_subscribed || found.contains(name)) add(name).is_subscribed = true;
  }
  std::vector<FolderName> names;
  for (const auto& [name, one] : found) names.push_back(name);
  for (const FolderName& name : names) {
    const Listed below = found.at(name);
    for (const FolderName& parent : levels_above(name)) {
      Listed& one = add(parent);
      one.has_children = one.has_children || below.is_there;
      one.has_subscribed_below = one.has_subscribed_below || below.is_subscribed;
    }
  }
  std::vector<Listed> all;
  for (const FolderName& name : *folders) {  // INBOX first
    if (name.is_inbox()) all.push_back(found.at(name));
  }
  for (const auto& [name, one] : found) {
    if (!name.is_inbox()) all.push_back(one);
  }
  return all;
}

// As a quoted string.
std::string FolderAnswers::separator_text() const {
  return std::string("\"") + (names_.separator == '\\' ? "\\" : "") + names_.separator + "\"";
}

// mailbox-list (RFC 9051 §7.3.1)
std::string FolderAnswers::line_of(const Listed& one, std::string_view verb, const ListWords& words) const {
  std::string attributes;
  const auto add = [&](std::string_view attribute) {
    if (!attributes.empty()) attributes += ' ';
    attributes += attribute;
  };
  if (!one.is_there) {
    const bool is_new = rev2_ || words.only_subscribed;
    add(is_new && verb == "LIST" ? "\\NonExistent" : "\\Noselect");
  }
  if (verb == "LIST") {
    if (rev2_ || words.return_children || offers_.offers("CHILDREN"))
      add(one.has_children ? "\\HasChildren" : "\\HasNoChildren");
    if (one.is_subscribed && (words.only_subscribed || words.return_subscribed)) add("\\Subscribed");
    const bool tells_use = rev2_ || words.return_special_use || offers_.offers("SPECIAL-USE");
    if (const std::string_view use = use_of(one.name); tells_use && !use.empty() && one.is_there) add(use);
  }
  if (verb == "XLIST") {
    add(one.has_children ? "\\HasChildren" : "\\HasNoChildren");
    if (one.name.is_inbox()) add("\\Inbox");
    if (const std::string_view use = use_of(one.name); !use.empty()) add(xlist_word(use));
  }
  std::string line = std::string(verb) + " (" + attributes + ") " + separator_text() + " ";
  append_mailbox_name(line, one.name, names_);
  if (words.recursive_match && one.has_subscribed_below) line += " (\"CHILDINFO\" (\"SUBSCRIBED\"))";
  return line;
}

std::string FolderAnswers::list_line(const FolderName& name) {
  const auto every = all(false);
  const auto is_it = [&](const Listed& one) { return one.name == name; };
  const auto hit = every ? std::find_if(every->begin(), every->end(), is_it) : std::vector<Listed>::const_iterator();
  return line_of(every && hit != every->end() ? *hit : Listed{name}, "LIST", {});
}

Answer FolderAnswers::list(const ListWords& words) {
  Answer answer = ok("LIST completed");
  // Asks for no more than the separator (RFC 9051 §6.3.9).
  const bool asks_for_root = words.patterns.size() == 1 && words.patterns.front().empty();
  if (asks_for_root) {
    answer.data.push_back("LIST (\\Noselect) " + separator_text() + " \"\"");
    return answer;
  }
  const auto every = all(words.only_subscribed);
  if (!every) return failed(every.error());
  const std::vector<ListPattern> patterns = patterns_of(words, names_);
  for (const Listed& one : *every) {
    if (!matches_any(patterns, one.name)) continue;
    const bool is_wanted = !words.only_subscribed || one.is_subscribed || (words.recursive_match && one.has_subscribed_below);
    if (!is_wanted || (words.only_special_use && use_of(one.name).empty())) continue;
    answer.data.push_back(line_of(one, "LIST", words));
    if (words.return_status.empty() || !one.is_there) continue;
    if (auto line = status_line(one.name, words.return_status)) answer.data.push_back(std::move(*line));
  }
  return answer;
}

// What is not subscribed to but has such folders below is told where the pattern ends at it (RFC 3501 §6.3.9).
Answer FolderAnswers::lsub(const ListWords& words) {
  const auto every = all(true);
  if (!every) return failed(every.error());
  Answer answer = ok("LSUB completed");
  const std::vector<ListPattern> patterns = patterns_of(words, names_);
  const bool ends_in_percent = words.patterns.front().ends_with('%');
  for (Listed one : *every) {
    if (!matches_any(patterns, one.name)) continue;
    if (!one.is_subscribed && !(ends_in_percent && one.has_subscribed_below)) continue;
    one.is_there = one.is_subscribed;
    answer.data.push_back(line_of(one, "LSUB", words));
  }
  return answer;
}

// What Gmail had before there was SPECIAL-USE: LIST with what a mailbox is for, in words of its own.
Answer FolderAnswers::xlist(const ListWords& words) {
  const auto every = all(false);
  if (!every) return failed(every.error());
  Answer answer = ok("XLIST completed");
  const std::vector<ListPattern> patterns = patterns_of(words, names_);
  for (const Listed& one : *every) {
    if (matches_any(patterns, one.name)) answer.data.push_back(line_of(one, "XLIST", {}));
  }
  return answer;
}

core::Result<std::string> FolderAnswers::status_line(const FolderName& name, const std::vector<StatusItem>& items) {
  const auto folder = mailbox_.open(name);
  if (!folder) return core::Failure(folder.error());
  const auto listed = (*folder)->list();
  if (!listed) return core::Failure(listed.error());
  const mailbox::Listing& listing = **listed;
  const auto count = [&](const auto& is_one) {
    return std::to_string(std::count_if(listing.entries.begin(), listing.entries.end(), is_one));
  };
  const auto value_of = [&](StatusItem item) -> std::string {
    switch (item) {
      case StatusItem::kMessages: return "MESSAGES " + std::to_string(listing.entries.size());
      case StatusItem::kRecent: {
        const mailbox::Uid first = (*folder)->first_recent();
        return "RECENT " + count([&](const mailbox::Entry& one) { return one.recent && first <= one.uid; });
      }
      case StatusItem::kUidNext: return "UIDNEXT " + std::to_string(listing.uid_next.value);
      case StatusItem::kUidValidity: return "UIDVALIDITY " + std::to_string(listing.uid_validity);
      case StatusItem::kUnseen: return "UNSEEN " + count([](const mailbox::Entry& one) { return !one.flags.seen; });
      case StatusItem::kDeleted: return "DELETED " + count([](const mailbox::Entry& one) { return one.flags.deleted; });
      case StatusItem::kModSequence: return "HIGHESTMODSEQ " + std::to_string(listing.mod_sequence);
      case StatusItem::kMailboxId: return mailbox_id(listing);
      case StatusItem::kSize: return "SIZE " + std::to_string(listing.octets());
    }
    return {};
  };
  std::string line = "STATUS ";
  append_mailbox_name(line, name, names_);
  line += " (";
  for (const StatusItem item : items) line += (line.ends_with('(') ? "" : " ") + value_of(item);
  return line + ")";
}

Answer FolderAnswers::status(const StatusWords& words) {
  const auto name = parse_mailbox_name(words.name, names_);
  if (!name) return bad_name(name.error());
  auto line = status_line(*name, words.items);
  if (!line) return failed(line.error());
  Answer answer = ok("STATUS completed");
  answer.data.push_back(std::move(*line));
  return answer;
}

// A separator at the end says that folders below it will follow (RFC 9051 §6.3.4).
Answer FolderAnswers::create(std::string_view name) {
  if (name.size() > 1 && name.ends_with(names_.separator)) name.remove_suffix(1);
  const auto parsed = parse_mailbox_name(name, names_);
  if (!parsed) return bad_name(parsed.error());
  if (parsed->is_inbox()) return no("INBOX is always there", "ALREADYEXISTS");
  const auto made = mailbox_.create(*parsed);
  if (!made) return failed(made.error());
  Answer answer = ok("CREATE completed");
  if (offers_.offers("OBJECTID")) {
    const auto listed = mailbox_.open(*parsed).and_then([](const auto& folder) { return folder->list(); });
    if (listed) answer.code = mailbox_id(**listed);
  }
  return answer;
}

Answer FolderAnswers::erase(std::string_view name) {
  const auto parsed = parse_mailbox_name(name, names_);
  if (!parsed) return bad_name(parsed.error());
  if (parsed->is_inbox()) return no("INBOX cannot be deleted", "CANNOT");
  const auto gone = mailbox_.erase(*parsed);
  return gone ? ok("DELETE completed") : failed(gone.error());
}

Answer FolderAnswers::rename(const TwoMailboxes& words) {
  const auto from = parse_mailbox_name(words.from, names_);
  if (!from) return bad_name(from.error());
  const auto to = parse_mailbox_name(words.to, names_);
  if (!to) return bad_name(to.error());
  if (to->is_below(*from) && !from->is_inbox()) return no("a mailbox cannot be moved below itself", "CANNOT");
  const auto renamed = mailbox_.rename(*from, *to);
  return renamed ? ok("RENAME completed") : failed(renamed.error());
}

Answer FolderAnswers::subscribe(std::string_view name, bool wanted) {
  const auto parsed = parse_mailbox_name(name, names_);
  if (!parsed) return bad_name(parsed.error());
  const auto done = mailbox_.subscribe(*parsed, wanted);
  return done ? ok(wanted ? "SUBSCRIBE completed" : "UNSUBSCRIBE completed") : failed(done.error());
}

}  // namespace imap
