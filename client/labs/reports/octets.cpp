#include "client/labs/reports/octets.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "client/labs/reports/told.h"
#include "core/show.h"
#include "core/text.h"

namespace reports {
namespace {

// As JSON names a character outside of the first plane: by two halves.
void append_escape(std::string& out, char32_t c) {
  if (c >= 0x10000) {
    append_escape(out, 0xD800 + ((c - 0x10000) >> 10U));
    c = 0xDC00 + ((c - 0x10000) & 0x3FFU);
  }
  std::array<char, 7> text{};
  std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(c));
  out += text.data();
}

}  // namespace

std::string as_utf8(std::string_view text) { return core::is_utf8(text) ? std::string(text) : safe(text); }

std::string escape_hidden(std::string_view json) {
  std::string out;
  while (!json.empty()) {
    const std::string_view one = json.substr(0, std::max<std::size_t>(1, core::utf8_sequence_length(json)));
    if (one.size() > 1 && core::show_bytes(one) != one) {
      append_escape(out, core::utf8_decode(one));
    } else if (one == "\x7F") {
      append_escape(out, 0x7F);
    } else {
      out += one;
    }
    json.remove_prefix(one.size());
  }
  return out;
}

std::string json_string(std::string_view text) { return escape_hidden(nlohmann::json(as_utf8(text)).dump()); }

std::string xml_text(std::string_view text) {
  std::string out = safe(text);
  out = core::replace_all(out, "&", "&amp;");
  out = core::replace_all(out, "<", "&lt;");
  out = core::replace_all(out, ">", "&gt;");
  return core::replace_all(out, "\"", "&quot;");
}

}  // namespace reports
