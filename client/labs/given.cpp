#include "client/labs/given.h"

namespace lab {
namespace {

// "to.1" is an item of "to".
std::string list_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  const bool is_item =
      dot != std::string::npos && dot + 1 < name.size() && name.find_first_not_of("0123456789", dot + 1) == std::string::npos;
  return is_item ? name.substr(0, dot) : name;
}

}  // namespace

std::string filled(std::string_view text, const Given& given, std::set<std::string>* told) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    result += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const std::size_t end = text.find('}');
    const auto hit = end == std::string_view::npos ? given.end() : given.find(text.substr(1, end - 1));
    if (hit == given.end()) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (told != nullptr) told->insert(list_of(hit->first));
    result += hit->second;
    text.remove_prefix(end + 1);
  }
  return result;
}

Given given_in(const Lab& lab, const Trial& trial) {
  Given given = trial.given;
  given.insert(lab.given.begin(), lab.given.end());  // keeps what is there
  for (const GivenFile& file : lab.files) given.emplace("file:" + file.name, filled(file.text, given));
  return given;
}

}  // namespace lab
