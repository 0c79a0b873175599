// Small letters are keys, and students type commands in small letters: what tells one from the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/stepper/keymap.h"
#include "protocol/protocol.h"

namespace stepper {

// Whether some command of the protocol begins with these letters, whatever their case.
[[nodiscard]] bool begins_verb(const protocol::Protocol& spoken, std::string_view letters);

// Watches letter keys. A key that is also the first letter of a command acts at once; when the letters that follow make it a
// command ("no" of NOOP, "qu" of QUIT), all of them were meant as a line, and what the key did is to be taken back.
class TypedVerb {
 public:
  explicit TypedVerb(const protocol::Protocol& spoken) : protocol_(&spoken) {}
  void speaks(const protocol::Protocol& spoken) { protocol_ = &spoken; }

  struct Line {
    std::string letters;
    Act act;    // of the first of them
    bool done;  // it could be done
  };

  // A letter key did `act`, or could not.
  void began(std::string_view letter, Act act, bool done);
  // Another character came. Gives the line when it is one: at the second letter; behind `e` and `b`, where one types too, not
  // before the whole command (and behind `b` a space) stands there.
  [[nodiscard]] std::optional<Line> goes_on(std::string_view character);
  // Something else came than a character.
  void stop() { line_.reset(); }

 private:
  [[nodiscard]] bool is_line() const;

  const protocol::Protocol* protocol_;
  std::optional<Line> line_;
};

}  // namespace stepper
