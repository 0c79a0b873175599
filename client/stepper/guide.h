// What to send next: the guided path of a scenario, and beside it whatever is legal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/stepper/identity.h"
#include "client/stepper/proposal.h"
#include "core/text.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/scenario/template.h"
#include "protocol/protocol.h"
#include "sasl/client_login.h"

namespace stepper {

class Guide {
 public:
  // spoken: the protocol of the first connection. scenario: null where there is no path; otherwise outlives the guide.
  // Templates of its steps were checked when it was loaded. identity: who steps.
  Guide(const protocol::Protocol& spoken, const scenario::Scenario* scenario, Identity identity);
  // With the accounts of the scenario, in its protocol.
  explicit Guide(const scenario::Scenario& scenario);

  // The guided step first, if there is one, then one line for each command that is legal now, the likely ones first.
  // When a line of one's own waits for its end, that end comes before them. Where the path wants a new connection, and where
  // the connection is gone (is_open is false), it is to connect; without a connection nothing else.
  [[nodiscard]] std::vector<Proposal> proposals(const protocol::ClientSession& session, bool is_open = true) const;
  // What the running login wants next, as octets; nothing when none runs or there are no credentials.
  [[nodiscard]] std::optional<std::string> response() const;

  // What the client calls itself on this connection, where that is known only then.
  void call(const std::string& client_name);
  // The connection failed; failure: as in dialogue::Event. was_greeted: a reply had come. TLS that did not come about is not
  // tried again before all else.
  void failed(std::string_view failure, bool was_greeted);

  // Tells it that there is a connection: the first, or a new one. Whoever connects at the end of a part of the path goes on
  // with the next part; whoever does it in the middle begins that part anew.
  void connected();
  // Tells the guide what was sent, before its reply: whether it was the proposed step or something else. What comes in
  // pieces counts as the line it makes.
  void sent(std::string_view bytes, const protocol::ClientSession& session);
  // Tells it what answered. A step is done when the answer is of the expected class; data on the way to it, and what the server
  // tells of its own accord, answer nothing.
  void answered(const protocol::Answer& answer);
  // Starts from the first step.
  void restart();

  // What is spoken on the connection as the path has it.
  [[nodiscard]] const protocol::Protocol& spoken() const { return *here().protocol; }
  // The step that was taken last; nothing when something else was done since.
  [[nodiscard]] std::optional<std::size_t> taken() const { return taken_; }
  // The step as the path has it. REQUIRES: number < length().
  [[nodiscard]] const Proposal& step(std::size_t number) const { return steps_[number].proposal; }
  // All steps are done.
  [[nodiscard]] bool is_finished() const { return at_ == steps_.size(); }
  // The path goes on with another connection, now or later.
  [[nodiscard]] bool connects_again() const;
  [[nodiscard]] bool has_steps() const { return !steps_.empty(); }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::size_t length() const { return steps_.size(); }

 private:
  // In which part of the dialogue a step belongs.
  enum class Place { kConnection, kCommand, kResponse, kData };
  // What the answer to a step makes of the dialogue: where the step behind it belongs.
  class Course;
  // A server of the path, as whoever steps meets it.
  struct Station {
    const protocol::Protocol* protocol = nullptr;  // never null
    Identity identity;
    scenario::Values values;  // of placeholders
  };
  struct Planned {
    Proposal proposal;          // its text is filled but for {response}
    std::string with_response;  // the template, where {response} stands in it
    Place place = Place::kCommand;
    std::size_t server = 0;               // to which it is said
    std::optional<protocol::Input> verb;  // kCommand, when it is one
  };

  [[nodiscard]] static Place place_in(const protocol::ClientSession& session);
  [[nodiscard]] static bool fits(const Planned& step, const protocol::ClientSession& session);
  [[nodiscard]] static bool is_way_back(const Planned& step, const protocol::ClientSession& session);
  [[nodiscard]] bool is_alike(const Planned& step, std::string_view line, const protocol::ClientSession& session) const;
  [[nodiscard]] std::optional<std::size_t> current(const protocol::ClientSession& session) const;
  [[nodiscard]] std::optional<std::size_t> way_of_connecting() const;
  [[nodiscard]] Proposal connection() const;
  [[nodiscard]] Proposal filled(const Planned& step, const protocol::ClientSession& session) const;
  void plan(const scenario::Scenario& scenario);
  void follow_login(std::string_view line);
  [[nodiscard]] static std::optional<protocol::Input> verb_of(std::string_view lines, const protocol::Protocol& spoken);
  void come_to(std::size_t server);
  [[nodiscard]] Station& here() { return stations_[server_]; }
  [[nodiscard]] const Station& here() const { return stations_[server_]; }
  [[nodiscard]] std::vector<Proposal> likely(const protocol::ClientSession& session) const;

  const scenario::Scenario* scenario_;
  std::vector<Station> stations_;           // by the numbers of their servers (scenario::server_of); never empty
  std::size_t server_ = 0;                  // to which the connection leads
  std::optional<sasl::ClientLogin> login_;  // never nothing
  std::vector<Planned> steps_;
  std::size_t at_ = 0;
  std::optional<std::size_t> pending_;  // the step whose answer is awaited
  std::optional<std::size_t> taken_;    // what taken() gives
  bool was_connected_ = false;
  std::string failure_;               // for which there is no connection, when there never was a dialogue on it
  bool strayed_ = false;              // something else was sent, or the answer was another: find the way back
  bool has_strayed_ = false;          // … on this connection, whether or not the way was found again
  std::string begun_;                 // a line that was sent without its end
  std::string part_;                  // the first lines of a step that has several
  std::string last_line_;             // that a reply is awaited for, without its end
  std::vector<std::string> refused_;  // lines that this connection has refused, since it last changed what it takes
};

}  // namespace stepper
