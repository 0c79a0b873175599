#include "client/password.h"

#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>

#include <unistd.h>

#include "client/base/words.h"
#include "client/send/prompt.h"
#include "core/show.h"

namespace client {
namespace {

core::Failure file_error(core::Text text, const std::string& file) {
  return core::Failure(core::Error{core::Blame::kInput, std::move(text), file, {}, "file-unreadable"});
}

core::Result<core::Secret> first_line(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::string line;
  if (!file || !std::getline(file, line)) return file_error({"cannot read the password", "密码读不了"}, name);
  // A mark in front that editors of Windows leave, and that belongs to no password.
  if (line.starts_with(core::kByteOrderMark)) line.erase(0, core::kByteOrderMark.size());
  if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF"))
    return file_error({"the password file is in UTF-16: save it as UTF-8", "密码文件是 UTF-16：请存成 UTF-8"}, name);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return file_error({"the first line of the password file is empty", "密码文件的第一行是空的"}, name);
  return core::Secret(std::move(line));
}

}  // namespace

core::Result<core::Secret> read_password(const PasswordWanted& wanted, core::Language language) {
  if (!wanted.file.empty()) return first_line(wanted.file);
  if (const char* const given = std::getenv("SMTPLAB_PASSWORD"); given != nullptr && *given != '\0') {
    return core::Secret(std::string(given));
  }
  if (isatty(STDIN_FILENO) == 0) {
    return core::Failure(core::Error{
        core::Blame::kInput,
        core::phrase("{0} needs a password, and there is no terminal to ask for it", "{0} 需要密码，但没有终端可以询问",
                     {wanted.option}),
        {},
        {"set SMTPLAB_PASSWORD, or name a file with --password-file", "请设置 SMTPLAB_PASSWORD，或用 --password-file 指定文件"},
        "password-missing"});
  }
  return send::ask_secret(std::string(word(Word::kPassword, language)) + " (" + core::show_bytes(wanted.user) + ")");
}

}  // namespace client
