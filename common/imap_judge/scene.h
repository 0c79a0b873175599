// What all who look for mistakes have before them.
#pragma once

#include <string_view>

#include "findings/scene.h"
#include "imap_judge/reading.h"

namespace imap_judge {

using Scene = findings::Scene<Reading>;
using findings::Number;
using findings::Sight;

// A mistake that is the whole line; behind a literal, what is new of it.
[[nodiscard]] inline Sight whole(std::string_view id, const Line& line, bool certain = true, core::Text expected = {}) {
  return {id, {line.fresh, line.text().size()}, certain, std::move(expected)};
}

}  // namespace imap_judge
