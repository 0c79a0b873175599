// Mistakes to make on purpose: what a proposed line looks like with each of them.
#pragma once

#include <string>
#include <vector>

#include "client/base/words.h"
#include "client/stepper/guide.h"

namespace stepper {

struct Mistake {
  client::Word label;
  std::string bytes;       // what is sent with it
  std::string meant = {};  // of a message: the text that should arrive, lines ended by \n
};

// Those that make sense for this line, in this part of the dialogue.
[[nodiscard]] std::vector<Mistake> mistakes_for(const Proposal& proposal, const protocol::Protocol& spoken,
                                                protocol::Mode mode);

}  // namespace stepper
