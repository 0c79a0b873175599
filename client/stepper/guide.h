// What to send next: the guided path of a scenario, and beside it whatever is legal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "mockserver/scenario/scenario.h"
#include "smtp/client_session.h"

namespace stepper {

// Something that could be sent now.
struct Proposal {
  std::string text;  // a line without its end; of a message all lines, each ended by \n or CRLF
  bool is_message = false;
  bool is_secret = false;  // it carries a password
  smtp::LineEnd line_end = smtp::LineEnd::kCrlf;
  core::Text why;             // empty where it is merely legal
  std::optional<int> expect;  // guided: the code that should answer
  bool guided = false;

  // The octets that go out: a line with its end, or the message with CRLFs and its dots stuffed.
  [[nodiscard]] std::string bytes() const;
};

class Guide {
 public:
  // scenario: null for a real server; otherwise outlives the guide. Templates of its steps were checked when it was loaded.
  explicit Guide(const scenario::Scenario* scenario);

  // The guided step first, if there is one, then one line for each command that is legal now, the likely ones first.
  // When a line of one's own waits for its end, that end comes before them.
  [[nodiscard]] std::vector<Proposal> proposals(const smtp::ClientSession& session) const;

  // Tells the guide what was sent, before its reply: whether it was the proposed step or something else. What comes in
  // pieces counts as the line it makes.
  void sent(std::string_view bytes, const smtp::ClientSession& session);
  // Tells it the code that answered. A step is done when the answer is of the expected class.
  void answered(int code);
  // Starts from the first step.
  void restart();

  // All steps are done.
  [[nodiscard]] bool is_finished() const { return at_ == steps_.size(); }
  [[nodiscard]] bool has_steps() const { return !steps_.empty(); }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::size_t length() const { return steps_.size(); }

 private:
  // In which part of the dialogue a step belongs.
  enum class Place { kCommand, kResponse, kData };
  struct Planned {
    Proposal proposal;
    Place place = Place::kCommand;
    std::optional<smtp::Input> verb;  // kCommand, when it is one
  };

  [[nodiscard]] static Place place_in(const smtp::ClientSession& session);
  [[nodiscard]] static bool fits(const Planned& step, const smtp::ClientSession& session);
  [[nodiscard]] static bool is_way_back(const Planned& step, const smtp::ClientSession& session);
  [[nodiscard]] static bool is_alike(const Planned& step, std::string_view line, const smtp::ClientSession& session);
  [[nodiscard]] std::optional<std::size_t> current(const smtp::ClientSession& session) const;
  [[nodiscard]] std::string line_for(smtp::Input input) const;
  [[nodiscard]] std::vector<std::string> likely_lines(const smtp::SessionState& state) const;
  void add_responses(std::vector<Proposal>& out, const smtp::ClientSession& session) const;
  void add_data(std::vector<Proposal>& out, const smtp::ClientSession& session) const;

  std::vector<Planned> steps_;
  std::size_t at_ = 0;
  std::optional<std::size_t> pending_;  // the step whose answer is awaited
  bool strayed_ = false;                // something else was sent, or the answer was another: find the way back
  std::string begun_;                   // a line that was sent without its end
  std::string user_ = "alice@client.example";
  std::string other_ = "bob@client.example";
  std::string password_;
};

}  // namespace stepper
