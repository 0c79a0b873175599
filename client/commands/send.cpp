#include "client/commands/send.h"

#include <cstdlib>
#include <ctime>
#include <memory>
#include <utility>

#include "client/base/options.h"
#include "client/base/words.h"
#include "client/commands/delivery.h"
#include "client/commands/fresh.h"
#include "client/conversation/complain.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/send/config.h"
#include "client/send/path.h"
#include "client/send/prompt.h"
#include "client/send/words.h"
#include "mime/compose.h"

namespace commands {
namespace {

std::chrono::minutes zone_at(std::chrono::sys_seconds time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return {};
  return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(local.tm_gmtoff));
}

core::Result<send::Letter> compose(const send::Config& config) {
  auto attachments = send::look_at(config.attachments);
  if (!attachments) return core::Failure(attachments.error());
  mime::Message message;
  message.from = config.sender;
  message.to = config.receivers;
  message.subject = config.subject;
  message.body = config.body;
  message.attachments = std::move(attachments->parts);
  message.date = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  message.zone = zone_at(message.date);
  message.id = fresh_message_id(config.sender.mailbox);
  auto pieces = mime::outline(message);
  if (!pieces) return core::Failure(pieces.error());
  return send::Letter(std::move(*pieces), std::move(attachments->files));
}

core::Result<core::Secret> password_for(const send::Config& config, core::Language language) {
  if (const char* const given = std::getenv("SMTPLAB_PASSWORD"); given != nullptr && *given != '\0') return core::Secret(given);
  if (config.password) return *config.password;
  return send::ask_secret(std::string(client::word(client::Word::kAskPassword, language)) + " " + config.user);
}

core::Result<send::Wish> wish_for(const send::Config& config, const SendOptions& options) {
  send::Wish wish;
  wish.starttls = config.security == client::Security::kStarttls;
  wish.nonce = fresh_word(24);
  wish.client_name = options.client_name.empty() ? config.client_name : options.client_name;
  wish.password_in_clear = options.insecure || (config.security_is_named && config.security == client::Security::kNone);
  auto password = password_for(config, options.language);
  if (!password) return core::Failure(password.error());
  if (password->empty()) return wish;
  sasl::Credentials credentials;
  credentials.user = config.user;
  credentials.password = std::move(*password);
  credentials.host = config.host;
  credentials.port = config.port;
  wish.credentials = std::move(credentials);
  return wish;
}

send::Mail mail_of(const send::Config& config, send::Letter message) {
  send::Mail mail{config.sender.mailbox, {}, std::move(message)};
  for (const mime::Address& one : config.receivers) mail.to.push_back(one.mailbox);
  return mail;
}

core::Result<client::Endpoint> endpoint_of(const send::Config& config, const SendOptions& options) {
  client::Endpoint server{config.host, config.port, config.security, {}};
  if (config.security == client::Security::kNone) return server;
  const std::string& authority = options.authority.empty() ? config.authority : options.authority;
  auto trust = client::trust_of(authority, options.insecure);
  if (!trust) return core::Failure(trust.error());
  server.trust = std::move(*trust);
  return server;
}

core::Result<client::Manners> manners_of(const SendOptions& options) {
  auto key_log = client::key_log_of_environment();
  if (!key_log) return core::Failure(key_log.error());
  client::Manners manners;
  manners.patience = options.patience;
  manners.key_log = std::move(*key_log);
  auto transcript = client::open_transcript(options.transcript, options.show_secrets);
  if (!transcript) return core::Failure(transcript.error());
  manners.transcript = std::move(*transcript);
  return manners;
}

// Everything that can be wrong before the first octet goes out.
core::Result<Order> prepare(const SendOptions& options, const core::Result<send::Config>& config) {
  if (!config) return core::Failure(config.error());
  auto message = compose(*config);
  if (!message) return core::Failure(message.error());
  auto server = endpoint_of(*config, options);
  if (!server) return core::Failure(server.error());
  auto manners = manners_of(options);
  if (!manners) return core::Failure(manners.error());
  auto wish = wish_for(*config, options);
  if (!wish) return core::Failure(wish.error());
  if (wish->credentials) manners->secrets.push_back(wish->credentials->password);
  return Order{std::move(*server), std::move(*manners), std::move(*wish), mail_of(*config, std::move(*message))};
}

}  // namespace

int send_mail(const SendOptions& options, std::ostream& out, std::ostream& err) {
  const auto complain = [&](const core::Error& error) {
    client::complain(error, options.language, err);
    return client::kUsage;
  };
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error());
  const auto config = send::read_config(options.config);
  auto order = prepare(options, config);
  if (!order) return complain(order.error());
  const std::shared_ptr<client::Transcript> transcript = order->manners.transcript;
  net::Loop loop;
  Delivery delivery(loop, std::move(*order), *knowledge,
                    {options.language, options.show_secrets, true, config->security_is_named}, out);
  const int status = delivery.run();
  // The mail is out or it is not: a transcript that broke off does not change that.
  if (const auto written = client::state_of(transcript); !written) complain(written.error());
  return status;
}

int print_example(std::ostream& out) {
  out << send::example_config();
  return client::kDone;
}

}  // namespace commands
