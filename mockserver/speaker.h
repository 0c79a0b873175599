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
#include "mockserver/store/message.h"

namespace mockserver {

// Everything it gives is whole lines, safe to print. Knowledge outlives it.
class Speaker {
 public:
  // Lines of a message that are shown; of a longer one the rest is counted.
  static constexpr std::size_t kMostLines = 16;

  Speaker(const knowledge::Knowledge& knowledge, core::Language language, bool show_secrets)
      : knowledge_(knowledge), language_(language), show_secrets_(show_secrets) {}

  // connection: as events number them. What a command is for is told when it comes for the first time, why a reply is a refusal
  // each time.
  [[nodiscard]] std::string event(std::uint64_t connection, const dialogue::Event& event);
  // A mistake and its remedy; of one that follows from another only its title.
  [[nodiscard]] std::string finding(std::uint64_t connection, const findings::Finding& finding);
  // where: the folder of its Maildirs; empty: it is in memory.
  [[nodiscard]] std::string stored(const store::Message& message, std::string_view where) const;

 private:
  // What of a message was shown already.
  struct Shown {
    std::size_t lines = 0;
    std::size_t left_out = 0;
  };

  [[nodiscard]] std::string wire(const std::string& prefix, std::uint64_t connection, const dialogue::Event& event);
  [[nodiscard]] std::string meaning(const std::string& prefix, const dialogue::Event& event);
  [[nodiscard]] std::string aside(const dialogue::Event& event) const;
  [[nodiscard]] std::string line(const std::string& prefix, std::string_view label, const core::Text& text) const;

  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  bool show_secrets_;
  std::set<std::string, std::less<>> explained_;  // names of inputs
  std::map<std::uint64_t, Shown> messages_;       // of connections that are in the middle of one
};

}  // namespace mockserver
