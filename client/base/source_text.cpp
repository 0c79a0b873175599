#include "client/base/source_text.h"

#include "core/show.h"

namespace client {
namespace {

constexpr std::string_view kReport = "course report ";
constexpr std::string_view kOurs = "reported to this project";
constexpr std::string_view kCode = "public source code";

}  // namespace

std::string source_text(std::string_view source, core::Language language) {
  if (language == core::Language::kChinese && source == kCode) return "公开的源代码";
  if (language == core::Language::kChinese && source == kOurs) return "本项目收到的报告";
  if (language == core::Language::kChinese && source.starts_with(kReport))
    return "课程报告 " + core::show_bytes(source.substr(kReport.size()));
  return core::show_bytes(source);
}

}  // namespace client
