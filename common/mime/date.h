// The Date field of a message (RFC 5322 §3.3).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace mime {

// The day on which it was sent, as its sender's calendar had it. Reads what people write, too; nothing for what is no date.
[[nodiscard]] std::optional<std::chrono::year_month_day> day_of(std::string_view value);

}  // namespace mime
