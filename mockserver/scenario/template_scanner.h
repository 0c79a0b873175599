// A template cut into its parts without copying: what fill, check, could_be and Behaviour have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace scenario {

// A run of literal text, or a placeholder. Views into the template.
struct Part {
  bool is_placeholder = false;
  std::string_view text;     // the literal, or the name
  std::string_view filters;  // "newline|base64"; empty for none
};

class TemplateScanner {
 public:
  // REQUIRES: what `text` views outlives the scanner.
  explicit TemplateScanner(std::string_view text) : rest_(text) {}

  // The next part; nothing at the end; an error (Blame::kInput) for a brace without its partner.
  core::Result<std::optional<Part>> next();

 private:
  std::string_view rest_;
};

// Whether every name of "newline|base64" is a filter; errors name the one that is not.
core::Result<void> check_filters(std::string_view filters);

// `value` sent through the filters, from left to right. Unknown ones change nothing.
[[nodiscard]] std::string apply_filters(std::string value, std::string_view filters);

}  // namespace scenario
