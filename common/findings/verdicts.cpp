#include "findings/verdicts.h"

#include <algorithm>
#include <utility>

namespace findings {

void Verdicts::speaks(std::string_view protocol, Server server) {
  const auto [judge, is_new] = judges_.try_emplace(std::string(protocol));
  if (is_new) judge->second = make_judge(protocol, std::move(server));
  judge_ = judge->second.get();
}

void Verdicts::take(const dialogue::Event& event, bool is_proposed) {
  if (event.kind == dialogue::Kind::kConnected) {
    ++connection_;
    last_said_ = 0;
  }
  if (judge_ == nullptr) return;
  last_ = event.number;
  const bool is_said = event.kind == dialogue::Kind::kClient;
  if (is_said || is_proposed) (is_proposed ? proposed_ : own_).insert(event.number);
  if (is_said) last_said_ = event.number;
  judge_->take(event);
  collect();
}

bool Verdicts::quiet(std::chrono::microseconds now) {
  if (judge_ == nullptr) return false;
  const std::size_t before = all_.size();
  judge_->quiet(now, {});
  collect();
  return all_.size() > before;
}

void Verdicts::collect() {
  for (Finding& finding : judge_->take_findings()) {
    const bool proposed = is_proposed(finding);
    all_.push_back({std::move(finding), last_, connection_, proposed});
  }
}

// What no line shows is about the one that was said last.
bool Verdicts::is_proposed(const Finding& finding) const {
  bool is_shown = false;
  for (const std::uint64_t event : finding.events) {
    if (own_.contains(event)) return false;
    is_shown = is_shown || proposed_.contains(event);
  }
  return is_shown || proposed_.contains(last_said_);
}

const Verdict* Verdicts::cause_of(const Verdict& verdict) const {
  if (!verdict.finding.follows) return nullptr;
  const auto hit = std::find_if(all_.begin(), all_.end(), [&](const Verdict& one) {
    return one.connection == verdict.connection && one.finding.number == *verdict.finding.follows;
  });
  return hit == all_.end() ? nullptr : &*hit;
}

}  // namespace findings
