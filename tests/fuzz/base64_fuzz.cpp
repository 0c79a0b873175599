// Invariant: decode(encode(x)) == x for any octets; what decodes is exactly what encoding its octets gives; an error
// shows no control characters; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base64.h"
#include "core/show.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto back = core::base64_decode(core::base64_encode(input));
  demand(back && *back == input);
  const auto decoded = core::base64_decode(input);
  if (decoded) {
    demand(core::base64_encode(*decoded) == input);
  } else {
    demand(!decoded.error().text.en.empty() && core::show_bytes(decoded.error().text.en) == decoded.error().text.en);
  }
  return 0;
}
