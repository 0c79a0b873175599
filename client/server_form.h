// The form for a real server: a few fields, two of them a choice; keys in, an overlay and what was entered out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/base/security.h"
#include "client/base/words.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"
#include "client/stepper/text_field.h"
#include "core/secret.h"
#include "core/text.h"
#include "protocol/known.h"

namespace client {

// What was entered, checked.
struct PickedServer {
  std::string host;
  const protocol::Protocol* protocol = protocol::known().front();  // never null
  std::uint16_t port = 25;
  Security security = Security::kNone;
  std::string authority;  // file; empty: those of this computer
  std::string user;       // empty: no login
  core::Secret password;
};

class ServerForm {
 public:
  ServerForm();

  // One key: moves between fields, types, turns what is chosen; the usual port follows it as long as no other was typed.
  void press(const screen::Key& key);
  // What stands in the fields; nothing when host or port make no sense.
  [[nodiscard]] std::optional<PickedServer> entered() const;

  [[nodiscard]] screen::Overlay overlay(core::Language language) const;

 private:
  enum Field : std::size_t {
    kHostField,
    kProtocolField,
    kSecurityField,
    kPortField,
    kCaField,
    kUserField,
    kPasswordField,
    kFieldCount
  };

  [[nodiscard]] stepper::TextField& text() { return texts_[at_]; }
  [[nodiscard]] const protocol::Protocol& spoken() const { return *protocol::known()[spoken_]; }
  [[nodiscard]] bool is_choice() const { return at_ == kProtocolField || at_ == kSecurityField; }
  void turn(bool forwards);
  [[nodiscard]] std::string value(std::size_t field, core::Language language) const;

  std::array<stepper::TextField, kFieldCount> texts_;  // those of the choices are not used
  std::size_t spoken_ = 0;                             // of protocol::known()
  Security security_ = Security::kStarttls;
  std::size_t at_ = kHostField;
};

}  // namespace client
