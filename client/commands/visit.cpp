#include "client/commands/visit.h"

#include <chrono>
#include <string>
#include <utility>

#include "client/commands/delivery.h"
#include "client/commands/fresh.h"
#include "client/conversation/complain.h"
#include "client/conversation/setup.h"
#include "client/stepper/identity.h"
#include "mime/compose.h"

namespace commands {
namespace {

core::Result<std::string> small_message(const stepper::Identity& identity) {
  mime::Message message;
  message.from.mailbox = identity.from;
  for (const std::string& to : identity.to) message.to.push_back({{}, to});
  message.subject = "smtplab";
  message.body = "This message was sent by smtplab, to see whether it arrives.\n";
  message.date = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  message.id = fresh_message_id(identity.from);
  return mime::compose(message);
}

core::Result<std::optional<send::Mail>> mail_of(const client::StepOptions& options, const stepper::Identity& identity) {
  if (options.to.empty()) return std::nullopt;
  if (options.from.empty() && options.user.find('@') == std::string::npos) {
    return core::Failure(core::Error{core::Blame::kInput,
                                     {"--to needs a sender", "--to 需要发件人"},
                                     {},
                                     {"name it with --from ADDRESS", "用 --from ADDRESS 给出"},
                                     "sender-missing"});
  }
  auto message = small_message(identity);
  if (!message) return core::Failure(message.error());
  return send::Mail{identity.from, identity.to, std::move(*message)};
}

}  // namespace

int visit_server(const client::StepOptions& options, std::ostream& out, std::ostream& err) {
  const auto complain = [&](const core::Error& error) {
    client::complain(error, options.language, err);
    return client::kUsage;
  };
  auto setup = client::set_up(options);
  if (!setup) return complain(setup.error());
  stepper::Identity identity = stepper::identity_of(options, nullptr);
  auto mail = mail_of(options, identity);
  if (!mail) return complain(mail.error());
  send::Wish wish;
  wish.starttls = options.security == client::Security::kStarttls;
  wish.credentials = std::move(identity.credentials);
  wish.password_in_clear = options.insecure || options.clear_is_wished;
  wish.nonce = identity.nonce;
  wish.client_name = options.client_name;
  net::Loop loop;
  Delivery delivery(loop, Order{*setup->server, setup->manners, std::move(wish), std::move(*mail)}, setup->knowledge,
                    {options.language, options.show_secrets, false}, out);
  const int status = delivery.run();
  if (const auto written = client::state_of(setup->manners.transcript); !written) complain(written.error());
  return status;
}

}  // namespace commands
