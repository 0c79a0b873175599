#include "imap/copying.h"

#include <utility>

#include "imap/folder_answers.h"

namespace imap {
namespace {

using mailbox::Uid;

core::Result<Uid> copy_one(mailbox::Folder& from, const mailbox::Entry& entry, mailbox::Folder& to) {
  const auto content = from.content(entry.uid, mailbox::Lines::kAsStored);
  if (!content) return core::Failure(content.error());
  const auto incoming = to.append(entry.flags, entry.received);
  if (!incoming) return core::Failure(incoming.error());
  while (true) {
    const auto piece = (*content)->next();
    if (!piece) return core::Failure(piece.error());
    if (piece->empty()) return (*incoming)->commit();
    if (auto written = (*incoming)->write(*piece); !written) return core::Failure(std::move(written.error()));
  }
}

std::vector<std::uint32_t> numbers_of(const std::vector<Uid>& uids) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(uids.size());
  for (const Uid uid : uids) numbers.push_back(uid.value);
  return numbers;
}

}  // namespace

core::Result<Uid> append_to(mailbox::Folder& folder, std::string_view message, const mailbox::Flags& flags,
                            std::optional<std::int64_t> received) {
  const auto incoming = folder.append(flags, received);
  if (!incoming) return core::Failure(incoming.error());
  if (auto written = (*incoming)->write(message); !written) return core::Failure(std::move(written.error()));
  return (*incoming)->commit();
}

core::Result<std::string> copy_to(const Selected& from, const std::vector<std::uint32_t>& messages, mailbox::Folder& to) {
  std::vector<Uid> copies;
  const mailbox::Snapshot& listing = from.snapshot();
  for (const std::uint32_t index : messages) {
    const auto uid = copy_one(from.folder(), listing->entries[index], to);
    if (!uid) {
      (void)to.expunge(copies);
      return core::Failure(uid.error());
    }
    copies.push_back(*uid);
  }
  const auto there = to.list();
  if (!there) return core::Failure(there.error());
  return "COPYUID " + std::to_string((*there)->uid_validity) + " " + set_text(numbers_of(from.uids(messages))) + " " +
         set_text(numbers_of(copies));
}

Answer not_there(const core::Error& error) {
  Answer answer = failed(error);
  if (error.id == "no-folder") answer.code = "TRYCREATE";
  return answer;
}

}  // namespace imap
