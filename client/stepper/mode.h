// What is done over the dialogue: a line is typed, a message edited, a question answered, a text read. As long as it lasts,
// keys are for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"
#include "client/stepper/request.h"
#include "client/stepper/view.h"
#include "core/text.h"

namespace stepper {

// How the person wants to see things.
struct Display {
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
  screen::Size size = {};
  bool all_panes_shown = false;  // the terminal is large enough for them

  [[nodiscard]] std::string word(client::Word which) const { return std::string(client::word(which, language)); }
  [[nodiscard]] screen::KeyHint hint(std::string_view key, client::Word label) const {
    return {std::string(key), word(label), true};
  }
  // Whether a password is to be hidden: nobody asked to see it.
  [[nodiscard]] bool hides(bool is_secret) const { return is_secret && !show_secrets; }
};

// How octets are sent that go out.
enum class Way : std::uint8_t {
  kOwn,
  kProposed,  // as they were proposed
  kInTurn,    // each line when the one before is answered
};
struct Sending {
  std::string bytes;
  Way way = Way::kOwn;
  bool is_agreed = false;  // a password may go out in clear
};

class Mode;

// What a key has done.
struct Pressed {
  bool is_over = false;                   // the mode is
  std::unique_ptr<Mode> next = {};        // … and this one begins; may be null
  std::optional<Sending> sends = {};      // is to go out
  std::optional<std::string> meant = {};  // the text of a message that is meant to arrive
  Requests requests = {};
};

class Mode {
 public:
  Mode() = default;
  virtual ~Mode() = default;
  Mode(const Mode&) = delete;
  Mode& operator=(const Mode&) = delete;

  virtual Pressed press(const screen::Key& key, const Display& display, const View& view) = 0;
  // $EDITOR came back with this text, which the mode had asked for.
  virtual void edited(const std::string& /*text*/) {}

  // For the key bar.
  [[nodiscard]] virtual std::vector<screen::KeyHint> hints(const Display& display) const = 0;
  // The line that is typed, in place of the one that is proposed.
  [[nodiscard]] virtual std::optional<screen::NextLine> line(const Display& /*display*/) const { return std::nullopt; }
  [[nodiscard]] virtual std::optional<screen::Overlay> overlay(const Display& /*display*/, const View& /*view*/) const {
    return std::nullopt;
  }
};

}  // namespace stepper
