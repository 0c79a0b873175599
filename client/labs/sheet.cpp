#include "client/labs/sheet.h"

#include <array>
#include <cstddef>

#include "core/phrase.h"

namespace lab {
namespace {

struct VerdictRow {
  Verdict verdict;
  std::string_view name;
  core::Phrase words;
};

constexpr std::array kVerdicts{
    VerdictRow{Verdict::kFull, "full", {"full marks", "满分"}},
    VerdictRow{Verdict::kPassWithNotes, "pass-with-notes", {"passed, with notes", "通过，有提醒"}},
    VerdictRow{Verdict::kPartial, "partial", {"partly passed", "部分通过"}},
    VerdictRow{Verdict::kFail, "fail", {"failed", "未通过"}},
    VerdictRow{Verdict::kNotJudged, "not-judged", {"not judged", "未评分"}},
};

constexpr bool stand_in_order() {
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    if (kVerdicts[i].verdict != static_cast<Verdict>(i)) return false;
  }
  return true;
}
static_assert(stand_in_order());

}  // namespace

std::string_view name(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)].name; }

core::Text words(Verdict verdict) {
  const core::Phrase& words = kVerdicts[static_cast<std::size_t>(verdict)].words;
  return {std::string(words.en), std::string(words.zh)};
}

std::string_view name(Outcome outcome) {
  constexpr std::array<std::string_view, 3> kNames{"passed", "failed", "not-tried"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view name(Kind kind) {
  constexpr std::array<std::string_view, 4> kNames{"program", "server", "hand", "answer"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(CheckKind kind) { return kind == CheckKind::kMust ? "must" : "note"; }

}  // namespace lab
