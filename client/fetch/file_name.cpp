#include "client/fetch/file_name.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace fetch {
namespace {

struct EndingRow {
  std::string_view type;
  std::string_view ending;
};
constexpr auto kEndings = std::to_array<EndingRow>({
    {"text/plain", ".txt"},
    {"text/html", ".html"},
    {"text/calendar", ".ics"},
    {"text/csv", ".csv"},
    {"image/png", ".png"},
    {"image/jpeg", ".jpg"},
    {"image/gif", ".gif"},
    {"application/pdf", ".pdf"},
    {"application/zip", ".zip"},
    {"message/rfc822", ".eml"},
    {"application/json", ".json"},
    {"audio/mpeg", ".mp3"},
});

constexpr auto kDevices = std::to_array<std::string_view>({"con", "prn", "aux", "nul"});
constexpr std::size_t kLongestEnding = 16;

std::string_view last_of_path(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

// Controls, what has no width, and what turns the direction of writing (UAX #9): "gpj.exe" must not look like "exe.jpg".
bool is_unseen(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string visible(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t length = core::utf8_sequence_length(name);
    const std::string_view letter = name.substr(0, std::max<std::size_t>(length, 1));
    name.remove_prefix(letter.size());
    if (length == 0 || (length == 1 && std::string_view("<>:\"|?*").find(letter) != std::string_view::npos)) {
      out += '_';
    } else if (!is_unseen(core::utf8_decode(letter))) {
      out += letter;
    }
  }
  return out;
}

std::string_view without_dots(std::string_view name) {
  const std::size_t first = name.find_first_not_of(". ");
  if (first == std::string_view::npos) return {};
  return name.substr(first, name.find_last_not_of(". ") + 1 - first);
}

// Where its ending begins; its end when it has none.
std::size_t ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const bool is_ending = dot != std::string_view::npos && dot > 0 && name.size() - dot <= kLongestEnding;
  return is_ending ? dot : name.size();
}

std::string cut(const std::string& name) {
  if (name.size() <= kLongestFileName) return name;
  const std::size_t dot = ending_of(name);
  std::size_t left = kLongestFileName - (name.size() - dot);
  while (left > 0 && (static_cast<unsigned char>(name[left]) & 0xC0U) == 0x80U) --left;
  return name.substr(0, left) + name.substr(dot);
}

// "CON", "con.txt", "COM1" open devices on Windows.
bool is_device(std::string_view name) {
  const std::string stem = core::to_lower(name.substr(0, name.find('.')));
  const bool is_port = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && core::is_digit(stem[3]);
  return is_port || std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end();
}

std::string_view ending_for(std::string_view type) {
  const auto* const row =
      std::find_if(kEndings.begin(), kEndings.end(), [&](const EndingRow& one) { return one.type == type; });
  return row == kEndings.end() ? ".bin" : row->ending;
}

}  // namespace

std::string safe_file_name(std::string_view name, std::string_view type, std::size_t number) {
  const std::string seen = visible(last_of_path(name));
  std::string safe(without_dots(cut(std::string(without_dots(seen)))));
  if (safe.empty()) return "attachment-" + std::to_string(number) + std::string(ending_for(type));
  return is_device(safe) ? "_" + safe : safe;
}

std::string numbered(const std::string& file_name, std::size_t number) {
  const std::size_t dot = ending_of(file_name);
  return file_name.substr(0, dot) + " (" + std::to_string(number) + ")" + file_name.substr(dot);
}

}  // namespace fetch
