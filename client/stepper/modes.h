// The modes of the step screen.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/stepper/mistakes.h"
#include "client/stepper/mode.h"
#include "client/stepper/proposal.h"
#include "client/stepper/text_field.h"

namespace stepper {

// A line is typed, its end included.
class LineMode final : public Mode {
 public:
  // The cursor stands before the line end of `text`.
  LineMode(std::string text, bool is_secret) : field_(std::move(text)), is_secret_(is_secret) {}

  void type(std::string_view text) { field_.insert(text); }
  // Several lines: each waits for the reply to the one before.
  void paste(std::string_view text);

  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::NextLine> line(const Display& display) const override;

 private:
  TextField field_;
  bool is_secret_;
  bool in_turn_ = false;
};

// A message is edited.
class MessageMode final : public Mode {
 public:
  MessageMode(std::string text, Form form) : field_(std::move(text)), form_(form) {}

  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  void edited(const std::string& text) override { field_ = TextField(text); }
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const Display& display, const View& view) const override;

 private:
  TextField field_;
  Form form_;
};

// Whether a password may go out in clear. Asked once: who has said yes knows what it means.
class AskingMode final : public Mode {
 public:
  explicit AskingMode(Sending asked) : asked_(std::move(asked)) {}

  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const Display& display, const View& view) const override;

 private:
  Sending asked_;
};

// A mistake is chosen. The line is then shown with it, to be sent or not.
class MistakeMode final : public Mode {
 public:
  // REQUIRES: there are some.
  MistakeMode(std::vector<Mistake> mistakes, bool is_secret) : mistakes_(std::move(mistakes)), is_secret_(is_secret) {}

  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const Display& display, const View& view) const override;

 private:
  std::vector<Mistake> mistakes_;
  bool is_secret_;
  std::size_t selected_ = 0;
};

// Base64 is tried out.
class BenchMode final : public Mode {
 public:
  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const Display& display, const View& view) const override;

 private:
  TextField field_;
};

// A text is read that may be longer than its place: help, the wire, a pane.
class ReadingMode final : public Mode {
 public:
  // As it is at the moment.
  using Page = std::function<screen::Pane(const Display&, const View&)>;
  // REQUIRES: whatever the page refers to outlives the mode.
  explicit ReadingMode(Page page) : page_(std::move(page)) {}

  Pressed press(const screen::Key& key, const Display& display, const View& view) override;
  [[nodiscard]] std::vector<screen::KeyHint> hints(const Display& display) const override;
  [[nodiscard]] std::optional<screen::Overlay> overlay(const Display& display, const View& view) const override;

 private:
  Page page_;
  std::size_t scroll_ = 0;
};

}  // namespace stepper
