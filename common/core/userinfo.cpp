#include "core/userinfo.h"

#include "core/show.h"

namespace core {

std::optional<Span> userinfo_password(std::string_view text) {
  constexpr std::string_view kBehindScheme = "://";
  const std::size_t scheme = text.find(kBehindScheme);
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + kBehindScheme.size();
  const std::size_t at = text.rfind('@');
  const std::size_t colon = text.find(':', begin);
  if (at == std::string_view::npos || colon >= at || colon + 1 == at) return std::nullopt;
  return Span{colon + 1, at};
}

std::string show_server(std::string_view text) {
  const auto password = userinfo_password(text);
  return password ? show_masked(text, {*password}) : show_bytes(text);
}

}  // namespace core
