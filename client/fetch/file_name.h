// Names of files, made of what strangers write.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fetch {

inline constexpr std::size_t kLongestFileName = 120;  // octets

// A name that is one on any system, and stays where it is put: without folders, control characters, marks that change the
// direction of writing, the characters that Windows forbids, dots and spaces at its ends, none of the names of devices; what is
// longer is cut before its ending. type: of the part ("image/png"); number: its place among the parts, from 1. They make a
// name where nothing is left of this one.
[[nodiscard]] std::string safe_file_name(std::string_view name, std::string_view type, std::size_t number);

// "cat.png" as "cat (2).png".
[[nodiscard]] std::string numbered(const std::string& file_name, std::size_t number);

}  // namespace fetch
