// What the mock says on the terminal of whoever runs it: each connection as it happens, in the words of a person who reads
// along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/text.h"
#include "dialogue/event.h"
#include "findings/finding.h"
#include "knowledge/knowledge.h"
#include "mockserver/mock_server.h"

namespace mockserver {

// Everything it gives is whole lines, safe to print. Knowledge outlives it.
class Speaker {
 public:
  // Lines of a message that are shown; of a longer one the rest is counted.
  static constexpr std::size_t kMostLines = 16;
  // Copies of a message that are named, and recipients of each.
  static constexpr std::size_t kMostCopies = 8;

  Speaker(const knowledge::Knowledge& knowledge, core::Language language, bool show_secrets)
      : knowledge_(knowledge), language_(language), show_secrets_(show_secrets) {}

  // connection: as events number them. What a command is for is told when it comes for the first time; why a reply is a refusal
  // each time, until a mistake was told that brought it about.
  [[nodiscard]] std::string event(std::uint64_t connection, const dialogue::Event& event);
  // A mistake and its remedy, where the reply before it has not told that already; of what is only advice a line. Nothing of
  // one that follows from another.
  [[nodiscard]] std::string finding(std::uint64_t connection, const findings::Finding& finding);
  // For whom, how large, and where each copy is: the file, or whose mailbox in memory. Of many only the first.
  [[nodiscard]] std::string stored(const Kept& message) const;
  // Who may log in, with which passwords; a line each.
  [[nodiscard]] std::string accounts(const scenario::Scenario& scenario) const;

 private:
  // What is known of a connection.
  struct Said {
    std::size_t lines = 0;      // of the message that is being sent, so many were shown
    bool is_explained = false;  // the reply that came last said why it refuses, and what to do
    bool has_cause = false;     // a mistake was told, and nothing has been taken since
  };

  [[nodiscard]] std::string wire(const std::string& prefix, std::uint64_t connection, const dialogue::Event& event);
  [[nodiscard]] std::string meaning(const std::string& prefix, Said& said, const dialogue::Event& event);
  [[nodiscard]] std::string aside(const dialogue::Event& event) const;
  [[nodiscard]] std::string line(const std::string& prefix, std::string_view label, const core::Text& text) const;

  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  bool show_secrets_;
  std::set<std::string, std::less<>> explained_;  // names of inputs
  std::map<std::uint64_t, Said> connections_;
};

}  // namespace mockserver
