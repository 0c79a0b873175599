// Takes the values of one table by name, strictly: what is missing, of another type or left over is a problem.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "document/document.h"

namespace knowledge {

// What is wrong with one file: "file:line: text", in the order it was found.
struct Problems {
  std::string path;
  std::vector<std::string> found;

  void add(int line, const std::string& text) { found.push_back(path + ":" + std::to_string(line) + ": " + text); }
};

// One table being read. Every value is asked for by its key; finish() then refuses the keys nobody asked for.
class Fields {
 public:
  // name: how the table is called in messages: "[[mistake]]". Table and problems outlive it. What is no table is a problem.
  Fields(const document::Node& table, std::string name, Problems& problems);

  // Required, and not empty. The text is empty when that is a problem.
  std::string string(std::string_view key);
  // Required, within the range. `least` when that is a problem.
  int integer(std::string_view key, int least, int most);
  // Required: whole numbers within the range, possibly none.
  std::vector<int> integers(std::string_view key, int least, int most);
  // Required: texts, at least one, none of them empty.
  std::vector<std::string> strings(std::string_view key);
  // Required, with both languages, neither empty.
  core::Text text(std::string_view key);
  // The tables under [[key]], at least one.
  std::vector<const document::Node*> tables(std::string_view key);
  void finish();

  [[nodiscard]] int line() const { return table_->where.line; }
  void refuse(const std::string& text) { problems_->add(line(), text); }

 private:
  const document::Node* take(std::string_view key);
  const document::Node* take_required(std::string_view key);
  std::optional<int> integer_of(std::string_view key, const document::Node& node, int least, int most);

  const document::Node* table_;
  std::string name_;
  Problems* problems_;
  std::vector<std::string> asked_;
};

}  // namespace knowledge
