// What a person did wrong, in words: for the pane beside the dialogue and for the plain lines.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "client/stepper/meaning.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "dialogue/log.h"
#include "findings/verdicts.h"
#include "knowledge/knowledge.h"

namespace stepper {

// One finding: title, whether it is a guess, why it is wrong, what to do, the rule; of what is only advice less. What followed
// from it stands below it; of one that follows from another only which. is_explained: the server's own reason and remedy stand
// beside it, and are not said twice.
[[nodiscard]] Meaning finding_meaning(const findings::Verdict& verdict, const findings::Verdicts& all, bool is_explained,
                                      const knowledge::Knowledge& knowledge, core::Language language);

// What there is to tell at an event.
struct Wrong {
  bool is_judged = false;                               // nobody proposed what it says, or what it answers: findings tell all
  std::vector<const findings::Verdict*> verdicts = {};  // that it made sure or that show in it, first causes before the rest
  std::vector<std::string_view> again = {};             // ids of mistakes that were first causes before, and are made once more
  std::vector<std::string_view> told() const;           // all these ids
};

// At a reply what is wrong with what it answers. Nothing of lines that were proposed. REQUIRES: `event` stands in `log`, and
// `all` followed it.
[[nodiscard]] Wrong wrong_at(const dialogue::Event& event, const dialogue::Log& log, const findings::Verdicts& all);

// In words; empty when nothing is wrong.
[[nodiscard]] Meaning wrong_meaning(const Wrong& wrong, const dialogue::Event& event, const findings::Verdicts& all,
                                    const knowledge::Knowledge& knowledge, core::Language language);

// Those of its mistakes, warnings included, that are marked in the dialogue: numbers of events.
[[nodiscard]] std::vector<std::uint64_t> marked_events(const findings::Verdicts& all, const knowledge::Knowledge& knowledge);

}  // namespace stepper
