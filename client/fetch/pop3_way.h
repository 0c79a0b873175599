// A mailbox over POP3: CAPA, STLS, login, UIDL, RETR the newest first, QUIT (RFC 1939, RFC 2449, RFC 2595, RFC 5034).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/fetch/way.h"
#include "client/fetch/words.h"
#include "pop3/client_session.h"

namespace fetch {

class Pop3Way final : public Way {
 public:
  explicit Pop3Way(Wish wish) : Way(std::move(wish)) {}

  void secured() override;
  void receive(std::string_view octets) override;
  void want(std::vector<std::size_t> places) override;
  core::Actions take_actions() override { return session_.take_actions(); }

 private:
  void say_as(const std::string& line, core::Text why, std::vector<core::Span> secrets = {}, bool is_warning = false);
  void say(const std::string& line, Say why, std::vector<core::Span> secrets = {}, bool is_warning = false);
  void answered(const pop3::AnswerEvent& event);
  void went_on(const pop3::BodyEvent& event);
  void refused(const pop3::AnswerEvent& event);
  void flooded(core::Text what);
  void know();
  void log_in();
  [[nodiscard]] bool log_in_by_proof(const std::vector<std::string>& mechanisms);
  void begin(const std::string& mechanism, bool is_exposed);
  void respond(const std::string& challenge);
  void list_line(std::string_view line);
  void list_part(std::string_view octets, bool is_last);
  void listed_by_count();
  void ask_for_more();
  void come_to_an_end(Say why);

  pop3::ClientSession session_;
  std::optional<sasl::Client> login_;
  std::size_t rounds_ = 0;              // challenges that were answered
  std::string line_;                    // of UIDL, not ended yet
  std::vector<std::uint32_t> numbers_;  // of the messages, by their place
  std::deque<std::size_t> wanted_;      // places that were not asked for yet
  std::deque<std::size_t> asked_;       // … and that were, in their order
  Collected message_;
  bool has_quit_ = false;
};

}  // namespace fetch
