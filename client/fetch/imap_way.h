// A mailbox over IMAP: CAPABILITY, STARTTLS, login, ID, EXAMINE INBOX, UID SEARCH ALL, UID FETCH the newest first, LOGOUT
// (RFC 3501, RFC 9051, RFC 2971, RFC 4959).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/fetch/way.h"
#include "client/fetch/words.h"
#include "imap/response_stream.h"

namespace fetch {

class ImapWay final : public Way {
 public:
  explicit ImapWay(Wish wish) : Way(std::move(wish)) {}

  void secured() override;
  void receive(std::string_view octets) override;
  void want(std::vector<std::size_t> places) override;
  core::Actions take_actions() override { return std::exchange(actions_, {}); }

 private:
  // What was asked last; one command at a time.
  enum class Asked : std::uint8_t {
    kGreeting,
    kCapability,
    kStarttls,
    kLogin,         // LOGIN
    kAuthenticate,  // and the lines of it
    kId,
    kExamine,
    kSearch,
    kFetch,
    kLogout,
  };

  void ask(Asked what, const std::string& command, core::Text why, std::vector<core::Span> secrets = {},
           bool is_warning = false);
  void send(std::string line);
  void take(const imap::response::Status& status);
  void take(const imap::response::Continuation& continuation);
  void take(const imap::response::Capabilities& offered) { offer(offered.names); }
  void take(const imap::response::Found& found);
  void take(imap::response::Fetched& fetched);
  void greeted(const imap::response::Status& status);
  void done(const imap::response::Status& status);
  void refused(const imap::response::Status& status);
  void offer(const std::vector<std::string>& names);
  [[nodiscard]] bool offers(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> mechanisms() const;
  void ask_capability(Say why);
  void know();
  void log_in();
  void log_in_by_words(bool is_exposed);
  void begin(const std::string& mechanism, bool is_exposed);
  void respond(const std::string& challenge);
  void logged_in(const imap::response::Status& status);
  void say_id();
  void examine();
  void listed();
  void ask_for_more();
  void give_up(core::Error error);
  void come_to_an_end(Say why);

  imap::response::Stream stream_;
  core::Actions actions_;
  Asked asked_ = Asked::kGreeting;
  std::string tag_;
  std::size_t commands_ = 0;
  std::vector<std::string> offered_;  // capabilities, upper case
  bool knows_offers_ = false;
  bool is_encrypted_ = false;
  bool shakes_hands_ = false;  // TLS begins: nothing may come in clear
  bool is_logged_in_ = false;
  std::deque<std::string> to_say_;  // what literals are asked for, the password the last
  std::optional<sasl::Client> login_;
  std::size_t rounds_ = 0;
  std::uint32_t validity_ = 0;
  std::vector<std::uint32_t> uids_;                 // by their place
  std::deque<std::size_t> wanted_;                  // places that were not asked for yet
  std::map<std::uint32_t, std::size_t> asked_for_;  // UIDs of the FETCH that runs, and their places
  std::size_t odd_ = 0;                             // data that nobody asked for
  bool has_said_id_ = false;
  bool has_quit_ = false;
};

}  // namespace fetch
