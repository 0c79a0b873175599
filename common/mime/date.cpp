#include "mime/date.h"

#include <string>

#include <gmime/gmime.h>

#include "mime/library.h"
#include "mime/owned.h"

namespace mime {

std::optional<std::chrono::year_month_day> day_of(std::string_view value) {
  start_library();
  constexpr std::size_t kLongest = 200;  // comments and folding; nobody writes more
  const Owned<GDateTime> date(g_mime_utils_header_decode_date(std::string(value.substr(0, kLongest)).c_str()));
  if (date == nullptr) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{g_date_time_get_year(date.get())},
                                        std::chrono::month{static_cast<unsigned>(g_date_time_get_month(date.get()))},
                                        std::chrono::day{static_cast<unsigned>(g_date_time_get_day_of_month(date.get()))}};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace mime
