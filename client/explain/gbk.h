// Chinese as older servers send it: QQ's "请使用授权码登录" comes in GBK, and Python prints it as b'\xc7\xeb…'.
#pragma once

#include <string>
#include <string_view>

namespace explain {

// `octets` read as GBK, in UTF-8; unchanged when they are not GBK.
[[nodiscard]] std::string from_gbk(std::string_view octets);

}  // namespace explain
