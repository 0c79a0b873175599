// One table of a lab's file, taken key by key and strictly: what is missing, of another type or left over is a problem of the
// file, with its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "document/document.h"
#include "document/problems.h"

namespace lab {

class Table {
 public:
  // REQUIRES: node is a table; both outlive it.
  Table(const document::Node& node, document::Problems& problems) : node_(node), problems_(problems) {}

  // Empty when it is not there; with need_…, that is a problem.
  std::string string(std::string_view key);
  std::string need_string(std::string_view key);
  core::Text text(std::string_view key);  // with both languages
  core::Text need_text(std::string_view key);
  bool flag(std::string_view key);
  std::optional<int> integer(std::string_view key, int least, int most);
  std::vector<std::string> strings(std::string_view key);  // a list, or one alone
  // Texts, whole numbers, true and false as texts.
  std::vector<std::string> values(std::string_view key);
  // One of the words, as its number in the list; the first when it is not there.
  std::size_t word(std::string_view key, const std::vector<std::string_view>& words);
  const document::Node* table(std::string_view key);
  std::vector<const document::Node*> tables(std::string_view key);
  // Keys that nobody has asked for.
  std::vector<std::string> others() const;
  // Refuses them. also: keys that there are besides those that were asked for.
  void finish(const std::vector<std::string_view>& also = {});

  void refuse(std::string_view key, core::Text text, core::Text hint = {});
  [[nodiscard]] document::Position where() const { return node_.where; }

 private:
  const document::Node* take(std::string_view key);
  bool is(const document::Node& node, document::NodeType type);
  void needs(std::string_view key);

  const document::Node& node_;
  document::Problems& problems_;
  std::vector<std::string_view> asked_;
};

}  // namespace lab
