// The way through a mailbox, whatever protocol it is read over, without I/O: octets in, actions and messages out. Nothing in
// the mailbox is changed: no message is deleted, none is marked as seen.
//
//   way.receive(octets);  perform(way.take_actions());        // for whatever the server says
//   if (way.is_listed()) way.want(…);                         // once: which messages
//   for (Fetched& one : way.take_fetched()) …
//   if (way.is_over()) …                                      // outcome() says how it went
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/fetch/stage.h"
#include "core/action.h"
#include "core/result.h"
#include "core/span.h"
#include "core/text.h"
#include "protocol/answer.h"
#include "sasl/client.h"

namespace fetch {

// How a client wishes to come to its mailbox.
struct Wish {
  sasl::Credentials credentials;
  bool starttls = false;           // no login without TLS
  bool password_in_clear = false;  // it may go out unencrypted
  std::string nonce = "nonce";     // fresh printable ASCII without ",", for SCRAM
};

// A line of the dialogue, for people. Messages and lists are not told.
struct Told {
  bool is_ours = false;
  std::string line;                      // without its end, as it was on the wire
  std::vector<core::Span> secrets = {};  // in it
  core::Text why = {};                   // of ours: one sentence for the learner
  bool is_warning = false;               // … which has to be read
};

struct Fetched {
  std::string id;       // as in ids(); where the server has none, made from the octets
  std::string octets;   // lines end as they came
  bool is_cut = false;  // there was more of it than kMaxMessage
};

struct Outcome {
  std::optional<Stage> stopped_at;          // what decided; nothing: everything that was wanted came
  std::optional<protocol::Answer> refusal;  // the server's words, where they were a refusal
  // Why it ended without one. Ids: starttls-not-offered, starttls-refused, auth-not-offered, password-in-clear, those of
  // sasl::Client, and those of the connection that were handed to lost().
  std::optional<core::Error> error;
  bool lost = false;        // the connection ended before it was over
  std::size_t refused = 0;  // messages that the server did not give; the first of these refusals stands above
};

class Way {
 public:
  static constexpr std::size_t kMaxMessage = std::size_t{64} << 20;  // octets of one that are kept
  static constexpr std::size_t kEndless = std::size_t{512} << 20;    // after so many the server is given up
  static constexpr std::size_t kMostRounds = 8;                      // of a login: SCRAM, the longest, has three
  static constexpr std::size_t kMostMessages = 1'000'000;            // that are listed

  explicit Way(Wish wish) : wish_(std::move(wish)) {}
  virtual ~Way() = default;
  Way(const Way&) = delete;
  Way& operator=(const Way&) = delete;

  // The connection stands; in_tls: a handshake comes first.
  void connected(bool in_tls) { stage_ = in_tls ? Stage::kTls : Stage::kGreeting; }
  // The handshake is complete.
  virtual void secured() = 0;
  virtual void receive(std::string_view octets) = 0;
  // The connection is gone, or could not be made or secured; `error` says why when it was no orderly end.
  void lost(std::optional<core::Error> error = std::nullopt);

  // The mailbox is known, and want() is awaited. ids: of its messages, the oldest first, each the same whenever it is looked at
  // and nobody else's; empty where the server has none.
  [[nodiscard]] bool is_listed() const { return is_listed_; }
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  // Asks for these, by their place in ids(), about in this order. Once. REQUIRES: is_listed().
  virtual void want(std::vector<std::size_t> places) = 0;

  [[nodiscard]] std::vector<Fetched> take_fetched() { return std::exchange(fetched_, {}); }
  [[nodiscard]] std::vector<Told> take_told() { return std::exchange(told_, {}); }
  virtual core::Actions take_actions() = 0;

  // Goodbye was said and answered, or there is nothing to say it to.
  [[nodiscard]] bool is_over() const { return is_over_; }
  // What the server said first.
  [[nodiscard]] const std::string& greeting() const { return greeting_; }
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 protected:
  // Octets of one message, up to the bound.
  struct Collected {
    std::string octets;
    std::size_t size = 0;

    void add(std::string_view piece);
  };

  void tell_ours(std::string_view line, core::Text why, std::vector<core::Span> secrets = {}, bool is_warning = false);
  void tell_theirs(std::string_view line);
  static core::Error peer_error(core::Text text, std::string id);
  // The first one decides.
  void refuse(Stage stage, protocol::Answer answer);
  void fail(Stage stage, core::Error error);
  // Servers that give one name to several messages break RFC 1939 §7; the later ones get a number behind it.
  void make_ids_unique();
  // A message is here. id: empty where the server has none.
  void deliver(std::string id, Collected message);
  [[nodiscard]] bool is_stopped() const { return outcome_.stopped_at.has_value(); }

  Wish wish_;
  Stage stage_ = Stage::kConnect;
  std::string greeting_;
  Outcome outcome_;
  std::vector<std::string> ids_;
  bool is_listed_ = false;
  bool is_over_ = false;

 private:
  std::vector<Fetched> fetched_;
  std::vector<Told> told_;
};

// What its words are, for whoever reads a login that shows the password (RFC 4616, RFC 6749).
[[nodiscard]] bool shows_password(std::string_view mechanism);

}  // namespace fetch
