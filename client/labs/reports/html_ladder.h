// Dialogues and mistakes on the page.
#pragma once

#include <string>
#include <vector>

#include "client/labs/sheet.h"

namespace reports {

// Lines as a ladder: the client at the left, the server at the right, times, what base64 means beside it, the fault marked and
// named by those of the mistakes that are about the line. caption: HTML.
[[nodiscard]] std::string ladder(const std::vector<lab::Line>& lines, const std::vector<const lab::Seen*>& mistakes,
                                 const std::string& caption);

// "connection 1 · smtp.163.com:25 · SMTP · netease · TLS", as HTML.
[[nodiscard]] std::string caption(const lab::Dialogue& dialogue);

// One mistake: what it is, why, unless the reason before it has told that already, and what to do.
[[nodiscard]] std::string mistake_card(const lab::Seen& seen, const core::Text& reason = {});

}  // namespace reports
