// Why a program gets no mark: it could not run as its author meant it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/labs/evidence.h"
#include "core/text.h"

namespace lab {

struct Unjudged {
  std::string id;       // "python-2", "file-missing" …
  core::Text sentence;  // the cause, and the line to edit
};

// Words that people write where an address or a password of their own belongs.
[[nodiscard]] std::span<const std::string_view> placeholders();

// A placeholder that it has sent in the place of an address or a password; whatever became of it.
[[nodiscard]] std::optional<Unjudged> placeholder_left(const Evidence& normal);

// Of the trial at normal speed, in which no message was accepted; nothing: it ran, and what it did is its own fault.
[[nodiscard]] std::optional<Unjudged> why_not_judged(const Evidence& normal);

// A command that cannot be started.
[[nodiscard]] Unjudged not_started(const core::Text& why);

}  // namespace lab
