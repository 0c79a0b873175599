#include "client/commands/fetch.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <utility>

#include "client/base/options.h"
#include "client/base/words.h"
#include "client/commands/collection.h"
#include "client/commands/fresh.h"
#include "client/conversation/complain.h"
#include "client/fetch/imap_way.h"
#include "client/fetch/pop3_way.h"
#include "client/send/prompt.h"

namespace commands {
namespace {

core::Result<core::Secret> password_for(const fetch::Config& config, core::Language language) {
  if (const char* const given = std::getenv("SMTPLAB_PASSWORD"); given != nullptr && *given != '\0') return core::Secret(given);
  if (config.password && !config.password->empty()) return *config.password;
  return send::ask_secret(std::string(client::word(client::Word::kAskPassword, language)) + " " + config.user);
}

// What ends a line would begin another command.
bool is_one_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos; }

core::Result<fetch::Wish> wish_for(const fetch::Config& config, const FetchOptions& options) {
  auto password = password_for(config, options.language);
  if (!password) return core::Failure(password.error());
  if (!is_one_line(config.user) || !is_one_line(password->reveal())) {
    return core::Failure(core::Error{core::Blame::kInput,
                                     {"user or password holds a line end", "用户名或密码里有换行"},
                                     options.config,
                                     {},
                                     "sasl-credentials"});
  }
  fetch::Wish wish;
  wish.starttls = config.security == client::Security::kStarttls;
  wish.nonce = fresh_word(24);
  wish.password_in_clear = options.insecure || config.clear_is_wished;
  wish.credentials.user = config.user;
  wish.credentials.password = std::move(*password);
  wish.credentials.host = config.host;
  wish.credentials.port = config.port;
  return wish;
}

core::Result<client::TlsTerms> terms_of(const fetch::Config& config, const FetchOptions& options) {
  client::TlsTerms terms{config.host, nullptr, {}};
  if (config.security == client::Security::kNone) return terms;
  const std::string& authority = options.authority.empty() ? config.authority : options.authority;
  auto trust = client::trust_of(authority, options.insecure);
  if (!trust) return core::Failure(trust.error());
  terms.trust = std::move(*trust);
  auto key_log = client::key_log_of_environment();
  if (!key_log) return core::Failure(key_log.error());
  terms.key_log = std::move(*key_log);
  return terms;
}

std::string path_of(const FetchOptions& options) {
  if (!options.out.empty()) return options.out;
  return (std::filesystem::path(options.config).parent_path() / "emails.json").string();
}

// Whose mails they are, whichever port they come from.
std::string mailbox_of(const fetch::Config& config) {
  return std::string(fetch::name(config.over)) + " " + config.user + " " + config.host;
}

std::unique_ptr<fetch::Way> way_over(fetch::Over over, fetch::Wish wish) {
  if (over == fetch::Over::kPop3) return std::make_unique<fetch::Pop3Way>(std::move(wish));
  return std::make_unique<fetch::ImapWay>(std::move(wish));
}

// Everything that can be wrong before the first octet goes out.
core::Result<Errand> prepare(const FetchOptions& options, const core::Result<fetch::Config>& config) {
  if (!config) return core::Failure(config.error());
  auto terms = terms_of(*config, options);
  if (!terms) return core::Failure(terms.error());
  auto wish = wish_for(*config, options);
  if (!wish) return core::Failure(wish.error());
  const core::Secret password = wish->credentials.password;
  std::optional<fetch::AttachmentFolder> folder;
  if (options.attachments) {
    auto opened = fetch::AttachmentFolder::open(*options.attachments);
    if (!opened) return core::Failure(opened.error());
    folder = std::move(*opened);
  }
  auto archive = fetch::Archive::open(path_of(options), mailbox_of(*config));
  if (!archive) return core::Failure(archive.error());
  return Errand{*config,
                std::move(*terms),
                way_over(config->over, std::move(*wish)),
                std::move(*archive),
                std::move(folder),
                options.attachments.value_or(""),
                options.newest,
                options.patience,
                password};
}

}  // namespace

int fetch_mail(const FetchOptions& options, std::ostream& out, std::ostream& err) {
  const auto complain = [&](const core::Error& error) {
    client::complain(error, options.language, err);
    return client::kUsage;
  };
  auto knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error());
  auto errand = prepare(options, fetch::read_config(options.config, options.over));
  if (!errand) return complain(errand.error());
  net::Loop loop;
  Collection collection(loop, std::move(*errand), *knowledge, {options.language, options.show_secrets}, out);
  return collection.run();
}

}  // namespace commands
