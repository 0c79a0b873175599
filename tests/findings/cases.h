// The dialogues of a folder of cases, tests/smtp_judge/cases and its like: what is told of each, and nothing else.
//
//   [id] name of the case        the id it is about; one of that name that begins with "twin" is the same done right
//   tells: id, id ?, id < other  all that is told, in this order: "?" is a guess, "<" follows from another one; "-": nothing
//   server: tls                  (or untrusted, guests DOMAIN, account USER PASSWORD WEB-PASSWORD) what is known of the server
//   C: …  S: …  -- …             the dialogue, as dialogue/text_reader.h reads it; "@name" stands for a block
//   @define name … @end          lines that many cases share
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "dialogue/text_reader.h"
#include "findings/judge.h"

namespace test {

struct Case {
  std::string id;
  std::string name;
  std::string place;  // file:line
  std::string tells;
  findings::Server server;
  std::string dialogue;

  [[nodiscard]] bool is_twin() const { return name.starts_with("twin"); }
};

inline std::string after(const std::string& line, const std::string& prefix) {
  std::string rest = line.substr(prefix.size());
  rest.erase(0, rest.find_first_not_of(' ') == std::string::npos ? rest.size() : rest.find_first_not_of(' '));
  return rest;
}

inline void read_server(const std::string& words, findings::Server& server) {
  std::istringstream in(words);
  std::string word;
  in >> word;
  if (word == "tls") server.begins_in_tls = true;
  if (word == "untrusted") server.is_not_to_be_trusted = true;
  if (word == "account") {
    findings::Account account;
    in >> account.user >> account.password >> account.web_password;
    server.accounts.push_back(account);
  }
  if (word == "guests") in >> server.guests.emplace_back();
}

using Blocks = std::map<std::string, std::string>;

inline void read_file(const std::filesystem::path& path, Blocks& blocks, std::vector<Case>& cases) {
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
      cases.push_back({line.substr(1, close - 1),
                       after(line, line.substr(0, close + 1)),
                       path.filename().string() + ":" + std::to_string(number),
                       {},
                       {},
                       {}});
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

// Of all files of tests/FOLDER/cases, in the order of their names.
inline std::vector<Case> all_cases(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  const auto cases_of = std::filesystem::path(SMTPLAB_SOURCE) / "tests" / folder / "cases";
  for (const auto& entry : std::filesystem::directory_iterator(cases_of)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Blocks blocks;
  std::vector<Case> cases;
  for (const std::filesystem::path& file : files) read_file(file, blocks, cases);
  return cases;
}

// What this judge tells of it, written as "tells" is.
inline std::string told_of(const Case& one, findings::Judge& judge) {
  const auto events = dialogue::events_from_text(one.dialogue);
  if (!events) return core::describe(events.error(), core::Language::kEnglish);
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

// The ids of a "tells" line, without their marks.
inline std::vector<std::string> ids_of(const std::string& tells) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < tells.size();) {
    const std::size_t end = std::min(tells.find(", ", at), tells.size());
    const std::string one = tells.substr(at, end - at);
    ids.push_back(one.substr(0, one.find(' ')));
    at = end + 2;
  }
  return ids;
}

}  // namespace test
