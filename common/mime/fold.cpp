#include "mime/fold.h"

#include <memory>

#include <gmime/gmime.h>

#include "core/show.h"
#include "core/text.h"

namespace mime {

std::string folded(std::string_view text) {
  if (core::is_ascii(text) || !core::is_utf8(text)) return core::to_lower(text);
  const std::unique_ptr<char, decltype(&g_free)> out(g_utf8_casefold(text.data(), static_cast<gssize>(text.size())), g_free);
  return out.get();
}

}  // namespace mime
