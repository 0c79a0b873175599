// What a client did that a lenient server lets pass or a strict one refuses: noticed where it is read, explained elsewhere.
#pragma once

#include <concepts>
#include <string_view>

#include "core/span.h"

namespace protocol {

// The name of a mistake in scenarios/knowledge/mistakes.toml, kebab case. Lives as long as the program: protocols name theirs
// in tables.
class MistakeId {
 public:
  // From the enumeration of a protocol, which has id() for it.
  template <typename Typed>
  requires requires(Typed typed) {
    { id(typed) } -> std::same_as<std::string_view>;
  }
  constexpr MistakeId(Typed typed) : text_(id(typed)) {}
  // text: of such a table.
  static constexpr MistakeId from_table(std::string_view text) { return MistakeId(text); }

  [[nodiscard]] constexpr std::string_view text() const { return text_; }
  friend constexpr bool operator==(MistakeId a, MistakeId b) { return a.text_ == b.text_; }

 private:
  explicit constexpr MistakeId(std::string_view text) : text_(text) {}

  std::string_view text_;
};

struct Remark {
  MistakeId kind;
  core::Span where;  // in the octets it is about; empty when it is about them as a whole

  bool operator==(const Remark&) const = default;
};

constexpr std::string_view id(const Remark& remark) { return remark.kind.text(); }

}  // namespace protocol
