// The rows above and below the box: title bar, line to send, sentence, keys.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "client/screen/canvas.h"

namespace screen {

// The first row: the program and the title at the left, the status at the right. When both do not fit the program goes first;
// then each has at least half of the row.
void draw_title_bar(Canvas& canvas, std::string_view title, std::string_view status);

// Rows the key bar takes: one when all keys fit, else up to `most`; independent of which are usable.
[[nodiscard]] std::size_t key_bar_rows(const std::vector<KeyHint>& keys, std::size_t columns, std::size_t most);

// The key bar. When not all keys fit, the first ones and the last two (all keys, quit) are shown with "…" between.
void draw_key_bar(Canvas& canvas, std::size_t row, std::size_t rows, const std::vector<KeyHint>& keys);

// A sentence over `rows` rows, wrapped, one column of air at each side.
void draw_sentence(Canvas& canvas, std::size_t row, std::size_t rows, std::string_view sentence, Role role);

// Rows the sentence takes on that width, from 1 to `most`.
[[nodiscard]] std::size_t sentence_rows(std::string_view sentence, std::size_t columns, std::size_t most);

}  // namespace screen
