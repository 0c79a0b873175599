// A text being typed, with a cursor. CR and LF may stand in it like any other character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "client/screen/key.h"

namespace stepper {

class TextField {
 public:
  TextField() = default;
  // The cursor stands before a line end at the end of `text`, where one goes on typing.
  explicit TextField(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // Octets before the cursor.
  [[nodiscard]] std::size_t cursor() const { return cursor_; }

  // Types, deletes and moves; true when the key was one of those. Up and Down move between lines. In a paste a line end is
  // a space: who takes several lines inserts them.
  bool press(const screen::Key& key);
  void insert(std::string_view text);

  // The text with CR and LF visible (core/show.h), and the cursor counted in its characters. hidden: it is a password,
  // every other character is a dot.
  [[nodiscard]] std::string shown(bool hidden = false) const;
  [[nodiscard]] std::size_t shown_cursor(bool hidden = false) const;

 private:
  void move_line(bool up);

  std::string text_;
  std::size_t cursor_ = 0;
};

}  // namespace stepper
