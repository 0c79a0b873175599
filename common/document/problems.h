// Everything wrong with one file, told at once: "path:line:column: message", the line, a caret, "hint: …" ("提示：…").
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "document/document.h"

namespace document {

class Problems {
 public:
  // REQUIRES: the document outlives it.
  explicit Problems(const Document& document) : document_(&document) {}

  // hint: what to write instead; may be empty.
  void add(Position where, core::Text message, core::Text hint = {});

  [[nodiscard]] std::size_t size() const { return problems_.size(); }
  [[nodiscard]] bool empty() const { return problems_.empty(); }

  // All of them in the order of the file, in one text (the first 20; the rest is counted). REQUIRES: not empty().
  [[nodiscard]] core::Error error() const;

 private:
  struct Problem {
    Position where;
    core::Text message;
    core::Text hint;
  };

  [[nodiscard]] std::string describe(const Problem& problem, core::Language language) const;
  [[nodiscard]] std::string all(const std::vector<Problem>& sorted, core::Language language) const;

  const Document* document_;
  std::vector<Problem> problems_;
};

}  // namespace document
