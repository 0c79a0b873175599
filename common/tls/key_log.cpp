#include "tls/key_log.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <ostream>

#include "core/show.h"
#include "core/system_text.h"

namespace tls {

core::Result<std::function<void(std::string_view)>> key_log(const std::string& file) {
  if (file.empty()) return std::function<void(std::string_view)>();
  errno = 0;
  const auto out = std::make_shared<std::ofstream>(file, std::ios::app | std::ios::binary);
  if (!*out) {
    return core::fail(core::Blame::kInput,
                      core::phrase("cannot write the TLS keys: {0}", "不能写入 TLS 密钥：{0}", {core::system_text(errno)}),
                      core::show_bytes(file),
                      {"SSLKEYLOGFILE names a file that Wireshark reads; unset it if you need none",
                       "SSLKEYLOGFILE 指定一个给 Wireshark 读的文件；不需要就取消这个环境变量"});
  }
  // One write a line: other programs may append to the same file.
  return [out](std::string_view line) { *out << (std::string(line) + "\n") << std::flush; };
}

}  // namespace tls
