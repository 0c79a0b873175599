#include "sasl/gs2.h"

#include "core/text.h"
#include "sasl/mechanism.h"

namespace sasl {
namespace {

constexpr std::string_view kGs2Shape = "n,, in front of the rest, or n,a=name,";

}  // namespace

// gs2-header = gs2-cbind-flag "," [ "a=" saslname ] ","; gs2-cbind-flag = ("p=" cb-name) / "n" / "y"
core::Result<Gs2Header> read_gs2(std::string_view message) {
  if (message.starts_with("p=")) {
    return malformed("the client wants to bind the exchange to the TLS channel, which this mechanism does not do",
                     "RFC 5802 §6", "the names of mechanisms that do end in -PLUS; without one the message begins with n or y");
  }
  const std::size_t end =
      message.starts_with("n,") || message.starts_with("y,") ? message.find(',', 2) : std::string_view::npos;
  if (end == std::string_view::npos)
    return malformed("the message does not begin with a GS2 header", "RFC 5802 §7", std::string(kGs2Shape));
  Gs2Header header;
  header.length = end + 1;
  if (end == 2) return header;
  if (!message.substr(2).starts_with("a="))
    return malformed("the GS2 header holds something that is not a=name", "RFC 5802 §7", std::string(kGs2Shape));
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
  if (text.empty()) return malformed("the name is empty", "RFC 5802 §7");
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0' || text[i] == ',') return malformed("the name holds an octet that it may not hold", "RFC 5802 §7");
    if (text[i] != '=') {
      name += text[i];
      continue;
    }
    const std::string_view escape = text.substr(i, 3);
    if (escape != "=2C" && escape != "=3D") {
      return malformed("the name holds a '=' that is neither =2C nor =3D", "RFC 5802 §5.1",
                       "write a comma in a name as =2C, an equals sign as =3D");
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
