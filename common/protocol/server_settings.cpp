#include "protocol/server_settings.h"

#include <algorithm>

namespace protocol {

bool ServerSettings::has_quirk(std::string_view quirk) const {
  return std::find(quirks.begin(), quirks.end(), quirk) != quirks.end();
}

}  // namespace protocol
