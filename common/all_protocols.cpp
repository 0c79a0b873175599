// The protocols of the programs: the one place that names them all.
#include <array>

#include "imap/door.h"
#include "pop3/door.h"
#include "protocol/known.h"
#include "smtp/door.h"

namespace protocol {

std::span<const Protocol* const> known() {
  static const std::array kAll{&smtp::door(), &pop3::door(), &imap::door()};
  return kAll;
}

}  // namespace protocol
