#include "smtp/offer.h"

#include <algorithm>

#include "core/text.h"

namespace smtp {
namespace {

constexpr std::string_view kStarttls = "STARTTLS";

const Extensions& list_for(const ServerConfig& config, const Memory& memory) {
  if (!memory.user.empty() && config.extensions_auth) return *config.extensions_auth;
  return memory.encrypted && config.extensions_tls ? *config.extensions_tls : config.extensions;
}

}  // namespace

Offer::Offer(const ServerConfig& config, const Memory& memory)
    : list_(&list_for(config, memory)), in_clear_(!memory.encrypted) {}

bool Offer::offers(std::string_view keyword) const {
  return list_->offers(keyword) && (in_clear_ || !core::equals_ignoring_case(keyword, kStarttls));
}

bool Offer::has_command(Input command) const { return list_->brings(command) && (in_clear_ || command != Input::kStarttls); }

std::vector<std::string> Offer::lines() const {
  std::vector<std::string> lines = list_->lines();
  if (in_clear_) return lines;
  const auto is_starttls = [](std::string_view line) {
    return core::equals_ignoring_case(line.substr(0, line.find(' ')), kStarttls);
  };
  lines.erase(std::remove_if(lines.begin(), lines.end(), is_starttls), lines.end());
  return lines;
}

}  // namespace smtp
