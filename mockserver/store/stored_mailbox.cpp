#include "mockserver/store/stored_mailbox.h"

#include <algorithm>

namespace store {

core::Result<Renames> renames(const std::vector<mailbox::FolderName>& folders, const mailbox::FolderName& from,
                              const mailbox::FolderName& to) {
  Renames all;
  for (const mailbox::FolderName& folder : folders) {
    if (folder != from && !folder.is_below(from)) continue;
    auto moved = folder.moved(from, to);
    if (!moved) return core::Failure(moved.error());
    all.emplace_back(folder, std::move(*moved));
  }
  if (all.empty()) return no_folder();
  const auto is_taken = [&](const auto& one) { return std::find(folders.begin(), folders.end(), one.second) != folders.end(); };
  if (std::any_of(all.begin(), all.end(), is_taken)) return folder_exists();
  return all;
}

}  // namespace store
