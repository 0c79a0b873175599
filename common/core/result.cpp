#include "core/result.h"

namespace core {

std::string describe(const Error& error, Language language) {
  const bool is_chinese = language == Language::kChinese;
  std::string out;
  if (!error.place.empty()) out += error.place.in(language) + (is_chinese ? "：" : ": ");
  out += error.text.in(language);
  if (!error.hint.empty()) out += (is_chinese ? "（" : " (") + error.hint.in(language) + (is_chinese ? "）" : ")");
  return out;
}

}  // namespace core
