#include "mockserver/scenario/message_remarks.h"

namespace scenario {

std::vector<protocol::Remark> message_remarks(std::string_view message) {
  std::vector<protocol::Remark> remarks;
  for (const mime::Flaw flaw : mime::flaws_in(message)) remarks.push_back({flaw, {}});
  return remarks;
}

}  // namespace scenario
