// The part of the dialogue that a pane shows.
#pragma once

#include <cstddef>
#include <vector>

#include "client/screen/canvas.h"
#include "client/screen/frame.h"

namespace screen {

// One row of the pane.
struct DialogueRow {
  std::size_t item = 0;  // index in the dialogue
  bool first = false;    // first or last row of the item
  bool last = false;
  Line text;
};

struct DialogueWindow {
  std::vector<DialogueRow> rows;
  std::size_t above = 0;  // items hidden above and below, those that are hidden in part included
  std::size_t below = 0;
};

// The `rows` rows around the selected item: all of it, or from its first row on when it is longer than that; the end of the
// dialogue at the bottom when the item is near it. A function of its arguments only, and no more is laid out than is shown.
[[nodiscard]] DialogueWindow dialogue_window(const std::vector<DialogueItem>& items, std::size_t selected, std::size_t rows,
                                             std::size_t columns);

// What was drawn: the rows hidden, for the borders, and where the selected item begins.
struct DialogueDrawn {
  std::size_t above = 0;
  std::size_t below = 0;
  std::size_t selected_row = 0;
};

// Draws marker, number, speaker and text of each item into the area.
DialogueDrawn draw_dialogue(Canvas& canvas, const Area& area, const std::vector<DialogueItem>& items, std::size_t selected);

}  // namespace screen
