// The words of the reports that stand in more than one of them.
#pragma once

#include <string>

#include "core/phrase.h"
#include "core/text.h"

namespace reports {

// What stands between a name and what is said of it.
inline constexpr core::Phrase kColon{": ", "："};

inline constexpr core::Phrase kLab{"Lab", "实验"};
inline constexpr core::Phrase kChecks{"Checks", "检查项"};
inline constexpr core::Phrase kFirstCause{"First cause", "首要原因"};
inline constexpr core::Phrase kNote{"note", "提醒"};
inline constexpr core::Phrase kNotTried{"not tried", "未检查"};
inline constexpr core::Phrase kSeenWhere{"Seen when", "出现在"};
inline constexpr core::Phrase kDialogue{"The dialogue there", "当时的对话"};
inline constexpr core::Phrase kConnection{"connection", "连接"};
inline constexpr core::Phrase kMistake{"Mistake", "错误"};
inline constexpr core::Phrase kProbably{"probably", "可能"};
inline constexpr core::Phrase kWhy{"Why", "原因"};
inline constexpr core::Phrase kDo{"Do", "做法"};
inline constexpr core::Phrase kRight{"Right would be", "应该是"};
inline constexpr core::Phrase kExpected{"Expected", "应为"};
inline constexpr core::Phrase kActual{"Found", "实际"};
inline constexpr core::Phrase kHint{"Hint", "提示"};
inline constexpr core::Phrase kRepeat{"See it again", "再看一次"};
inline constexpr core::Phrase kLesson{"Step through it", "逐步练习"};
inline constexpr core::Phrase kBesides{"Also seen, without a mark", "另外看到的，不影响分数"};
inline constexpr core::Phrase kUnprotected{"Not closed off", "未隔离"};
inline constexpr core::Phrase kSeed{"seed", "种子"};

[[nodiscard]] inline core::Text text(const core::Phrase& words) { return {std::string(words.en), std::string(words.zh)}; }

}  // namespace reports
