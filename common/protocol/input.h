// What can move a session of a mail protocol: the client's commands and the moments that are no command, as everything sees
// them that speaks of no protocol in particular. Each protocol makes its rows from its own table of commands.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace protocol {

// What an input is to whoever does not know its protocol.
enum class Role : std::uint8_t {
  kOther,
  kConnect,    // the connection itself; the greeting answers it
  kUnknown,    // a line that begins with no verb that is known
  kHello,      // the client introduces itself
  kStartTls,   // what follows a positive answer is inside TLS
  kLogin,      // begins a SASL exchange (RFC 4422)
  kLoginLine,  // a line of one
  kPassword,   // says a password, or proves that it is known, without an exchange
  kContent,    // a message that the client hands over: its end
  kQuit,
};

// How long a client waits for an answer before it gives up, and the RFC section that says so; empty: none does.
struct Patience {
  std::chrono::minutes time{5};
  std::string_view rule = {};
};

struct InputRow {
  std::string_view protocol;       // "smtp"
  std::string_view name;           // lower case: in logs and in scenarios
  std::string_view verb = {};      // upper case, as in the RFC; empty for what is no command, as is the next one
  std::string_view grammar = {};   // the ABNF of the whole command without CRLF
  std::string_view rule = {};      // the RFC section that defines it
  std::string_view stage = {};     // what an answer to it is filed under in a vocabulary
  std::string_view argument = {};  // one to try it with
  Role role = Role::kOther;
  bool is_aside = false;          // it leaves alone what is being done
  bool lists_offers = false;      // a positive answer goes on with what the server offers, one a line
  bool asks_for_content = false;  // "go on" to it asks for a message
  Patience patience = {};
};

// One of them. Cheap to copy; two are equal when they are the same row.
class Input {
 public:
  constexpr Input(const InputRow& row) : row_(&row) {}
  Input(const InputRow&&) = delete;
  // From the enumeration of a protocol, which has input_row() for it.
  template <typename Typed>
  requires requires(Typed typed) {
    { input_row(typed) } -> std::same_as<const InputRow&>;
  }
  constexpr Input(Typed typed) : row_(&input_row(typed)) {}

  [[nodiscard]] constexpr const InputRow& row() const { return *row_; }
  [[nodiscard]] constexpr std::string_view name() const { return row_->name; }
  [[nodiscard]] constexpr std::string_view verb() const { return row_->verb; }
  [[nodiscard]] constexpr Role role() const { return row_->role; }
  [[nodiscard]] constexpr bool is(Role role) const { return row_->role == role; }
  // A line of a login, be it the command.
  [[nodiscard]] constexpr bool is_of_login() const { return is(Role::kLogin) || is(Role::kLoginLine) || is(Role::kPassword); }

  friend constexpr bool operator==(Input a, Input b) { return a.row_ == b.row_; }

 private:
  const InputRow* row_;
};

}  // namespace protocol
