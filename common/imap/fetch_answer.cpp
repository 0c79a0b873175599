#include "imap/fetch_answer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "imap/binary_section.h"
#include "imap/body_structure.h"
#include "imap/date_time.h"
#include "imap/section.h"
#include "imap/stored_message.h"
#include "imap/string_form.h"

namespace imap {
namespace {

using What = FetchItem::What;

constexpr std::size_t kPiece = std::size_t{32} * 1024;  // octets that are collected into one piece
constexpr std::size_t kMarkedAtOnce = 256;

constexpr std::array<std::string_view, 19> kNames{"UID",           "FLAGS",       "INTERNALDATE",  "RFC822.SIZE", "MODSEQ",
                                                  "ENVELOPE",      "BODY",        "BODYSTRUCTURE", "BODY",        "RFC822",
                                                  "RFC822.HEADER", "RFC822.TEXT", "BINARY",        "BINARY.SIZE", "X-GM-MSGID",
                                                  "X-GM-THRID",    "X-GM-LABELS", "EMAILID",       "THREADID"};

// "1.2.HEADER.FIELDS (DATE FROM)"
std::string section_text(const Section& section) {
  constexpr std::array<std::string_view, 6> kWords{"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"};
  std::string text;
  for (const std::uint32_t number : section.part) text += (text.empty() ? "" : ".") + std::to_string(number);
  const std::string_view word = kWords[static_cast<std::size_t>(section.what)];
  if (!word.empty()) text.append(text.empty() ? "" : ".").append(word);
  if (section.fields.empty()) return text;
  text += " (";
  for (const std::string& field : section.fields) {
    if (!text.ends_with('(')) text += ' ';
    append_astring(text, field);
  }
  return text + ")";
}

// As the answer names it: "BODY[TEXT]<5>".
std::string label_of(const FetchItem& item) {
  std::string label(kNames[static_cast<std::size_t>(item.what)]);
  const bool has_section = item.what == What::kSection || item.what == What::kBinary || item.what == What::kBinarySize;
  if (has_section) label += "[" + section_text(item.section) + "]";
  if (item.partial) label += "<" + std::to_string(item.partial->offset) + ">";
  return label;
}

class FetchSource final : public Source {
 public:
  FetchSource(Selected& selected, std::vector<std::uint32_t> messages, const std::vector<FetchItem>& items, Manner manner,
              bool utf8)
      : selected_(selected),
        listing_(selected.snapshot()),
        messages_(std::move(messages)),
        items_(items),
        manner_(manner),
        quoted_(utf8 ? Quoted::kUtf8 : Quoted::kAscii) {
    const bool looks_only = std::all_of(items_.begin(), items_.end(), [](const FetchItem& item) { return item.peeks; });
    sets_seen_ = !looks_only && !selected_.is_read_only();
    shows_flags_ = std::any_of(items_.begin(), items_.end(), [](const FetchItem& item) { return item.what == What::kFlags; });
    const bool asks =
        std::any_of(items_.begin(), items_.end(), [](const FetchItem& item) { return item.what == What::kModSequence; });
    manner_.mod_sequences = manner_.mod_sequences || asks;
    tells_change_ = manner_.mod_sequences && !asks;
    for (const FetchItem& item : items_) labels_.push_back(label_of(item));
  }

  core::Result<std::string_view> next() override {
    buffer_.clear();
    while (buffer_.size() < kPiece && !is_over_) {
      if (section_ == nullptr) {
        go_on();
        continue;
      }
      const auto piece = section_->next();
      if (!piece) return piece;
      buffer_ += *piece;
      if (piece->empty()) section_.reset();
    }
    return std::string_view(buffer_);
  }

 private:
  // Up to the next section, or the end of the message.
  void go_on() {
    if (at_ == messages_.size()) return end();
    if (message_ == nullptr) begin_message();
    while (item_ < items_.size()) {
      if (auto written = append_item(); !written) {
        if (begins_at_) return leave_out();
        buffer_ += "NIL";
      }
      ++item_;
      if (section_ != nullptr) {
        begins_at_.reset();  // it is on its way
        return;
      }
    }
    buffer_ += ")\r\n";
    message_.reset();
    ++at_;
  }

  [[nodiscard]] const mailbox::Entry& entry() const { return listing_->entries[messages_[at_]]; }

  void begin_message() {
    if (sets_seen_ && at_ == marked_) mark_some();
    begins_at_ = buffer_.size();
    message_ = std::make_unique<StoredMessage>(selected_.folder(), entry());
    item_ = 0;
    buffer_ += "* " + std::to_string(messages_[at_] + 1) + " FETCH (";
    if (!sets_seen_ || entry().flags.seen) return;
    if (!shows_flags_) append_flags();
    if (tells_change_) append_mod_sequence();
  }

  // It has gone.
  void leave_out() {
    buffer_.resize(*begins_at_);
    section_.reset();
    message_.reset();
    ++at_;
  }

  void mark_some() {
    std::vector<mailbox::Uid> unseen;
    for (; marked_ < messages_.size() && unseen.size() < kMarkedAtOnce; ++marked_) {
      const mailbox::Entry& one = listing_->entries[messages_[marked_]];
      if (!one.flags.seen) unseen.push_back(one.uid);
    }
    if (unseen.empty()) return;
    mailbox::Flags seen;
    seen.seen = true;
    (void)selected_.folder().mark(unseen, mailbox::Change::kAdd, seen);
    seen_.insert(seen_.end(), unseen.begin(), unseen.end());
    if (!manner_.mod_sequences) return;
    if (auto now = selected_.folder().list()) marked_listing_ = std::move(*now);
  }

