// Lines that came one answer too early, not told yet: a single one was sent without waiting, a row of them says that one answer
// was never read.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "findings/finding.h"
#include "findings/scene.h"

namespace findings {

class EarlyLines {
 public:
  // sent: the mistake that a line makes by itself. lagging: that of a row of them.
  EarlyLines(std::string_view sent, std::string_view lagging) : sent_(sent), lagging_(lagging) {}

  // Another one. early: by how many answers; is_joined: it came in one piece with the line before. What is to be told now. A
  // single line that came by itself may also be the only one of a client that is an answer behind of which this was seen.
  [[nodiscard]] std::optional<Finding> add(Finding line, std::size_t early, bool is_joined = false) {
    line.id = sent_;
    lines_.push_back(std::move(line));
    lines_.front().certain = early > 1 || is_joined || lines_.size() > 1;
    if (early > 1) return settle();
    if (lines_.size() < kConstantLead) return std::nullopt;
    return together(std::exchange(lines_, {}), lagging_);
  }
  [[nodiscard]] bool empty() const { return lines_.empty(); }
  // No more come for now: what was held back is told as it stands.
  [[nodiscard]] std::optional<Finding> settle() {
    if (lines_.empty()) return std::nullopt;
    return together(std::exchange(lines_, {}), sent_);
  }

 private:
  static constexpr std::size_t kConstantLead = 3;  // so many lines, each one answer ahead: the client counts, but wrongly

  std::string_view sent_;
  std::string_view lagging_;
  std::vector<Finding> lines_;
};

}  // namespace findings
