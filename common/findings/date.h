// Whether a Date field holds a date.
#pragma once

#include <string_view>

namespace findings {

// date-time = [ day-of-week "," ] day month year hour ":" minute [ ":" second ] zone (RFC 5322 §3.3), the old forms of §4.3
// included: years of two digits, zones by name. Comments and folding are passed over. The day of the week is not counted.
[[nodiscard]] bool is_date_time(std::string_view value);

// Its first letters are the name of a day of the week, as a Date has it.
[[nodiscard]] bool begins_with_day(std::string_view line);

}  // namespace findings
