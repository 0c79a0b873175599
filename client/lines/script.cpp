#include "client/lines/script.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <utility>

namespace lines {

core::Result<std::string> read_script(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(name, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf() || file.peek() == std::ifstream::traits_type::eof())) {
    return core::Failure(
        core::Error{core::Blame::kInput, {"cannot read the script", "脚本读不了"}, name, {}, "file-unreadable"});
  }
  return text.str();
}

}  // namespace lines
