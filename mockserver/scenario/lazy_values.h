// Values of placeholders that are put together when a template first asks for one: most connections never hear one filled.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <utility>

#include "mockserver/scenario/template.h"

namespace scenario {

class LazyValues {
 public:
  LazyValues() = default;
  LazyValues(std::initializer_list<Values::value_type> values) : values_(values) {}
  explicit LazyValues(std::function<Values()> make) : make_(std::move(make)) {}

  [[nodiscard]] const Values& values() const {
    if (!values_) values_ = make_ ? make_() : Values();
    return *values_;
  }

 private:
  std::function<Values()> make_;  // called once at most
  mutable std::optional<Values> values_;
};

}  // namespace scenario
