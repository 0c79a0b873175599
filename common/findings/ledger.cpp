#include "findings/ledger.h"

#include <utility>

namespace findings {

std::uint64_t Ledger::tell(Finding finding) {
  const auto known = told_.find(finding.id);
  if (known != told_.end() && (known->second.is_first_cause || finding.follows)) return known->second.number;
  finding.number = ++last_;
  told_[finding.id] = {last_, !finding.follows.has_value()};
  news_.push_back(std::move(finding));
  return last_;
}

std::optional<std::uint64_t> Ledger::number_of(std::string_view id) const {
  const auto known = told_.find(id);
  return known == told_.end() ? std::nullopt : std::optional(known->second.number);
}

std::vector<Finding> Ledger::take() { return std::exchange(news_, {}); }

}  // namespace findings
