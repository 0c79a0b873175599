// Whose mailbox a message goes into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace store {

// Each account has a mailbox, and everyone else one together. Mailboxes are numbered as the accounts are; that of the others
// comes last. Letter case of A–Z does not count.
class Recipients {
 public:
  explicit Recipients(std::vector<std::string> accounts) : accounts_(std::move(accounts)) {}

  [[nodiscard]] const std::vector<std::string>& accounts() const { return accounts_; }
  [[nodiscard]] std::size_t others() const { return accounts_.size(); }
  [[nodiscard]] std::optional<std::size_t> account(std::string_view address) const;
  // The mailboxes of these addresses, each once.
  [[nodiscard]] std::vector<std::size_t> mailboxes(const std::vector<std::string>& addresses) const;

 private:
  std::vector<std::string> accounts_;
};

}  // namespace store
