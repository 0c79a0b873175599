// What a server knows in the middle of a session, one row a fact: the memory pane of the screen and the placeholders of replies
// are made from the rows, and the conditions of rules ask Known for the same.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/fact.h"
#include "smtp/session_state.h"
#include "smtp/turn.h"

namespace smtp {

// The facts of one moment. Cheap to make; texts are put together when first asked for. REQUIRES: what it is made of outlives
// it.
class Known {
 public:
  // Between two turns.
  explicit Known(const Memory& memory);
  // While a turn is answered: what its line says is known, too. mechanism: of the AUTH command whose exchange runs.
  Known(const Memory& memory, const Turn& turn, std::string_view mechanism);

  [[nodiscard]] const Memory& memory() const { return *memory_; }
  [[nodiscard]] const Turn& turn() const { return *turn_; }

  // The verb and what stands behind it and a space, as written; views into the turn.
  [[nodiscard]] std::string_view verb() const;
  [[nodiscard]] std::string_view argument() const;
  // Empty outside of an exchange.
  [[nodiscard]] std::string_view mechanism() const { return mechanism_; }
  // What the client called itself, in this turn or before.
  [[nodiscard]] std::string_view client() const;
  // Who logs in with this turn, or has logged in; may be empty.
  [[nodiscard]] std::string_view user() const;
  // The address in MAIL FROM, of this turn or of the transaction; "" is the null path, nothing: no MAIL yet.
  [[nodiscard]] const std::optional<std::string>& sender() const;
  // The address in RCPT TO: of this turn; else the last that was taken; empty when there is none.
  [[nodiscard]] const std::string& recipient() const;
  // How many recipients were taken, at RCPT with the one that is being named.
  [[nodiscard]] std::size_t recipients() const;
  // Octets that MAIL has announced with SIZE, in this turn or before (RFC 1870); nothing when it has not.
  [[nodiscard]] std::optional<std::size_t> declared_size() const;

 protected:
  [[nodiscard]] bool asks(Input input) const { return turn_->input == input; }

 private:
  const Memory* memory_;
  const Turn* turn_;
  std::string_view mechanism_;
  mutable bool sender_made_ = false;
  mutable std::optional<std::string> sender_;
  mutable std::optional<std::string> recipient_;
};

// Of a path: the address without brackets, quoted only where it has to be; empty for the null path.
[[nodiscard]] std::string address_of(const Path& path);

// What is told of them, in the order of the pane.
[[nodiscard]] std::span<const protocol::FactRow> facts();
// Nothing: it is not known, or there is none of that name. Beside the told ones there are some that only rules and the envelope
// of a stored message ask for: see facts.cpp.
[[nodiscard]] protocol::FactValue fact(const Known& known, std::string_view name);

}  // namespace smtp
