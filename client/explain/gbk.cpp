#include "client/explain/gbk.h"

#include <cstddef>

#include <iconv.h>

namespace explain {

std::string from_gbk(std::string_view octets) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the error value of iconv_open is that of POSIX
  const iconv_t converter = iconv_open("UTF-8", "GBK");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::string(octets);
  std::string in(octets);
  std::string out(octets.size() * 2 + 4, '\0');  // two octets of GBK are at most three of UTF-8
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  const std::size_t failed = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  if (failed == static_cast<std::size_t>(-1)) return std::string(octets);
  out.resize(out.size() - room);
  return out;
}

}  // namespace explain
