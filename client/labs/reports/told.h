// What several reports look up in a sheet, and the pieces of text that they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/labs/sheet.h"
#include "core/text.h"

namespace reports {

// The trial of that name; null: there is none.
[[nodiscard]] const lab::TrialRecord* trial(const lab::Sheet& sheet, std::string_view name);

// The mistake of that id that stands behind a check: of its connection in its trial, else of its trial, else of any. Null:
// nobody saw one, and the check's reason says all.
[[nodiscard]] const lab::Seen* mistake(const lab::Sheet& sheet, const lab::CheckResult& check, std::string_view id);

// Whether the first cause stands behind this check.
[[nodiscard]] bool is_first(const lab::Sheet& sheet, const lab::CheckResult& check);

// The checks that failed: the first cause's, then the other musts, then the notes, each in their order.
[[nodiscard]] std::vector<const lab::CheckResult*> failed(const lab::Sheet& sheet);

// Mistakes that stand behind no check: each id once, as it was seen first.
struct Besides {
  const lab::Seen* what = nullptr;
  const lab::TrialRecord* where = nullptr;
};
[[nodiscard]] std::vector<Besides> besides(const lab::Sheet& sheet);

// "5 · The textbook's client", the title alone of a lab without a number.
[[nodiscard]] core::Text heading(const lab::Sheet& sheet);
// "partly passed · 7 of 9 points"; without points where there is no mark.
[[nodiscard]] core::Text mark(const lab::Sheet& sheet);
// The first thing to be said: the sentence, or why it was not judged.
[[nodiscard]] core::Text sentence(const lab::Sheet& sheet);
// The reason of a check that failed or was not tried.
[[nodiscard]] core::Text reason(const lab::CheckResult& check);
// Whether a reason has the mistake's why in it.
[[nodiscard]] bool tells_why(const core::Text& reason, const lab::Seen& seen);
// "split: the server cuts each reply in two".
[[nodiscard]] core::Text in_trial(const lab::TrialRecord& trial);
// "✓" passed, "✗" a must that failed, "!" a note that did, "–" not tried.
[[nodiscard]] std::string_view sign(const lab::CheckResult& check);
// What was marked, as a shell takes it, safe to print.
[[nodiscard]] std::string command(const lab::Sheet& sheet);
// "C", "S", "·".
[[nodiscard]] std::string_view speaker(lab::Line::From from);
// The microseconds of all trials together.
[[nodiscard]] std::int64_t took(const lab::Sheet& sheet);

// The lines of a text without their ends, none behind the last end. Each is safe to print (core::show_bytes), and in XML 1.0
// and HTML, which do not allow U+FFFE and U+FFFF (§2.2): these stand as \xHH, too.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
// The same as one text, with a LF at its end where the text has one.
[[nodiscard]] std::string safe(std::string_view text);

}  // namespace reports
