// One mail protocol, as everything sees it that speaks of none in particular: its tables, its grammar, and makers of its
// sessions. The programs know them by known.h, and nobody else names one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/span.h"
#include "protocol/answer.h"
#include "protocol/client_session.h"
#include "protocol/fact.h"
#include "protocol/input.h"
#include "protocol/proposal.h"
#include "protocol/said.h"
#include "protocol/server_session.h"
#include "protocol/server_settings.h"
#include "protocol/state.h"

namespace protocol {

// A line as a client may have meant it, whatever is wrong with it.
struct ReadLine {
  std::optional<Input> command;              // what its verb names
  std::optional<core::Error> fault;          // why it is no such command
  std::vector<core::Span> secrets;           // a password in it, or what may be one
  std::vector<Remark> remarks;               // what is odd about it
  std::string mechanism;                     // of a line that begins a login, upper case
  std::optional<std::string> response = {};  // … and the first response, in base64, that it carries
};

// Makes the sessions of one server, all alike. Outlives them.
class Server {
 public:
  Server() = default;
  virtual ~Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // nonce: fresh printable ASCII without "," "<" and ">", for challenges; each exchange of the session adds its number to it.
  [[nodiscard]] virtual std::unique_ptr<ServerSession> session(std::string nonce) const = 0;
};

class Protocol {
 public:
  Protocol() = default;
  virtual ~Protocol() = default;
  Protocol(const Protocol&) = delete;
  Protocol& operator=(const Protocol&) = delete;

  [[nodiscard]] virtual std::string_view name() const = 0;   // "smtp"
  [[nodiscard]] virtual std::string_view title() const = 0;  // "SMTP"
  // Of a server that begins in clear, of one to whose clients it is said that they begin TLS by a command, and of one that is
  // encrypted from the start.
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual std::uint16_t upgrade_port() const { return port(); }
  [[nodiscard]] virtual std::uint16_t tls_port() const = 0;

  // The tables. Rows live as long as the program.
  [[nodiscard]] virtual std::span<const InputRow> inputs() const = 0;
  [[nodiscard]] virtual std::span<const StateRow> states() const = 0;
  [[nodiscard]] virtual std::span<const FactRow> facts() const = 0;
  [[nodiscard]] virtual std::span<const std::string_view> mistakes() const = 0;  // ids of all remarks
  [[nodiscard]] virtual std::span<const LimitRow> limits() const = 0;
  [[nodiscard]] virtual std::span<const QuirkRow> quirks() const = 0;

  // The row of this role; the first, where there are several. Every protocol has one of kConnect, kUnknown, kStartTls, kLogin,
  // kLoginLine, kQuit.
  [[nodiscard]] Input input(Role role) const;
  // Of that name ("auth-response"), or nothing.
  [[nodiscard]] std::optional<Input> find_input(std::string_view name) const;
  // The command that `verb` names in any letter case, or nothing.
  [[nodiscard]] std::optional<Input> find_command(std::string_view verb) const;

  // `line` without its end.
  [[nodiscard]] virtual ReadLine read_line(std::string_view line) const = 0;
  // Its pieces by the names that the grammar of the input gives them, in the order of the line; of a line that breaks the
  // grammar those that can be told apart all the same.
  [[nodiscard]] virtual std::vector<Part> parts_of(Input input, std::string_view line) const = 0;
  // Where a password may stand in lines that nobody has read yet, line ends included. after_login: they stand behind the
  // beginning of a login; goes_on, when it is not null, hears whether what follows them does.
  [[nodiscard]] virtual std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login,
                                                                 bool* goes_on = nullptr) const = 0;
  // … in an answer that repeats what a client said.
  [[nodiscard]] virtual std::vector<core::Span> repeated_secrets(std::string_view answer) const = 0;

  // An answer from its lines with their codes ("250-mail", "250 8BITMIME"), without line ends. Errors say what is wrong with
  // them.
  [[nodiscard]] virtual core::Result<Answer> answer_from_lines(const std::vector<std::string>& lines) const = 0;
  // The answer that a client finds first in the octets; nothing when there is none.
  [[nodiscard]] virtual std::optional<Answer> first_answer_in(std::string_view octets) const = 0;
  // As it goes on the wire.
  [[nodiscard]] virtual std::string octets_of(const Answer& answer) const = 0;
  // What an answer under this code ("250", "+OK") does; nothing when it is none.
  [[nodiscard]] virtual std::optional<Outcome> outcome_of(std::string_view code) const = 0;

  // That of an answer which says no more than that it is done: "250", "+OK".
  [[nodiscard]] virtual std::string_view done_code() const = 0;
  // … and of one that says no more than that it is not: "550", "-ERR".
  [[nodiscard]] virtual std::string_view refusal_code() const = 0;
  // SASL mechanisms in what a server offers, upper case, each once, in their order.
  [[nodiscard]] virtual std::vector<std::string> mechanisms_in(const Offers& offers) const = 0;

  // The same answer in other words: what a client may rely on stays (code, data, challenges), texts do not. The same each time.
  [[nodiscard]] virtual Answer in_other_words(Answer answer, Input answers) const = 0;

  // What is sent for a message, lines ended by CRLF: as its form wants it, without the end mark.
  [[nodiscard]] virtual std::string octets_of_message(const std::string& lines, Form form) const = 0;

  // known: what is known of the server, of a scenario; null: a real one.
  [[nodiscard]] virtual std::unique_ptr<ClientSession> client(const ServerSettings* known) const = 0;
  [[nodiscard]] virtual std::shared_ptr<const Server> server(const ServerSettings& settings) const = 0;
};

}  // namespace protocol
