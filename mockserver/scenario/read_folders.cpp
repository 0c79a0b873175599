// The folders of a mailbox, and how their names are written.
#include <algorithm>

#include "mockserver/scenario/folders.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Characters that some server separates levels with (RFC 9051 §5.1 leaves it to them).
constexpr std::string_view kSeparators = "./|\\";

void read_folder(const Reading& reading, const document::Node& table, std::vector<protocol::FolderSetting>& folders) {
  const document::Node* const name = table.find("name", document::NodeType::kText);
  if (name == nullptr) return;
  const auto parsed = folder_named(reading.draft.scenario, name->text);
  if (!parsed) {
    reading.problems.add(name->where, parsed.error().text, parsed.error().hint);
  } else if (parsed->is_inbox()) {
    reading.problems.add(name->where, {"INBOX is always there", "INBOX 总是有的"}, {"leave it out", "去掉它"});
  } else {
    folders.push_back({name->text, string_in(table, "use").value_or("")});
  }
}

}  // namespace

void check_folder(const Reading& reading, const document::Node& folder) {
  const auto parsed = folder_named(reading.draft.scenario, folder.text);
  if (!parsed) reading.problems.add(folder.where, parsed.error().text, parsed.error().hint);
}

void read_folder_names(const Reading& reading, const document::Node& server) {
  protocol::ServerSettings& settings = reading.draft.scenario.server;
  if (const auto quotes = boolean_in(server, "quotes_names")) settings.quotes_names = *quotes;
  if (const document::Node* const separator = server.find("separator", document::NodeType::kText)) {
    const bool is_one = separator->text.size() == 1 && kSeparators.find(separator->text) != std::string_view::npos;
    if (is_one) settings.separator = separator->text.front();
    if (!is_one) {
      reading.problems.add(separator->where, {"levels are separated by one character", "各级之间只用一个字符分隔"},
                           {"one of . / | and \\", "可以是 .、/、| 或 \\"});
    }
  }
  if (const document::Node* const sent = server.find("sent_folder", document::NodeType::kText)) {
    reading.draft.scenario.sent_folder = sent->text;
    check_folder(reading, *sent);
  }
}

void read_folders(const Reading& reading) {
  std::vector<protocol::FolderSetting> folders;
  for (const document::Node* const table : tables_in(reading.document.root, "folder")) read_folder(reading, *table, folders);
  if (!folders.empty()) reading.draft.scenario.server.folders = std::move(folders);
}

}  // namespace scenario
