// What a server knows at one moment, by name: the memory pane, the placeholders of replies and the conditions of rules ask for
// it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/phrase.h"

namespace protocol {

// Nothing: it is not known.
using FactValue = std::variant<std::monostate, bool, std::size_t, std::string, std::vector<std::string>>;

struct FactWords {
  core::Phrase label = {};   // where the memory is shown; empty: not there
  core::Phrase absent = {};  // there, while it is not known
  core::Phrase unit = {};    // of a number
};

// What is told of one.
struct FactRow {
  std::string_view name;   // {name} in a reply
  std::string_view about;  // as such a placeholder; empty: it is none
  FactWords words = {};
};

// Whoever knows them.
class Knows {
 public:
  Knows() = default;
  virtual ~Knows() = default;
  Knows(const Knows&) = default;
  Knows& operator=(const Knows&) = default;

  // Nothing: it is not known, or there is no such fact in this protocol.
  [[nodiscard]] virtual FactValue fact(std::string_view name) const = 0;

  // The same, of a fact that is of this kind; what is not known is empty, nothing, 0, false.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> known_text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  [[nodiscard]] std::size_t number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
};

// What somebody knew at one moment.
class Memory : public Knows {
 public:
  Memory() = default;
  Memory(const Knows& knows, std::span<const FactRow> rows);

  [[nodiscard]] FactValue fact(std::string_view name) const override;

 private:
  std::span<const FactRow> rows_;
  std::vector<FactValue> values_;  // one for each of rows_
};

}  // namespace protocol
