#include "client/stepper/proposal.h"

namespace stepper {

std::string Proposal::octets(const protocol::Protocol& spoken) const {
  if (connects()) return {};
  if (is_line()) {
    return text + (line_end == protocol::LineEnd::kCrlf ? "\r\n" : line_end == protocol::LineEnd::kLf ? "\n" : "");
  }
  return spoken.octets_of_message(core::replace_all(core::replace_all(text, "\r\n", "\n"), "\n", "\r\n"), form);
}

}  // namespace stepper
