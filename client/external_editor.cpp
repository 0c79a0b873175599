#include "client/external_editor.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <unistd.h>

#include "core/text.h"

namespace client {
namespace {

std::string editor_command() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return "vi";
}

// A file that goes away with its name.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code missing;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(missing);
    name_ = ((missing ? std::filesystem::path("/tmp") : folder) / "smtplab-message-XXXXXX").string();
    const int descriptor = mkstemp(name_.data());
    usable_ = descriptor >= 0;
    if (usable_) ::close(descriptor);
  }
  ~TemporaryFile() {
    if (usable_) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] bool is_usable() const { return usable_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  bool usable_ = false;
};

}  // namespace

core::Result<std::string> edit_outside(const std::string& text) {
  const TemporaryFile file;
  if (!file.is_usable())
    return core::fail(core::Blame::kSystem, {"cannot make a temporary file", "不能建立临时文件"}, file.name());
  std::ofstream(file.name(), std::ios::binary) << text;
  const std::string command = editor_command();
  // $EDITOR may hold arguments ("code --wait"), which is why a shell reads it.
  if (std::system((command + " '" + core::replace_all(file.name(), "'", "'\\''") + "'").c_str()) != 0) {
    return core::Failure(core::Error{core::Blame::kSystem,
                                     {"the editor failed", "编辑器出错了"},
                                     command,
                                     {"set EDITOR to an editor that is installed", "把 EDITOR 设为已安装的编辑器"},
                                     "editor-failed"});
  }
  std::ifstream edited(file.name(), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(edited), {});
}

}  // namespace client
