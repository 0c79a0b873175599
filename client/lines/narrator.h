// Tells a dialogue in plain lines as it goes on, each thing once: why a step is taken, what happens, what there is to see in
// it.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "client/base/words.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/lines/next.h"
#include "client/lines/printer.h"
#include "client/stepper/findings_told.h"
#include "core/text.h"
#include "dialogue/event.h"

namespace lines {

class Narrator {
 public:
  // out and setup outlive it.
  Narrator(std::ostream& out, const client::Setup& setup, core::Language language, bool show_secrets);

  // What it is about, before all else.
  void begin();
  // What has happened since; happened: hears of each event once it is told. What silence alone made sure comes last.
  void follow(const client::Conversation& talk, const std::function<void(const dialogue::Event&)>& happened);

  // Why the next step is taken; once, until took().
  void tell(const core::Text& why);
  // It was taken. then: what there is to say of its answer, or of the end that comes in its place.
  void took(core::Text then);
  // So long nothing is said.
  void waits(std::chrono::milliseconds time);
  // It stands here until somebody decides.
  void offers(const Next& next);
  // Somebody has read why.
  void was_read() { told_ = true; }
  // Another code answered than the path says.
  void unexpected(const scenario::Code& expected);
  // What was not sent: the rest of a script, or of a message that is not over. script: what is left of it; null: there is none.
  void left_over(const client::Conversation& talk, const std::deque<std::string>* script);

 private:
  [[nodiscard]] std::string say(client::Word word) const { return std::string(client::word(word, language_)); }
  [[nodiscard]] stepper::Wrong news_at(const dialogue::Event& event, const client::Conversation& talk);
  void unfinished_message(const protocol::ClientSession& session);

  const client::Setup& setup_;
  core::Language language_;
  Printer printer_;
  std::size_t printed_ = 0;     // events of the log
  std::size_t told_wrong_ = 0;  // what was told of them
  std::size_t steps_ = 0;
  bool told_ = false;  // why the next step is taken
  core::Text then_;
};

// The message is being handed over: what is sent goes into it.
[[nodiscard]] bool is_in_message(const protocol::ClientSession& session);

}  // namespace lines
