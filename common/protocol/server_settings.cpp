#include "protocol/server_settings.h"

#include <algorithm>

#include "core/text.h"

namespace protocol {

bool offers(const Offers& lines, std::string_view keyword) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return core::equals_ignoring_case(std::string_view(line).substr(0, line.find(' ')), keyword);
  });
}

bool ServerSettings::has_quirk(std::string_view quirk) const {
  return std::find(quirks.begin(), quirks.end(), quirk) != quirks.end();
}

}  // namespace protocol
