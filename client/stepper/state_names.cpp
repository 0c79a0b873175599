#include "client/stepper/state_names.h"

#include <array>
#include <cstddef>

namespace stepper {
namespace {

// In the order of State; the English ones are those of the protocol core.
constexpr std::array<std::string_view, smtp::kStateCount> kChinese{"已连接", "已问候", "就绪",     "登录中", "发件人", "收件人",
                                                                   "正文",   "分块",   "TLS 握手", "不服务", "已结束"};

}  // namespace

std::string_view state_name(smtp::State state, core::Language language) {
  return language == core::Language::kChinese ? kChinese[static_cast<std::size_t>(state)] : smtp::name(state);
}

}  // namespace stepper
