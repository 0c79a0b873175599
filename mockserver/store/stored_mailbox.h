// What both kinds of store say alike of a user's folders.
#pragma once

#include <utility>
#include <vector>

#include "mailbox/mailbox.h"

namespace store {

inline core::Failure no_folder() {
  return core::Failure(core::Error{core::Blame::kSystem, {"no such folder", "没有这个文件夹"}, {}, {}, "no-folder"});
}

inline core::Failure folder_exists() {
  return core::Failure(
      core::Error{core::Blame::kSystem, {"the folder is there already", "已经有这个文件夹"}, {}, {}, "folder-exists"});
}

// The folders that a rename gives another name, each with that name, in the order of `folders`. Not for INBOX.
using Renames = std::vector<std::pair<mailbox::FolderName, mailbox::FolderName>>;
core::Result<Renames> renames(const std::vector<mailbox::FolderName>& folders, const mailbox::FolderName& from,
                              const mailbox::FolderName& to);

}  // namespace store
