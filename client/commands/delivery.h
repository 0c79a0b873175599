// Takes one message along its path to a server, in a loop of its own, and tells what happens as plain lines.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "client/base/words.h"
#include "client/commands/excerpt.h"
#include "client/commands/recogniser.h"
#include "client/conversation/conversation.h"
#include "client/lines/printer.h"
#include "client/send/path.h"
#include "client/send/words.h"
#include "knowledge/knowledge.h"
#include "net/loop.h"
#include "net/timer.h"

namespace commands {

// What is to be delivered where, and how.
struct Order {
  client::Endpoint server;
  client::Manners manners;
  send::Wish wish;
  std::optional<send::Mail> mail;  // nothing: only a look
};

struct DeliveryOptions {
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
  bool has_file = true;           // what was wished stands in a configuration file, not on the command line
  bool security_is_named = true;  // there, in so many words
};

class Delivery {
 public:
  // loop, knowledge and out outlive it.
  Delivery(net::Loop& loop, Order order, const knowledge::Knowledge& knowledge, DeliveryOptions options, std::ostream& out);

  // Runs the loop until it is over. Gives the exit status as send_mail does.
  int run();

  [[nodiscard]] const dialogue::Log& log() const { return conversation_.log(); }

 private:
  [[nodiscard]] std::string word(client::Word which) const { return std::string(client::word(which, options_.language)); }
  [[nodiscard]] std::string say(send::Say which) const { return send::text(which).in(options_.language); }
  void heading(const Order& order);
  void advance();
  void send_next();
  void print_new();
  void print_message(const dialogue::Event& event);
  void print_beginning(const std::string& octets);
  [[nodiscard]] client::Manners manners_of(Order& order);
  void finish();
  void summary();
  void print_refusal(const send::Refusal& refusal);
  void print_failure(const core::Error& error);
  [[nodiscard]] int status() const;

  net::Loop& loop_;
  const knowledge::Knowledge& knowledge_;
  DeliveryOptions options_;
  lines::Printer printer_;
  send::Path path_;
  Excerpt excerpt_;
  std::shared_ptr<Recogniser> recogniser_;
  bool tls_first_;
  client::Conversation conversation_;
  net::Timer turn_;
  std::size_t printed_ = 0;  // events of the log
  std::size_t steps_ = 0;
  bool broken_ = false;  // by the network or TLS
  bool finished_ = false;
};

}  // namespace commands
