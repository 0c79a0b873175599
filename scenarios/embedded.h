// The TOML files of scenarios/, built into the program so that one file runs anywhere. The build writes the source.
#pragma once

#include <span>
#include <string_view>

namespace scenarios {

// One file. Both views last as long as the program.
struct EmbeddedFile {
  std::string_view path;  // relative to scenarios/: "netease/provider.toml"
  std::string_view text;  // octet for octet
};

// All of them, sorted by path.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace scenarios