  void append_mod_sequence() {
    const mailbox::Entry* const now = marked_listing_ == nullptr ? nullptr : marked_listing_->find(entry().uid);
    if (!buffer_.ends_with('(')) buffer_ += ' ';
    buffer_ += "MODSEQ (" + std::to_string((now == nullptr ? entry() : *now).mod_sequence) + ")";
  }

  void append_flags() {
    mailbox::Flags flags = entry().flags;
    flags.seen = flags.seen || sets_seen_;
    if (!buffer_.ends_with('(')) buffer_ += ' ';
    buffer_ += "FLAGS (" + flags_text(flags, !manner_.rev2 && selected_.is_recent(entry().uid)) + ")";
  }

  // False: it cannot be had.
  bool append_item() {
    const FetchItem& item = items_[item_];
    if (item.what == What::kFlags) {
      append_flags();
      return true;
    }
    if (item.what == What::kModSequence) {
      append_mod_sequence();
      return true;
    }
    if (!buffer_.ends_with('(')) buffer_ += ' ';
    buffer_ += labels_[item_] + " ";
    switch (item.what) {
      case What::kUid: buffer_ += std::to_string(entry().uid.value); return true;
      case What::kRfc822Size: buffer_ += std::to_string(entry().size); return true;
      case What::kInternalDate:
        buffer_ += "\"" + date_time_text({std::chrono::sys_seconds(std::chrono::seconds(entry().received))}) + "\"";
        return true;
      case What::kEnvelope: return message_->append_envelope(buffer_).has_value();
      case What::kBody: return append_structure(Extension::kWithout);
      case What::kBodyStructure: return append_structure(Extension::kWith);
      case What::kSection:
      case What::kRfc822:
      case What::kRfc822Header:
      case What::kRfc822Text: return open(item);
      case What::kBinary:
      case What::kBinarySize: return open_decoded(item);
      case What::kGmailId:
      case What::kGmailThread: buffer_ += std::to_string(id()); return true;
      case What::kGmailLabels: buffer_ += "()"; return true;
      case What::kEmailId: buffer_ += "(M" + std::to_string(id()) + ")"; return true;
      case What::kThreadId: buffer_ += "NIL"; return true;
      case What::kFlags:
      case What::kModSequence: break;
    }
    return false;
  }

  bool append_structure(Extension extension) {
    const auto tree = message_->tree();
    if (!tree) return false;
    append_body_structure(buffer_, **tree, extension, quoted_);
    return true;
  }

  bool open(const FetchItem& item) {
    auto opened = open_section(*message_, section_of(item), item.partial);
    if (!opened) return false;
    section_ = std::move(*opened);
    buffer_ += "{" + std::to_string(section_->size()) + "}\r\n";
    return true;
  }

  bool open_decoded(const FetchItem& item) {
    auto opened = open_binary(*message_, item.section, item.partial);
    if (!opened) return false;
    if (item.what == What::kBinarySize) {
      buffer_ += std::to_string((*opened)->size());
      return true;
    }
    buffer_ += ((*opened)->has_nul() ? "~{" : "{") + std::to_string((*opened)->size()) + "}\r\n";
    section_ = std::move(*opened);
    return true;
  }

  // The same for ever, and of no other message of this folder; each is a thread of its own.
  [[nodiscard]] std::uint64_t id() const { return std::uint64_t{listing_->uid_validity} << 32 | entry().uid.value; }

  // What has become \Seen by this is known to the client; what others have done it is told.
  void end() {
    is_over_ = true;
    if (seen_.empty()) return;
    for (const std::string& line : selected_.news(Selected::Telling::kNoExpunge, manner_, seen_))
      buffer_ += "* " + line + "\r\n";
  }

  Selected& selected_;
  mailbox::Snapshot listing_;
  std::vector<std::uint32_t> messages_;
  std::vector<FetchItem> items_;
  std::vector<std::string> labels_;  // one for each of them
  Manner manner_;
  Quoted quoted_;
  bool sets_seen_ = false;
  bool shows_flags_ = false;
  bool tells_change_ = false;  // with what becomes \Seen its mod-sequence, which was not asked for
  std::size_t at_ = 0;         // in messages_
  std::size_t marked_ = 0;     // so many of them have been marked, where it is needed
  std::vector<mailbox::Uid> seen_;
  mailbox::Snapshot marked_listing_;        // as it was when some had been marked; null: mod-sequences are not told
  std::unique_ptr<StoredMessage> message_;  // null: the next one is to begin
  std::size_t item_ = 0;
  std::optional<std::size_t> begins_at_;  // of the message in the buffer, while nothing of it has left
  std::unique_ptr<SectionSource> section_;
  std::string buffer_;
  bool is_over_ = false;
};

}  // namespace

Answer fetch_answer(Selected& selected, const Command& command, Manner manner, bool utf8) {
  const auto& words = command.words<FetchWords>();
  Answer answer = ok("FETCH completed");
  std::vector<std::uint32_t> messages = selected.messages(words.set, command.by_uid);
  if (words.changed_since) {
    const auto& entries = selected.listing().entries;
    std::erase_if(messages, [&](std::uint32_t index) { return entries[index].mod_sequence <= *words.changed_since; });
  }
  answer.source = std::make_unique<FetchSource>(selected, std::move(messages), words.items, manner, utf8);
  return answer;
}

}  // namespace imap
