// A dialogue as it is kept: its log, what was told of that, and both in the file of --transcript as they grow.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "client/conversation/manners.h"
#include "core/text.h"
#include "dialogue/log.h"
#include "findings/server.h"
#include "findings/verdicts.h"
#include "protocol/protocol.h"

namespace client {

class Record {
 public:
  // manners: of whoever leads the dialogue; they outlive the record. appended: called behind every event. begin() comes before
  // all else.
  Record(const Manners& manners, std::function<void()> appended) : manners_(manners), appended_(std::move(appended)) {}

  // A new one, of a dialogue with that server in that protocol; what was kept is gone, in the transcript too.
  void begin(const protocol::Protocol& spoken, findings::Server server);
  // The next connection is led in that protocol, with that server.
  void speaks(const protocol::Protocol& spoken, findings::Server server);

  // is_proposed: what it says, or that it ends the connection, was proposed to whoever leads the dialogue.
  void append(dialogue::Event event, bool is_proposed = false);
  // failure: what it is about, as in dialogue::Event.
  void note(core::Text text, std::string failure = {});
  // Nothing has happened for a while: some mistakes show only in that. Gives whether one has become sure.
  bool quiet();
  // Lets go of the octets of an event.
  void forget_octets(std::size_t index) { log_->forget_octets(index); }

  [[nodiscard]] const dialogue::Log& log() const { return *log_; }
  // None without Manners::findings.
  [[nodiscard]] const findings::Verdicts& verdicts() const { return *verdicts_; }
  // The time since it began, as its events have it.
  [[nodiscard]] std::chrono::microseconds now() const;

 private:
  void write() const;

  const Manners& manners_;
  std::function<void()> appended_;
  std::unique_ptr<dialogue::Log> log_;
  std::unique_ptr<findings::Verdicts> verdicts_;
  std::chrono::microseconds began_{};
};

}  // namespace client
