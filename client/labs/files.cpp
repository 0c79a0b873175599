#include "client/labs/files.h"

#include <cerrno>
#include <optional>

#include <iconv.h>

#include "client/labs/given.h"
#include "client/labs/table.h"
#include "core/base64.h"
#include "core/show.h"

namespace lab {
namespace {

// Nothing: there is no such charset, or it does not have all the letters.
std::optional<std::string> in_charset(std::string text, const std::string& charset) {
  const iconv_t converter = iconv_open(charset.c_str(), "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string octets(text.size() * 4 + 16, '\0');
  char* in = text.data();
  char* out = octets.data();
  std::size_t left = text.size();
  std::size_t room = octets.size();
  const bool done = iconv(converter, &in, &left, &out, &room) != static_cast<std::size_t>(-1) &&
                    iconv(converter, nullptr, nullptr, &out, &room) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!done) return std::nullopt;
  octets.resize(octets.size() - room);
  return octets;
}

}  // namespace

GivenFile read_file(const document::Node& node, document::Problems& problems) {
  Table table(node, problems);
  GivenFile file{table.need_string("name"), table.string("text"), table.string("encoding"), {}};
  if (file.name.empty() || file.name.front() == '.' || file.name.find('/') != std::string::npos)
    table.refuse("name", {"this must be a plain name", "这里要写一个普通的文件名"});
  if (node.find("base64") != nullptr) {
    std::string text = table.string("base64");
    std::erase_if(text, [](char one) { return one == '\n' || one == ' '; });
    if (auto octets = core::base64_decode(text)) {
      file.content = std::move(*octets);
    } else {
      table.refuse("base64", octets.error().text);
    }
  }
  if (!file.encoding.empty() && !in_charset(file.text, file.encoding))
    table.refuse("encoding", core::phrase("the text cannot be written in '{0}'", "文字无法用 '{0}' 表示",
                                          {core::show_bytes(file.encoding)}));
  table.finish();
  return file;
}

bool can_be_written(const GivenFile& file, const Given& given) {
  return file.encoding.empty() || in_charset(filled(file.text, given), file.encoding).has_value();
}

std::string octets_of(const GivenFile& file, const Given& given) {
  if (file.text.empty()) return file.content;
  std::string text = filled(file.text, given);
  if (file.encoding.empty()) return text;
  return in_charset(text, file.encoding).value_or(text);
}

}  // namespace lab
