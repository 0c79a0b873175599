#include "sasl/exchange.h"

#include <utility>

#include "sasl/mechanism.h"

namespace sasl {

Exchange::Exchange(std::string_view mechanism, std::unique_ptr<ServerSide> side)
    : mechanism_(mechanism), side_(std::move(side)) {}
Exchange::Exchange(const Exchange& other) : mechanism_(other.mechanism_), side_(other.side_ ? other.side_->clone() : nullptr) {}
Exchange::Exchange(Exchange&&) noexcept = default;
Exchange::~Exchange() = default;

Exchange& Exchange::operator=(Exchange other) noexcept {
  mechanism_.swap(other.mechanism_);
  side_.swap(other.side_);
  return *this;
}

std::optional<Exchange> Exchange::begin(std::string_view mechanism, const ServerPart& part) {
  const Mechanism* const known = find_mechanism(mechanism);
  if (known == nullptr) return std::nullopt;
  return Exchange(mechanism, known->server(part));
}

Challenge Exchange::first_challenge() const { return side_->first_challenge(); }

void Exchange::challenged(std::string_view octets) { side_->challenged(octets); }

core::Result<Step> Exchange::respond(std::string_view response) { return side_->respond(response); }

bool Exchange::next_is_secret() const { return side_->next_is_secret(); }

const std::vector<std::string_view>& mechanisms() {
  static const std::vector<std::string_view> kNames = [] {
    std::vector<std::string_view> names;
    for (const Mechanism& one : table()) names.push_back(one.name);
    return names;
  }();
  return kNames;
}

}  // namespace sasl
