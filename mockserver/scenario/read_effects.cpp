#include <algorithm>

#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

std::optional<Split> split_in(const Reading& reading, const document::Node& table) {
  Split split;
  const document::Node* const at = table.find("split_at", document::NodeType::kList);
  if (at != nullptr) {
    for (const document::Node& item : at->items) {
      if (item.type == document::NodeType::kInteger && item.integer > 0)
        split.at.push_back(static_cast<std::size_t>(item.integer));
    }
    std::sort(split.at.begin(), split.at.end());
  }
  if (const auto every = integer_in(table, "split_every"); every && *every > 0) split.every = static_cast<std::size_t>(*every);
  const bool splits = !split.at.empty() || split.every != 0;
  const document::Node* const pause = table.find("split_pause");
  if (pause != nullptr && !splits) {
    reading.problems.add(
        pause->where, {"the reply is not split", "回复没有拆开发送"},
        {"'split_pause' goes with split_at or split_every", "'split_pause' 要和 split_at 或 split_every 一起用"});
  }
  if (const auto time = seconds_in(table, "split_pause")) split.pause = *time;
  return splits ? std::optional(std::move(split)) : std::nullopt;
}

}  // namespace

Effects read_effects(const Reading& reading, const document::Node& table, On on) {
  Effects effects;
  effects.delay = seconds_in(table, "delay").value_or(std::chrono::milliseconds(0));
  effects.split = split_in(reading, table);
  effects.keep = boolean_in(table, "keep");
  effects.then = word_in<Then>(table, "rule", "then");
  if (const document::Node* const folder = table.find("folder", document::NodeType::kText)) {
    effects.folder = folder->text;
    check_folder(reading, *folder);
  }
  for (const std::string_view key : {"keep", "folder"}) {
    const document::Node* const node = table.find(key);
    if (node == nullptr || on == On::kMessage) continue;
    reading.problems.add(node->where, core::phrase("'{0}' is about a finished message", "'{0}' 只对收完的邮件有意义", {key}),
                         {"it goes with on = \"message\"", "要和 on = \"message\" 一起用"});
  }
  return effects;
}

bool has_effect(const Effects& effects) {
  return effects.delay.count() > 0 || effects.split || effects.keep || effects.then || !effects.folder.empty();
}

}  // namespace scenario
