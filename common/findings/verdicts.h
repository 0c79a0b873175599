// What was told of a log: each finding with the event that made it sure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialogue/event.h"
#include "findings/judge.h"

namespace findings {

struct Verdict {
  Finding finding;
  std::uint64_t at = 0;        // number of the event that made it sure; when silence did, of the last one before it
  std::size_t connection = 0;  // of the log, from 1: number and follows of the finding count in it
  bool is_proposed = false;    // nothing shows it but lines that were proposed to whoever sent them
};

// Follows a log in which connections may follow one another.
class Verdicts {
 public:
  // Of a protocol that nobody judges there are none.
  Verdicts(std::string_view protocol, Server server) { speaks(protocol, std::move(server)); }
  // What comes next is said in this protocol, to this server. Who judged another one so far goes on when that is spoken again.
  void speaks(std::string_view protocol, Server server);

  // The next event, as dialogue::Log numbers it. is_proposed: what it says, or that it ends the connection, was proposed.
  void take(const dialogue::Event& event, bool is_proposed = false);
  // As Judge::quiet(), of a log in which all octets stand. Gives whether something has become sure.
  bool quiet(std::chrono::microseconds now);

  // In the order in which they became sure.
  [[nodiscard]] const std::vector<Verdict>& all() const { return all_; }
  // What this event of the client says was not proposed, and is judged.
  [[nodiscard]] bool is_own(std::uint64_t event) const { return own_.contains(event); }
  // What this event says, or that it ends the connection, was proposed, and is judged.
  [[nodiscard]] bool was_proposed(std::uint64_t event) const { return proposed_.contains(event); }
  // What a verdict follows from; null for a first cause.
  [[nodiscard]] const Verdict* cause_of(const Verdict& verdict) const;

 private:
  void collect();
  [[nodiscard]] bool is_proposed(const Finding& finding) const;

  std::map<std::string, std::unique_ptr<Judge>, std::less<>> judges_;  // by what they judge; may be null
  Judge* judge_ = nullptr;                                             // of them; null: nobody judges it
  std::vector<Verdict> all_;
  std::uint64_t last_ = 0;       // number of the last event
  std::uint64_t last_said_ = 0;  // … of those of the client
  std::size_t connection_ = 0;
  std::set<std::uint64_t> proposed_;  // events
  std::set<std::uint64_t> own_;       // … of the client that nobody proposed
};

}  // namespace findings
