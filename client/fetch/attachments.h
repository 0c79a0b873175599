// The folder into which attachments are saved.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace fetch {

class AttachmentFolder {
 public:
  // Made where it does not exist. Errors (Blame::kSystem, id file-unwritable).
  static core::Result<AttachmentFolder> open(const std::string& path);

  // Saves these octets under this name, or a number behind it: no file that is there is written over, and one that has the same
  // octets is taken for it. It is there as a whole or not at all. Gives the name. Errors as open(), and disk-full.
  // REQUIRES: safe_file_name() made the name.
  [[nodiscard]] core::Result<std::string> save(const std::string& name, std::string_view octets) const;

 private:
  explicit AttachmentFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace fetch
