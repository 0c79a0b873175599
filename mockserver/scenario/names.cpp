#include "mockserver/scenario/names.h"

#include <algorithm>
#include <utility>

namespace scenario {

std::vector<std::string> names(const Catalogue& catalogue) {
  std::vector<std::string> all = catalogue.ids();
  for (std::string& provider : catalogue.provider_names()) all.push_back(std::move(provider));
  std::sort(all.begin(), all.end());
  return all;
}

core::Result<std::vector<std::string>> reply_names(const Catalogue& catalogue, std::string_view provider) {
  const auto loaded = catalogue.load(provider);
  if (!loaded) return core::Failure(loaded.error());
  std::vector<std::string> all;
  for (const ReplyEntry& entry : loaded->replies) {
    // What a rule writes out itself has no explanation, and an id nobody chose.
    if (entry.explanation != nullptr) all.push_back(loaded->provider + "#" + entry.id);
  }
  return all;
}

std::vector<std::string> names_beginning(const Catalogue& catalogue, std::string_view prefix) {
  const std::size_t hash = prefix.find('#');
  std::vector<std::string> all;
  if (hash == std::string_view::npos) {
    all = names(catalogue);
  } else if (auto replies = reply_names(catalogue, prefix.substr(0, hash))) {
    all = std::move(*replies);
  }
  std::vector<std::string> found;
  for (const std::string& name : all) {
    if (!name.starts_with(prefix)) continue;
    const std::size_t slash = prefix.find('/') == std::string_view::npos ? name.find('/') : std::string::npos;
    std::string word = name.substr(0, slash == std::string::npos ? slash : slash + 1);
    if (found.empty() || found.back() != word) found.push_back(std::move(word));
  }
  return found;
}

}  // namespace scenario
