// Whose mailbox a message goes into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mockserver/store/place.h"

namespace store {

// Who has a mailbox of their own.
struct Owners {
  std::vector<std::string> accounts = {};
  // Whoever has an address in one of these domains has one too, from the first message or look on; small letters.
  std::vector<std::string> domains = {};
};

// Each account has a mailbox, and everyone else one together. Mailboxes are numbered from 0, which is that of the others.
// Letter case of A–Z does not count.
class Recipients {
 public:
  // Addresses of the domains that are remembered: enough for any exercise, and no sender makes folders without end.
  static constexpr std::size_t kMostGuests = 1000;
  static constexpr std::size_t kOthers = 0;

  explicit Recipients(Owners owners) : owners_(std::move(owners)), most_(owners_.accounts.size() + kMostGuests) {}

  [[nodiscard]] std::size_t count() const { return owners_.accounts.size() + 1; }
  // REQUIRES: not kOthers.
  [[nodiscard]] const std::string& account(std::size_t number) const { return owners_.accounts[number - 1]; }
  // Nothing: the address has no mailbox of its own.
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view address);
  // The mailboxes of these addresses, each once.
  [[nodiscard]] std::vector<std::size_t> mailboxes(const std::vector<std::string>& addresses);
  // The same with whom each is for; without paths.
  [[nodiscard]] Places places(const std::vector<std::string>& addresses);

 private:
  Owners owners_;
  std::size_t most_;  // accounts, with those of the domains
};

}  // namespace store
