// What the program knows, read once.
#pragma once

#include <doctest/doctest.h>

#include "core/result.h"
#include "knowledge/knowledge.h"

namespace test {

inline const knowledge::Knowledge& known() {
  static const core::Result<knowledge::Knowledge>& kKnown = knowledge::Knowledge::embedded();
  REQUIRE_MESSAGE(kKnown.has_value(), (kKnown ? std::string() : core::describe(kKnown.error(), core::Language::kEnglish)));
  return *kKnown;
}

}  // namespace test
