#include "mockserver/quiet.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace mockserver {
namespace {

constexpr std::chrono::seconds kOftenUntil{12};
constexpr std::chrono::seconds kSeldom{10};
constexpr std::chrono::seconds kLongest{62};

// What the server waits for, as the remarks about the unfinished octets tell.
std::string_view awaited(const std::vector<protocol::Remark>& remarks, bool in_message) {
  if (!in_message) return ": the line has no end yet, the server waits for it";
  if (remarks.front().kind.text() == "waits-inside-chunk") return ": the chunk is shorter than its BDAT said";
  return ": the message goes on until a line that is one dot, between two CRLFs";
}

std::vector<protocol::MistakeId> kinds_of(const std::vector<protocol::Remark>& remarks) {
  std::vector<protocol::MistakeId> kinds;
  kinds.reserve(remarks.size());
  for (const protocol::Remark& remark : remarks) kinds.push_back(remark.kind);
  return kinds;
}

}  // namespace

std::string seconds_text(Quiet::Time time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g s", static_cast<double>(time.count()) / 1000.0);
  return text.data();
}

Quiet::Time Quiet::idle_deadline() const { return (session_.is_in_message() ? last_octet_ : last_turn_) + idle_timeout_; }

Quiet::Time Quiet::Deadlines::first() const { return std::min({ended, remarked, told}); }

Quiet::Deadlines Quiet::deadlines(const Consequences& may) const {
  return {may.is_ended ? idle_deadline() : kNever, may.is_remarked ? silence_deadline() : kNever,
          may.is_told ? telling_deadline(may.often) : kNever};
}

Quiet::Time Quiet::since() const { return std::max(last_octet_, last_turn_); }

Quiet::Time Quiet::telling_deadline(Time often) const {
  const Time told = told_since_ == since() ? told_ : Time(0);
  if (told >= kLongest) return kNever;
  return since() + told + (told < kOftenUntil ? often : Time(kSeldom));
}

void Quiet::tell(Time now) {
  told_since_ = since();
  told_ = now - told_since_;
}

Quiet::Time Quiet::silence_deadline() const {
  const std::vector<protocol::MistakeId> kinds = kinds_of(session_.pending_remarks());
  if (kinds.empty() || kinds == remarked_) return kNever;
  return since() + silence_;
}

Quiet::Remarked Quiet::remark() {
  std::vector<protocol::Remark> remarks = session_.pending_remarks();
  remarked_ = kinds_of(remarks);
  const std::string_view why = awaited(remarks, session_.is_in_message());
  return {"nothing came for " + seconds_text(silence_) + std::string(why), std::move(remarks)};
}

}  // namespace mockserver
