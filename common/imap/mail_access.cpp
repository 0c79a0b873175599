#include "imap/mail_access.h"

#include <algorithm>
#include <utility>

#include "imap/copying.h"
#include "imap/fetch_answer.h"
#include "imap/folder_answers.h"
#include "imap/search_answer.h"

namespace imap {
namespace {

using Telling = Selected::Telling;

constexpr std::string_view kFlagsOfAll = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

std::vector<mailbox::Uid> marked_deleted(const mailbox::Listing& listing) {
  std::vector<mailbox::Uid> uids;
  for (const mailbox::Entry& entry : listing.entries) {
    if (entry.flags.deleted) uids.push_back(entry.uid);
  }
  return uids;
}

std::string keyword_list(const std::vector<std::string>& keywords) {
  std::string text;
  for (const std::string& keyword : keywords) text += " " + keyword;
  return text;
}

// Where it goes on with numbers that the client may still use.
bool keeps_numbers(const Command& command) {
  const bool is_one = command.verb == Input::kFetch || command.verb == Input::kStore || command.verb == Input::kSearch;
  return is_one && !command.by_uid;
}

}  // namespace

void MailAccess::open(mailbox::Mailbox* mailbox) {
  mailbox_ = mailbox;
  if (mailbox_ != nullptr) FolderAnswers(*mailbox_, config_, state_.names(), false).make_usual();
}

std::vector<std::string> MailAccess::news(const Command* command) {
  if (!selected_) return {};
  const bool keeps = command != nullptr && keeps_numbers(*command);
  return selected_->news(keeps ? Telling::kNoExpunge : Telling::kEverything, manner());
}

void MailAccess::answered(Input input) {
  const State state = state_.state();
  if (input == Input::kSelect || input == Input::kExamine) selected_ = std::exchange(opening_, std::nullopt);
  if (state != State::kSelected && state != State::kIdleSelected) selected_.reset();
  if (!(kLoggedIn | kWaiting).has(state)) mailbox_ = nullptr;
}

Answer MailAccess::run(const Command& command, std::string_view octets) {
  if (mailbox_ == nullptr) return no("there is no mailbox here", "UNAVAILABLE");
  if (row(command.verb).in != kWithMailbox) return run_with_mailbox(command, octets);
  if (!selected_) return no("the mailbox is not open", "NONEXISTENT");
  return run_selected(command);
}

Answer MailAccess::run_with_mailbox(const Command& command, std::string_view octets) {
  FolderAnswers folders(*mailbox_, config_, state_.names(), state_.memory().rev2);
  switch (command.verb) {
    case Input::kSelect:
    case Input::kExamine: return select(command);
    case Input::kCreate: return folders.create(command.words<OneMailbox>().name);
    case Input::kDelete: return folders.erase(command.words<OneMailbox>().name);
    case Input::kRename: return folders.rename(command.words<TwoMailboxes>());
    case Input::kSubscribe: return folders.subscribe(command.words<OneMailbox>().name, true);
    case Input::kUnsubscribe: return folders.subscribe(command.words<OneMailbox>().name, false);
    case Input::kList: return folders.list(command.words<ListWords>());
    case Input::kLsub: return folders.lsub(command.words<ListWords>());
    case Input::kXlist: return folders.xlist(command.words<ListWords>());
    case Input::kStatus: return folders.status(command.words<StatusWords>());
    case Input::kAppend: return append(command.words<AppendWords>(), octets);
    default: return ok(std::string(row(command.verb).verb) + " completed");
  }
}

Answer MailAccess::run_selected(const Command& command) {
  const bool changes = row(command.verb).changes;
  const bool leaves = command.verb == Input::kClose || command.verb == Input::kUnselect || command.verb == Input::kCopy;
  if (changes && !leaves && selected_->is_read_only()) return no("the mailbox was opened read-only");
  switch (command.verb) {
    case Input::kClose: return close();
    case Input::kExpunge: return expunge(command);
    case Input::kStore: return store(command);
    case Input::kCopy:
    case Input::kMove: return copy(command);
    case Input::kSearch: return search(command);
    case Input::kFetch: return fetch(command);
    default: return ok(std::string(row(command.verb).verb) + " completed");
  }
}

Answer MailAccess::select(const Command& command) {
  opening_.reset();
  const auto name = parse_mailbox_name(command.words<SelectWords>().name, state_.names());
  if (!name) return bad_name(name.error());
  const auto folder = mailbox_->open(*name);
  if (!folder) return failed(folder.error());
  const bool read_only = command.verb == Input::kExamine;
  auto opened = Selected::open(*folder, read_only);
  if (!opened) return failed(opened.error());
  opening_ = std::move(*opened);
  const bool rev2 = state_.memory().rev2;
  const mailbox::Listing& listing = opening_->listing();
  const auto [first_unseen, keywords] = opening_->overview();
  const std::string flags = std::string(kFlagsOfAll) + keyword_list(keywords);
  const bool has_room = keywords.size() < mailbox::Folder::kMaxKeywords;
  Answer answer = ok(read_only ? "EXAMINE completed" : "SELECT completed", read_only ? "READ-ONLY" : "READ-WRITE");
  const auto add = [&](std::string line) { answer.data.push_back(std::move(line)); };
  if (selected_) add("OK [CLOSED] the mailbox that was open is closed");
  add("FLAGS (" + flags + ")");
  add("OK [PERMANENTFLAGS (" + (read_only ? "" : flags + (has_room ? " \\*" : "")) + ")] " +
      (read_only ? "no flag can be changed" : "these flags can be changed"));
  add(std::to_string(opening_->exists()) + " EXISTS");
  if (!rev2) add(std::to_string(opening_->recent()) + " RECENT");
  if (first_unseen > 0 && !rev2) add("OK [UNSEEN " + std::to_string(first_unseen) + "] the first that has not been read");
  add("OK [UIDVALIDITY " + std::to_string(listing.uid_validity) + "] UIDs are valid");
  add("OK [UIDNEXT " + std::to_string(listing.uid_next.value) + "] the next UID");
  if (config_.announced(true, true).have_mod_sequences())
    add("OK [HIGHESTMODSEQ " + std::to_string(listing.mod_sequence) + "] the last change");
  if (config_.announced(true, true).offers("OBJECTID")) add("OK [" + mailbox_id(listing) + "] its id");
  if (rev2) add(FolderAnswers(*mailbox_, config_, state_.names(), rev2).list_line(*name));
  return answer;
}

std::optional<Answer> MailAccess::refusal(const AppendWords& words, std::uint64_t octets) const {
  if (mailbox_ == nullptr) return std::nullopt;
  const auto name = parse_mailbox_name(words.name, state_.names());
  if (!name) return bad_name(name.error());
  if (const auto folder = mailbox_->open(*name); !folder) return not_there(folder.error());
  if (octets == 0) return no("a message has at least one octet");
  return std::nullopt;
}

Answer MailAccess::append(const AppendWords& words, std::string_view octets) {
  if (auto refused = refusal(words, words.message.end - words.message.begin)) return std::move(*refused);
  const auto name = parse_mailbox_name(words.name, state_.names());
  if (!name) return bad_name(name.error());
  const auto folder = mailbox_->open(*name);
  if (!folder) return not_there(folder.error());
  const std::string_view message = octets.substr(words.message.begin, words.message.end - words.message.begin);
  const auto uid = append_to(**folder, message, words.flags, words.received);
  if (!uid) return failed(uid.error());
  const auto listing = (*folder)->list();
  if (!listing) return failed(listing.error());
  return ok("APPEND completed", "APPENDUID " + std::to_string((*listing)->uid_validity) + " " + std::to_string(uid->value));
}

// Nothing is told of what goes (RFC 9051 §6.4.1).
Answer MailAccess::close() {
  if (!selected_->is_read_only()) {
    const auto listing = selected_->folder().list();
    if (listing) (void)selected_->folder().expunge(marked_deleted(**listing));
  }
  return ok("CLOSE completed");
}

Answer MailAccess::expunge(const Command& command) {
  const auto listing = selected_->folder().list();
  if (!listing) return failed(listing.error());
  std::vector<mailbox::Uid> uids = marked_deleted(**listing);
  if (command.by_uid) {
    const std::vector<mailbox::Uid> named = selected_->uids(selected_->messages(command.words<Messages>().set, true));
    std::erase_if(uids, [&](mailbox::Uid uid) { return !std::binary_search(named.begin(), named.end(), uid); });
  }
  const auto gone = selected_->folder().expunge(uids);
  return gone ? ok("EXPUNGE completed") : failed(gone.error());
}

std::optional<Answer> MailAccess::wrong_numbers(const Command& command, const SequenceSet& set) const {
  if (command.by_uid || selected_->has_all(set)) return std::nullopt;
  return bad("there is no message of such a number");
}

// What has been changed since is not touched: of which messages the response code tells (RFC 7162 §3.1.3).
std::string MailAccess::leave_out_changed(std::uint64_t since, bool by_uid, std::vector<mailbox::Uid>& uids) const {
  const mailbox::Listing& listing = selected_->listing();
  std::vector<std::uint32_t> changed;
  std::erase_if(uids, [&](mailbox::Uid uid) {
    const mailbox::Entry* const entry = listing.find(uid);
    if (entry == nullptr || entry->mod_sequence <= since) return false;
    changed.push_back(by_uid ? uid.value : static_cast<std::uint32_t>(entry - listing.entries.data()) + 1);
    return true;
  });
  return changed.empty() ? "" : "MODIFIED " + set_text(changed);
}

Answer MailAccess::store(const Command& command) {
  const auto& words = command.words<StoreWords>();
  if (auto wrong = wrong_numbers(command, words.set)) return std::move(*wrong);
  std::vector<mailbox::Uid> uids = selected_->uids(selected_->messages(words.set, command.by_uid));
  // What others have changed is told before: what comes behind is the client's own.
  const Telling telling = command.by_uid ? Telling::kEverything : Telling::kNoExpunge;
  Answer answer = ok("STORE completed");
  Manner told = manner();
  told.mod_sequences = told.mod_sequences || words.unchanged_since;
  answer.data = selected_->news(telling, told);
  if (words.unchanged_since) answer.code = leave_out_changed(*words.unchanged_since, command.by_uid, uids);
  const auto marked = selected_->folder().mark(uids, words.change, words.flags);
  if (!marked) return failed(marked.error());
  for (std::string& line : selected_->news(Telling::kNoExpunge, told, uids)) answer.data.push_back(std::move(line));
  if (words.silent && !told.mod_sequences) return answer;
  const mailbox::Listing& listing = selected_->listing();
  for (const mailbox::Uid uid : uids) {
    const mailbox::Entry* const entry = listing.find(uid);
    if (entry == nullptr) continue;
    std::string line = std::to_string(entry - listing.entries.data() + 1) + " FETCH (";
    if (command.by_uid) line += "UID " + std::to_string(uid.value) + " ";
    if (!words.silent) line += "FLAGS (" + flags_text(entry->flags, !told.rev2 && selected_->is_recent(uid)) + ")";
    if (told.mod_sequences) line += (words.silent ? "MODSEQ (" : " MODSEQ (") + std::to_string(entry->mod_sequence) + ")";
    answer.data.push_back(line + ")");
  }
  return answer;
}

Answer MailAccess::copy(const Command& command) {
  const auto& words = command.words<CopyWords>();
  if (auto wrong = wrong_numbers(command, words.set)) return std::move(*wrong);
  const auto name = parse_mailbox_name(words.to, state_.names());
  if (!name) return bad_name(name.error());
  const auto folder = mailbox_->open(*name);
  if (!folder) return not_there(folder.error());
  const bool moves = command.verb == Input::kMove;
  const std::vector<std::uint32_t> messages = selected_->messages(words.set, command.by_uid);
  if (messages.empty()) return ok(moves ? "MOVE completed, of no message" : "COPY completed, of no message");
  const auto copied = copy_to(*selected_, messages, **folder);
  if (!copied) return failed(copied.error());
  if (!moves) return ok("COPY completed", *copied);
  // RFC 9051 §6.4.8: untagged, since it has to come before the EXPUNGEs.
  Answer answer = ok("MOVE completed");
  answer.data.push_back("OK [" + *copied + "] copied");
  const auto gone = selected_->folder().expunge(selected_->uids(messages));
  return gone ? std::move(answer) : failed(gone.error());
}

std::optional<FolderView> MailAccess::look_at(std::string_view name) const {
  const auto parsed = parse_mailbox_name(name, state_.names());
  if (mailbox_ == nullptr || !parsed) return std::nullopt;
  const auto folder = mailbox_->open(*parsed);
  const auto listed = folder ? (*folder)->list() : core::Result<mailbox::Snapshot>(nullptr);
  if (!listed || *listed == nullptr) return std::nullopt;
  const mailbox::Listing& listing = **listed;
  const mailbox::Uid first = (*folder)->first_recent();
  const auto& entries = listing.entries;
  const auto recent =
      std::count_if(entries.begin(), entries.end(), [&](const mailbox::Entry& one) { return one.recent && first <= one.uid; });
  const auto unseen = std::find_if(entries.begin(), entries.end(), [](const mailbox::Entry& one) { return !one.flags.seen; });
  FolderView view{entries.size(), static_cast<std::size_t>(recent), 0, listing.uid_validity, listing.uid_next.value};
  if (unseen != entries.end()) view.unseen = static_cast<std::size_t>(unseen - entries.begin()) + 1;
  if (opening_ && opening_->shared_folder() == *folder) view.recent = opening_->recent();
  return view;
}

std::optional<bool> MailAccess::has_messages(const Command& command) const {
  const SequenceSet* const set = set_of(command);
  if (!selected_ || set == nullptr) return std::nullopt;
  return command.by_uid ? !selected_->messages(*set, true).empty() : selected_->has_all(*set);
}

Answer MailAccess::search(const Command& command) { return search_answer(*selected_, command, state_.memory().rev2); }

Answer MailAccess::fetch(const Command& command) {
  const auto& words = command.words<FetchWords>();
  if (auto wrong = wrong_numbers(command, words.set)) return std::move(*wrong);
  return fetch_answer(*selected_, command, manner(), state_.memory().utf8);
}

}  // namespace imap
