#include "tests/smtp_judge/cases.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "core/result.h"
#include "dialogue/text_reader.h"
#include "smtp_judge/judge.h"

namespace test {
namespace {

std::string after(const std::string& line, const std::string& prefix) {
  std::string rest = line.substr(prefix.size());
  rest.erase(0, rest.find_first_not_of(' ') == std::string::npos ? rest.size() : rest.find_first_not_of(' '));
  return rest;
}

void read_server(const std::string& words, smtp_judge::Server& server) {
  std::istringstream in(words);
  std::string word;
  in >> word;
  if (word == "tls") server.begins_in_tls = true;
  if (word == "untrusted") server.is_not_to_be_trusted = true;
  if (word == "account") {
    smtp_judge::Account account;
    in >> account.user >> account.password >> account.web_password;
    server.accounts.push_back(account);
  }
}

using Blocks = std::map<std::string, std::string>;

void read_file(const std::filesystem::path& path, Blocks& blocks, std::vector<Case>& cases) {
  std::ifstream file(path);
  std::string line;
  std::string* block = nullptr;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("@define ")) {
      block = &blocks[after(line, "@define ")];
    } else if (line == "@end") {
      block = nullptr;
    } else if (block != nullptr) {
      *block += line.starts_with('@') ? blocks[line.substr(1)] : line + "\n";
    } else if (line.starts_with('[')) {
      const std::size_t close = line.find(']');
      cases.push_back({line.substr(1, close - 1), after(line, line.substr(0, close + 1)),
                       path.filename().string() + ":" + std::to_string(number), {}, {}, {}});
    } else if (cases.empty() || line.starts_with('#')) {
      continue;
    } else if (line.starts_with("tells:")) {
      cases.back().tells = after(line, "tells:");
    } else if (line.starts_with("server:")) {
      read_server(after(line, "server:"), cases.back().server);
    } else if (line.starts_with('@')) {
      REQUIRE_MESSAGE(blocks.contains(line.substr(1)), path.string() << ":" << number << ": " << line);
      cases.back().dialogue += blocks[line.substr(1)];
    } else {
      cases.back().dialogue += line + "\n";
    }
  }
}

}  // namespace

std::vector<Case> all_cases() {
  std::vector<std::filesystem::path> files;
  const auto folder = std::filesystem::path(SMTPLAB_SOURCE) / "tests" / "smtp_judge" / "cases";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Blocks blocks;
  std::vector<Case> cases;
  for (const std::filesystem::path& file : files) read_file(file, blocks, cases);
  return cases;
}

std::string told_of(const Case& one) {
  const auto events = dialogue::events_from_text(one.dialogue);
  if (!events) return core::describe(events.error(), core::Language::kEnglish);
  smtp_judge::Judge judge(one.server);
  for (const dialogue::Event& event : *events) judge.take(event);
  std::map<std::uint64_t, std::string> ids;
  std::string told;
  for (const findings::Finding& finding : judge.take_findings()) {
    ids[finding.number] = finding.id;
    told += (told.empty() ? "" : ", ") + finding.id + (finding.certain ? "" : " ?");
    if (finding.follows) told += " < " + ids[*finding.follows];
  }
  return told.empty() ? "-" : told;
}

}  // namespace test
