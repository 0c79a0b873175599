// Short ways to say how a condition is held; inside of conditions.cpp and what it is made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/conditions.h"
#include "core/text.h"

namespace lab {

[[nodiscard]] inline Held yes() { return {}; }
[[nodiscard]] inline Held no(core::Text reason) {
  Held held;
  held.holds = false;
  held.reason = std::move(reason);
  return held;
}

// "3", "1..", "2..4". Nothing: it is none of these.
struct Range {
  std::size_t least = 0;
  std::size_t most = 0;
  [[nodiscard]] bool has(std::size_t number) const { return number >= least && number <= most; }
};
[[nodiscard]] std::optional<Range> parse_range(std::string_view text);

// "HELO|EHLO" names both; letter case counts for nothing.
[[nodiscard]] bool is_one_of(std::string_view word, std::string_view words);

using Values = std::vector<std::string>;

// Of the accepted messages; each as ConditionRow::look.
[[nodiscard]] Held look_accepted(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_sender(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_recipients(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_subject(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_text(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_attachment(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_parts(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_field(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_recipients_each(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_people(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_field_lacks(const Values& values, const Evidence& evidence);

// Of the dialogues.
[[nodiscard]] Held look_connected(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_never(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_said(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_logged_in(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_encrypted(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_codes(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_after(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_connections(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_host(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_apart(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_count(const Values& values, const Evidence& evidence);

// Of the process.
[[nodiscard]] Held look_exit(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_ends(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_output(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_refused_named(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_times(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_answer(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_output_lacks(const Values& values, const Evidence& evidence);

// Of a server that was marked.
[[nodiscard]] Held look_listens(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_talk(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_alive(const Values& values, const Evidence& evidence);
[[nodiscard]] Held look_stored(const Values& values, const Evidence& evidence);

// A talk as a sheet tells it.
[[nodiscard]] std::vector<Line> lines_of(const Spoke& spoke);

}  // namespace lab
