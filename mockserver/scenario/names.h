// The names that can be given where a scenario is asked for: for lists, and for a shell that completes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/catalogue.h"

namespace scenario {

// Scenarios and providers, sorted: "netease", "netease/auth-required". Catalogue::load takes each.
[[nodiscard]] std::vector<std::string> names(const Catalogue& catalogue);

// "netease#auth-required" for each reply of a provider's vocabulary, in the order of its file. Errors as Catalogue::load.
[[nodiscard]] core::Result<std::vector<std::string>> reply_names(const Catalogue& catalogue, std::string_view provider);

// The names that begin with the prefix. Before its "/" the folders alone ("netease/"), since there are hundreds; behind a "#"
// the replies of that provider.
[[nodiscard]] std::vector<std::string> names_beginning(const Catalogue& catalogue, std::string_view prefix);

}  // namespace scenario
