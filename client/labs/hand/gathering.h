// What somebody does by hand at a server, gathered as conditions look at it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/lab.h"
#include "dialogue/event.h"
#include "findings/finding.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/message.h"

namespace hand {

class Gathering {
 public:
  // All that is given is known to whoever sits there. REQUIRES: both outlive it.
  Gathering(const lab::Lab& lab, const scenario::Scenario& scenario);

  // connection: whatever number names it.
  void take(std::uint64_t connection, const dialogue::Event& event);
  void take(std::uint64_t connection, const findings::Finding& finding);
  void take(std::uint64_t connection, std::shared_ptr<const store::Message> message);

  [[nodiscard]] std::size_t connections() const { return places_.size(); }
  // Of that connection alone, so that who has made a mistake can begin again; and of all of them. REQUIRES: something was taken
  // of it.
  [[nodiscard]] lab::Evidence of(std::uint64_t connection) const;
  [[nodiscard]] const lab::Evidence& all() const { return all_; }

 private:
  std::size_t place(std::uint64_t connection);

  const scenario::Scenario& scenario_;
  lab::Evidence all_;
  std::map<std::uint64_t, std::size_t> places_;  // of connections among the visits
  std::vector<std::size_t> accepted_;            // of each message: on which visit
};

}  // namespace hand
