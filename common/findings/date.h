// Whether a Date field holds a date.
#pragma once

#include <string_view>

namespace findings {

// date-time = [ day-of-week "," ] day month year hour ":" minute [ ":" second ] zone (RFC 5322 §3.3), the old forms of §4.3
// included: years of two digits, zones by name. Comments and folding are passed over. The day of the week is not counted.
[[nodiscard]] bool is_date_time(std::string_view value);

}  // namespace findings
