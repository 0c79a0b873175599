#include "document/disguise.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace document {
namespace {

// Planes that Unicode has left empty, and whose number is one digit.
constexpr std::array<char32_t, 6> kPlanes{4, 5, 6, 7, 8, 9};

// How the escape of a letter in this plane begins; four digits follow.
std::string escape(char32_t plane) { return "\\U000" + std::string(1, static_cast<char>('0' + plane)); }

// `text` with `change` made to each of its letters; what is not UTF-8 stays.
template <typename Change>
std::string each_letter(std::string_view text, Change change) {
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  while (true) {
    const auto ascii = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), core::is_high) - text.begin());
    out.append(text.substr(0, ascii));
    text.remove_prefix(ascii);
    if (text.empty()) return out;
    const std::size_t length = core::utf8_sequence_length(text);
    if (length > 0) {
      core::append_utf8(out, change(core::utf8_decode(text.substr(0, length))));
    } else {
      out += text.front();
    }
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
}

}  // namespace

std::optional<Disguise> Disguise::suiting(std::string_view text) {
  std::array<bool, 17> used{};
  constexpr std::string_view kBeginsFour = "\xF0\xF1\xF2\xF3\xF4";
  for (std::size_t at = text.find_first_of(kBeginsFour); at < text.size(); at = text.find_first_of(kBeginsFour, at + 1)) {
    if (core::utf8_sequence_length(text.substr(at)) == 4) used[core::utf8_decode(text.substr(at, 4)) >> 16U] = true;
  }
  for (const char32_t plane : kPlanes) {
    if (!used[plane] && text.find(escape(plane)) == std::string_view::npos) return Disguise(plane);
  }
  return std::nullopt;
}

std::string Disguise::put_on(std::string_view text) const {
  const std::string_view mark = text.substr(0, text.starts_with(core::kByteOrderMark) ? core::kByteOrderMark.size() : 0);
  const auto move = [this](char32_t c) { return c < 0x10000 ? c | plane_ << 16U : c; };
  return std::string(mark) + each_letter(text.substr(mark.size()), move);
}

std::string Disguise::take_off(std::string_view text) const {
  return each_letter(text, [this](char32_t c) { return c >> 16U == plane_ ? c & 0xFFFFU : c; });
}

std::string Disguise::take_off_message(std::string_view message) const {
  return core::replace_all(take_off(message), escape(plane_), "\\u");
}

}  // namespace document
