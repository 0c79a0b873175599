#include "smtp/extension_table.h"

#include <algorithm>

namespace smtp {
namespace {

constexpr bool is_extension(std::string_view keyword) {
  return std::any_of(kExtensions.begin(), kExtensions.end(), [&](const ExtensionRow& row) { return row.keyword == keyword; });
}
static_assert(std::all_of(kParameters.begin(), kParameters.end(),
                          [](const ParameterRow& row) { return is_extension(row.extension); }));

}  // namespace

const ExtensionRow* extension_of(Input command) {
  if (command == Input::kUnknown) return nullptr;
  const auto* const hit =
      std::find_if(kExtensions.begin(), kExtensions.end(), [&](const ExtensionRow& row) { return row.command == command; });
  return hit == kExtensions.end() ? nullptr : hit;
}

}  // namespace smtp
