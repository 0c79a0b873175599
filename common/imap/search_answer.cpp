#include "imap/search_answer.h"

namespace imap {
Answer search_answer(Selected& selected, const Command& command, bool rev2) {
  (void)selected; (void)command; (void)rev2;
  return no("not yet");
}
}  // namespace imap
