#include "mailbox/message.h"

#include <algorithm>
#include <string_view>

namespace mailbox {
namespace {

void append_hex(std::string& out, std::uint32_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned shift = 32; shift > 0;) out += kDigits[(number >> (shift -= 4)) & 15U];
}

}  // namespace

const Entry* Listing::find(Uid uid) const {
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), uid, [](const Entry& entry, Uid wanted) { return entry.uid < wanted; });
  return found != entries.end() && found->uid == uid ? &*found : nullptr;
}

std::uint64_t Listing::octets() const {
  std::uint64_t sum = 0;
  for (const Entry& entry : entries) sum += entry.size;
  return sum;
}

Changes changes_since(const Snapshot& before, const Snapshot& now) {
  Changes changes;
  if (before == now) return changes;
  changes.everything = before->uid_validity != now->uid_validity;
  if (changes.everything) {
    changes.added = now->entries;
    return changes;
  }
  auto old = before->entries.begin();
  for (const Entry& entry : now->entries) {
    while (old != before->entries.end() && old->uid < entry.uid) changes.expunged.push_back((old++)->uid);
    if (old == before->entries.end() || old->uid != entry.uid) {
      changes.added.push_back(entry);
    } else if ((old++)->flags != entry.flags) {
      changes.changed.push_back(entry);
    }
  }
  while (old != before->entries.end()) changes.expunged.push_back((old++)->uid);
  return changes;
}

std::string unique_id(std::uint32_t uid_validity, Uid uid) {
  std::string id;
  append_hex(id, uid_validity);
  append_hex(id, uid.value);
  return id;
}

}  // namespace mailbox
