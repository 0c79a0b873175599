#include "sasl/gs2.h"

#include "core/text.h"
#include "sasl/mechanism.h"

namespace sasl {
namespace {

const core::Text kGs2Shape{"n,, in front of the rest, or n,a=name,", "在其余内容前面写 n,, 或 n,a=名字,"};

}  // namespace

// gs2-header = gs2-cbind-flag "," [ "a=" saslname ] ","; gs2-cbind-flag = ("p=" cb-name) / "n" / "y"
core::Result<Gs2Header> read_gs2(std::string_view message) {
  if (message.starts_with("p=")) {
    return malformed({"the client wants to bind the exchange to the TLS channel, which this mechanism does not do",
                      "客户端想把交换绑定到 TLS 通道上，这种机制不支持"},
                     "RFC 5802 §6",
                     {"the names of mechanisms that do end in -PLUS; without one the message begins with n or y",
                      "支持绑定的机制名以 -PLUS 结尾；不绑定时消息以 n 或 y 开头"});
  }
  const std::size_t end =
      message.starts_with("n,") || message.starts_with("y,") ? message.find(',', 2) : std::string_view::npos;
  if (end == std::string_view::npos)
    return malformed({"the message does not begin with a GS2 header", "消息没有以 GS2 头开头"}, "RFC 5802 §7", kGs2Shape);
  Gs2Header header;
  header.length = end + 1;
  if (end == 2) return header;
  if (!message.substr(2).starts_with("a="))
    return malformed({"the GS2 header holds something that is not a=name", "GS2 头里的内容不是 a=名字"}, "RFC 5802 §7",
                     kGs2Shape);
  header.authorization_where = {4, end};
  auto name = decode_saslname(message.substr(4, end - 4));
  if (!name) return core::Failure(name.error());
  header.authorization = std::move(*name);
  return header;
}

std::string write_gs2(std::string_view authorization) {
  return authorization.empty() ? "n,," : "n,a=" + encode_saslname(authorization) + ",";
}

core::Result<std::string> decode_saslname(std::string_view text) {
  if (text.empty()) return malformed({"the name is empty", "名字是空的"}, "RFC 5802 §7");
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0' || text[i] == ',')
      return malformed({"the name holds an octet that it may not hold", "名字里有不允许的字节"}, "RFC 5802 §7");
    if (text[i] != '=') {
      name += text[i];
      continue;
    }
    const std::string_view escape = text.substr(i, 3);
    if (escape != "=2C" && escape != "=3D") {
      return malformed({"the name holds a '=' that is neither =2C nor =3D", "名字里的 '=' 既不是 =2C 也不是 =3D"},
                       "RFC 5802 §5.1",
                       {"write a comma in a name as =2C, an equals sign as =3D", "名字里的逗号写成 =2C，等号写成 =3D"});
    }
    name += escape == "=2C" ? ',' : '=';
    i += 2;
  }
  return name;
}

std::string encode_saslname(std::string_view name) {
  return core::replace_all(core::replace_all(name, "=", "=3D"), ",", "=2C");
}

}  // namespace sasl
