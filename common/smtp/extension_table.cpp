#include "smtp/extension_table.h"

#include <algorithm>

namespace smtp {
namespace {

constexpr bool is_extension(std::string_view keyword) {
  return std::any_of(kExtensions.begin(), kExtensions.end(), [&](const ExtensionRow& row) { return row.keyword == keyword; });
}
static_assert(std::all_of(kParameters.begin(), kParameters.end(),
                          [](const ParameterRow& row) { return is_extension(row.extension); }));

static_assert(std::all_of(kCommands.begin(), kCommands.end(),
                          [](const CommandRow& row) { return row.offered_by.empty() || is_extension(row.offered_by); }));

}  // namespace
}  // namespace smtp
