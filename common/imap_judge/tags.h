// Tags: each command has one of its own (RFC 9051 §2.2.1).
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

#include "findings/finding.h"
#include "imap_judge/turn.h"

namespace imap_judge {

class Tags {
 public:
  // One more command.
  [[nodiscard]] std::optional<findings::Sight> take(const Line& line);

 private:
  static constexpr std::size_t kMost = 10000;  // that are remembered

  std::set<std::string> used_;
};

}  // namespace imap_judge
