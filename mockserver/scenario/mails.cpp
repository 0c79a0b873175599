#include "mockserver/scenario/mails.h"

#include <utility>

#include "core/text.h"

namespace scenario {

core::Result<void> deliver_mails(const Scenario& scenario, store::Store& store, std::int64_t now) {
  for (const Mail& mail : scenario.mails) {
    store::Message message;
    message.forward_paths = {mail.to};
    message.received = now;
    message.content = core::replace_all(mail.message, "\n", "\r\n");
    if (auto delivered = store.deliver(std::move(message)); !delivered) return delivered;
  }
  return {};
}

}  // namespace scenario
