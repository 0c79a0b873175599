#include "client/commands/schema.h"

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "client/base/options.h"

namespace commands {
namespace {

using nlohmann::ordered_json;
using scenario::FileKind;
using scenario::KeyRow;
using scenario::KeyType;

ordered_json table_at(std::string_view path, FileKind kind);

// A number that is whole, as one: an editor shows 600, not 600.0.
ordered_json number(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  return static_cast<double>(whole) == value ? ordered_json(whole) : ordered_json(value);
}

ordered_json number_within(std::string_view type, std::string_view allowed) {
  ordered_json value{{"type", type}};
  if (const auto range = scenario::range_of(allowed)) {
    value["minimum"] = number(range->least);
    value["maximum"] = number(range->most);
  }
  return value;
}

ordered_json string_of(std::string_view allowed) {
  ordered_json value{{"type", "string"}};
  if (const auto words = scenario::words_of(allowed); !words.empty()) value["enum"] = words;
  return value;
}

ordered_json list_of(ordered_json items, bool one_needed) {
  ordered_json list{{"type", "array"}, {"items", std::move(items)}};
  if (one_needed) list["minItems"] = 1;
  return list;
}

ordered_json either(ordered_json one, ordered_json other) {
  return {{"anyOf", ordered_json::array({std::move(one), std::move(other)})}};
}

// Text for people.
ordered_json text_in_both_languages() {
  const ordered_json words{{"type", "string"}, {"minLength", 1}};
  return {{"type", "object"},
          {"properties", {{"en", words}, {"zh", words}}},
          {"required", {"en", "zh"}},
          {"additionalProperties", false}};
}

ordered_json value_of(const KeyRow& row, FileKind kind) {
  switch (row.type) {
    case KeyType::kText: return text_in_both_languages();
    case KeyType::kString:
    case KeyType::kPattern: return string_of(row.allowed);
    case KeyType::kInteger: return number_within("integer", row.allowed);
    case KeyType::kCode: return either(number_within("integer", row.allowed), {{"type", "string"}, {"pattern", "^[^0-9]"}});
    case KeyType::kNumber: return number_within("number", row.allowed);
    case KeyType::kBoolean: return {{"type", "boolean"}};
    case KeyType::kStrings: return list_of(string_of(row.allowed), true);
    case KeyType::kList: return list_of(string_of(row.allowed), false);
    case KeyType::kIntegers: return list_of(number_within("integer", row.allowed), true);
    case KeyType::kPatterns:
    case KeyType::kReply: return either(string_of(row.allowed), list_of(string_of(row.allowed), true));
    case KeyType::kTable: return table_at(row.path, kind);
    case KeyType::kTables: return list_of(table_at(row.path, kind), false);
  }
  return {};
}

// The table that `path` leads to; "" is the file.
ordered_json table_at(std::string_view path, FileKind kind) {
  ordered_json table{{"type", "object"}, {"properties", ordered_json::object()}};
  ordered_json required = ordered_json::array();
  for (const KeyRow& row : scenario::keys()) {
    if (scenario::parent_part(row) != path || !scenario::belongs_in(row, kind)) continue;
    const std::string key(scenario::last_part(row));
    ordered_json value{{"description", row.about}};
    value.update(value_of(row, kind));
    table["properties"][key] = std::move(value);
    if (row.required) required.push_back(key);
  }
  if (!required.empty()) table["required"] = std::move(required);
  table["additionalProperties"] = false;
  return table;
}

}  // namespace

int print_schema(FileKind kind, std::ostream& out) {
  ordered_json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", kind == FileKind::kProvider ? "smtplab provider" : "smtplab scenario"}};
  schema.update(table_at("", kind));
  out << schema.dump(2) << '\n';
  return client::kDone;
}

}  // namespace commands
