// One look at the dialogue: what more than one part of the screen asks for, found once for a key or a frame.
#pragma once

#include <chrono>
#include <vector>

#include "client/stepper/proposal.h"
#include "client/stepper/view.h"
#include "dialogue/event.h"

namespace stepper {

struct Moment {
  const View& view;
  std::vector<Proposal> proposals;            // what could be sent now
  const Proposal* next = nullptr;             // of these, the one that is shown; null: there is none
  const dialogue::Event* selected = nullptr;  // null: nothing has happened yet

  Moment(const View& of, std::vector<Proposal> could_come, std::size_t shown, const dialogue::Event* looked_at)
      : view(of),
        proposals(std::move(could_come)),
        next(proposals.empty() ? nullptr : &proposals[shown % proposals.size()]),
        selected(looked_at) {}
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;

  // Whether the line that is proposed is a password.
  [[nodiscard]] bool next_is_secret() const;
  // How much of the time that the proposed step wants has passed, counted from what was last said, by either side.
  [[nodiscard]] std::chrono::milliseconds waited() const;
  // What of it still has to pass; zero when nothing has to.
  [[nodiscard]] std::chrono::milliseconds pause() const;
};

}  // namespace stepper
