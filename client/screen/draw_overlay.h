// A box over the screen.
#pragma once

#include "client/screen/canvas.h"

namespace screen {

// Draws the box in the middle of the canvas, as large as its lines need and the canvas allows, and puts the cursor into it:
// into the text of the selected line, on the selected line, or on the first line shown. The part that is shown begins at
// `scroll`, moved as far as it takes to see the selected line and to leave no empty rows at the end.
void draw_overlay(Canvas& canvas, const Overlay& overlay);

// The scroll at which the end of its lines stands at the bottom of the box: further there is nothing to see.
[[nodiscard]] std::size_t last_scroll(const Overlay& overlay, Size size);

}  // namespace screen
