// Takes the mails of a mailbox to their file, in a loop of its own, and tells what happens as plain lines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/words.h"
#include "client/conversation/secure.h"
#include "client/fetch/archive.h"
#include "client/fetch/attachments.h"
#include "client/fetch/config.h"
#include "client/fetch/list_file.h"
#include "client/fetch/way.h"
#include "client/fetch/words.h"
#include "knowledge/knowledge.h"
#include "net/driver.h"
#include "net/loop.h"
#include "net/signal.h"
#include "net/stream.h"
#include "net/timer.h"

namespace commands {

// What is to be fetched from where, and how.
struct Errand {
  fetch::Config server;
  client::TlsTerms tls;  // trust is null where no TLS is spoken
  std::unique_ptr<fetch::Way> way;
  fetch::Archive archive;
  std::optional<fetch::AttachmentFolder> attachments;
  std::string attachments_path;
  std::optional<std::uint64_t> newest;
  std::optional<std::chrono::milliseconds> patience;
  core::Secret password;  // hidden wherever it is said
};

struct CollectionOptions {
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
};

class Collection {
 public:
  // loop, knowledge and out outlive it.
  Collection(net::Loop& loop, Errand errand, const knowledge::Knowledge& knowledge, CollectionOptions options,
             std::ostream& out);
  ~Collection();
  Collection(const Collection&) = delete;
  Collection& operator=(const Collection&) = delete;

  // Runs the loop until it is over. Gives the exit status as fetch_mail does.
  int run();

 private:
  [[nodiscard]] std::string word(client::Word which) const { return std::string(client::word(which, options_.language)); }
  [[nodiscard]] std::string say(fetch::Say which) const { return fetch::text(which).in(options_.language); }
  [[nodiscard]] std::string say(fetch::Say which, std::initializer_list<core::Part> parts) const {
    return fetch::text(which, parts).in(options_.language);
  }
  void line(std::string_view text) { out_ << text << '\n' << std::flush; }
  void connect();
  void connected(core::Result<std::unique_ptr<net::Stream>> stream);
  void begin_tls();
  void received(std::string_view octets);
  void lost(std::optional<core::Error> error);
  void go_on();
  void choose();
  void tell();
  void keep(const fetch::Fetched& message);
  void progress();
  void finish();
  void summary();
  void print_outcome();
  void print_failure(const core::Error& error);
  void print_refusal(const protocol::Answer& answer);
  void print_meaning(const core::Text& why, const core::Text& fix);
  void print_last();
  void wait();
  [[nodiscard]] std::string shown(const std::string& text, const std::vector<core::Span>& secrets) const;
  [[nodiscard]] int status() const;

  net::Loop& loop_;
  Errand errand_;
  const knowledge::Knowledge& knowledge_;
  CollectionOptions options_;
  std::ostream& out_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<net::Driver> driver_;
  std::vector<std::unique_ptr<net::Signal>> signals_;
  net::Timer silence_;
  net::Timer turn_;
  std::vector<std::string> hidden_;  // wherever they are said: the password, and what it was sent as
  std::size_t to_come_ = 0;          // mails
  std::size_t came_ = 0;
  std::size_t saved_ = 0;  // attachments
  std::size_t steps_ = 0;
  std::chrono::milliseconds told_at_{};  // of progress
  bool has_chosen_ = false;
  bool is_finished_ = false;
  bool is_progress_shown_ = false;          // a line of it stands there without an end
  std::optional<core::Error> write_error_;  // of the file, or of an attachment
};

}  // namespace commands
