#include "imap/stored_message.h"

#include "mailbox/notes.h"

namespace imap {

core::Result<void> StoredMessage::append_envelope(std::string& out) {
  if (!digest_) {
    mailbox::Notes* const notes = folder_->notes(kDigestFormat);
    const auto octets = notes == nullptr ? std::nullopt : notes->find(entry_->uid);
    if (const auto envelope = octets ? packed_envelope(*octets) : std::nullopt) {
      out += *envelope;
      return {};
    }
    if (auto learnt = learn(); !learnt) return learnt;
  }
  out += digest_->envelope;
  return {};
}

core::Result<const MessageTree*> StoredMessage::tree() {
  if (!digest_) {
    mailbox::Notes* const notes = folder_->notes(kDigestFormat);
    const auto octets = notes == nullptr ? std::nullopt : notes->find(entry_->uid);
    if (octets) digest_ = unpacked(*octets);
  }
  if (!digest_) {
    if (auto learnt = learn(); !learnt) return core::Failure(learnt.error());
  }
  return &digest_->tree;
}

core::Result<std::unique_ptr<mailbox::Content>> StoredMessage::content() {
  return folder_->content(entry_->uid, mailbox::Lines::kCrlf);
}

core::Result<void> StoredMessage::learn() {
  const auto octets = content();
  if (!octets) return core::Failure(octets.error());
  auto digest = digest_of(**octets);
  if (!digest) return core::Failure(digest.error());
  digest_ = std::move(*digest);
  if (mailbox::Notes* const notes = folder_->notes(kDigestFormat)) notes->keep(entry_->uid, packed(*digest_));
  return {};
}

}  // namespace imap
