#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/load.h"
#include "sasl/exchange.h"
#include "sasl/parts.h"

namespace knowledge {
namespace {

constexpr int kMostRounds = 9;

bool holds(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void load_messages(Fields& mechanism, Problems& problems, SaslEntry& entry) {
  for (const document::Node* const table : mechanism.tables("message")) {
    Fields fields(*table, "[[mechanism.message]]", problems);
    const std::string speaker = fields.string("speaker");
    SaslMessage message;
    message.speaker = speaker == "server" ? sasl::Speaker::kServer : sasl::Speaker::kClient;
    message.round = static_cast<std::size_t>(fields.integer("round", 0, kMostRounds));
    message.made = fields.text("made");
    fields.finish();
    if (speaker != "server" && speaker != "client") fields.refuse("speaker must be server or client, not '" + speaker + "'");
    if (entry.message(message.speaker, message.round) != nullptr) fields.refuse("this message stands here twice");
    entry.messages.push_back(std::move(message));
  }
}

}  // namespace

SaslTables load_sasl(const document::Node& root, Problems& problems) {
  SaslTables tables;
  Fields file(root, "the file", problems);
  for (const document::Node* const table : file.tables("mechanism")) {
    Fields fields(*table, "[[mechanism]]", problems);
    SaslEntry entry;
    entry.name = fields.string("name");
    entry.what = fields.text("what");
    entry.password = fields.text("password");
    entry.remember = fields.text("remember");
    entry.rfc = fields.string("rfc");
    load_messages(fields, problems, entry);
    fields.finish();
    const std::string name = entry.name;
    if (!holds(sasl::mechanisms(), name)) fields.refuse("'" + name + "' is no mechanism");
    if (!tables.mechanisms.emplace(name, std::move(entry)).second) fields.refuse("'" + name + "' stands here twice");
  }
  for (const document::Node* const table : file.tables("part")) {
    Fields fields(*table, "[[part]]", problems);
    const std::string name = fields.string("name");
    core::Text meaning = fields.text("meaning");
    fields.finish();
    if (!holds(sasl::part_names(), name)) fields.refuse("'" + name + "' is no part of any message");
    if (!tables.parts.emplace(name, std::move(meaning)).second) fields.refuse("'" + name + "' stands here twice");
  }
  file.finish();
  return tables;
}

}  // namespace knowledge
