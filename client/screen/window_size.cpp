#include "client/screen/window_size.h"

#include <algorithm>
#include <string>

#include "client/screen/frame.h"
#include "client/screen/wrap.h"

namespace screen {
namespace {

std::string shown(Size size) { return std::to_string(size.columns) + "×" + std::to_string(size.rows); }

}  // namespace

bool is_too_small(Size size) { return size.columns < kSmallestSize.columns || size.rows < kSmallestSize.rows; }

bool is_wide(Size size) { return size.columns >= kWideSize.columns && size.rows >= kWideSize.rows; }

Canvas draw_too_small(Size size, core::Language language) {
  Canvas canvas(size);
  if (size.columns == 0) return canvas;
  const std::string needed = shown(kSmallestSize);
  Line english{
      Run{Role::kPlain, "smtplab needs a window of " + needed + "; this one has " + shown(size) + ". Press q to quit."}};
  Line chinese{Run{Role::kPlain, "smtplab 需要 " + needed + " 的窗口，现在是 " + shown(size) + "。按 q 退出。"}};
  if (language == core::Language::kChinese) std::swap(english, chinese);
  std::size_t row = 0;
  for (const Line& sentence : {english, chinese}) {
    for (const Line& text : wrap(sentence, size.columns)) put_line(canvas, row++, 0, text, size.columns);
  }
  return canvas;
}

}  // namespace screen
