#include "client/stepper/moved.h"

#include <algorithm>

#include "client/stepper/keymap.h"

namespace stepper {

std::optional<std::size_t> moved(const screen::Key& key, std::size_t at, std::size_t last) {
  using screen::KeyName;
  switch (key.name) {
    case KeyName::kUp:
    case KeyName::kWheelUp: return at - std::min<std::size_t>(at, 1);
    case KeyName::kDown:
    case KeyName::kWheelDown: return std::min(at + 1, last);
    case KeyName::kPageUp: return at - std::min(at, kPage);
    case KeyName::kPageDown: return std::min(at + kPage, last);
    case KeyName::kHome: return 0;
    case KeyName::kEnd: return last;
    case KeyName::kText:
    case KeyName::kPaste:
    case KeyName::kEnter:
    case KeyName::kTab:
    case KeyName::kBackTab:
    case KeyName::kEscape:
    case KeyName::kBackspace:
    case KeyName::kDelete:
    case KeyName::kLeft:
    case KeyName::kRight:
    case KeyName::kControl:
    case KeyName::kResize: break;
  }
  return std::nullopt;
}

}  // namespace stepper
