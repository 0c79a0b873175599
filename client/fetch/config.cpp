#include "client/fetch/config.h"

#include <array>
#include <span>
#include <utility>

#include "client/send/json_document.h"
#include "client/send/keys.h"
#include "core/text.h"

namespace fetch {
namespace {

using client::Security;

// How one protocol is spoken, and asked for in the file.
struct OverRow {
  std::string_view url_key;
  std::string_view port_key;
  std::string_view example;
  std::string_view prefix;  // of a provider's host, in the place of "smtp."
  std::uint16_t port;       // in clear, and with TLS behind a command
  std::uint16_t tls_port;
  std::array<std::string_view, 2> schemes;  // of URLs (RFC 5092, RFC 2384), and inside TLS
};

// In the order of Over.
constexpr std::array kRows{
    OverRow{"imap_url", "imap_port", "imap.163.com, or imap.163.com:993", "imap.", 143, 993, {"imap://", "imaps://"}},
    OverRow{"pop_url", "pop_port", "pop.163.com, or pop.163.com:995", "pop.", 110, 995, {"pop3://", "pop3s://"}},
};

class Reader {
 public:
  Reader(const document::Document& document, Over over) : row_(kRows[static_cast<std::size_t>(over)]), keys_(document) {
    config_.over = over;
  }

  core::Result<Config> read() {
    keys_.check({});
    if (keys_.find("user") == nullptr) {
      config_.user = keys_.sender().mailbox;
      if (keys_.find("sender") == nullptr)
        keys_.miss("user", {"write \"user\": \"alice@163.com\"", "写上 \"user\": \"alice@163.com\""});
    } else {
      config_.user = keys_.text("user");
    }
    if (const document::Node* const node = keys_.find("password")) config_.password = core::Secret(node->text);
    if (const std::string name = keys_.text("ca"); !name.empty()) config_.authority = keys_.resolved(name);
    read_server();
    if (!keys_.problems().empty()) return core::Failure(keys_.problems().error());
    return std::move(config_);
  }

 private:
  void read_server() {
    if (keys_.document().root.find(row_.url_key) == nullptr) return keys_.miss(row_.url_key, proposal());
    const std::optional<Security> by_scheme = security_of_url();
    const client::HostPort server = keys_.server(row_.url_key, row_.port_key, row_.example, row_.schemes);
    config_.host = server.host;
    const std::optional<Security> named = keys_.security();
    config_.clear_is_wished = named == Security::kNone;
    const auto begins = config_.clear_is_wished ? Security::kNone : Security::kStarttls;
    config_.security = security_for(server.port, by_scheme, named, begins);
    config_.port = server.port.value_or(config_.security == Security::kTls ? row_.tls_port : row_.port);
  }

  [[nodiscard]] Security security_for(std::optional<std::uint16_t> port, std::optional<Security> by_scheme,
                                      std::optional<Security> named, Security begins) const {
    if (port == row_.tls_port || by_scheme == Security::kTls) return Security::kTls;
    if (port == row_.port || by_scheme) return begins;
    // What the file says of its SMTP server says nothing of the mailbox, but that TLS is not to be had.
    if (!port) return named == Security::kNone ? Security::kNone : Security::kTls;
    return named.value_or(Security::kTls);
  }

  [[nodiscard]] std::optional<Security> security_of_url() const {
    const std::string url = keys_.text(row_.url_key);
    for (std::size_t i = 0; i < row_.schemes.size(); ++i) {
      if (core::starts_with_ignoring_case(url, row_.schemes[i])) return i == 0 ? Security::kStarttls : Security::kTls;
    }
    return std::nullopt;
  }

  // "smtp.163.com" has its mailboxes at "imap.163.com": so do all providers that our users have.
  [[nodiscard]] core::Text proposal() const {
    const std::string sends = keys_.text("smtp_server");
    const std::string host = sends.starts_with("smtp.") ? std::string(row_.prefix) + sends.substr(5, sends.find(':') - 5)
                                                        : std::string(row_.prefix) + "163.com";
    return core::phrase("write \"{0}\": \"{1}\"", "写上 \"{0}\": \"{1}\"", {row_.url_key, host});
  }

  const OverRow& row_;
  send::Keys keys_;
  Config config_;
};

}  // namespace

core::Result<Config> parse_config(const std::string& path, std::string_view text, Over over) {
  const auto document = send::parse_json(path, text, send::shown_keys());
  if (!document) return core::Failure(document.error());
  return Reader(*document, over).read();
}

core::Result<Config> read_config(const std::string& path, Over over) {
  return send::read_config_text(path).and_then([&](const std::string& text) { return parse_config(path, text, over); });
}

}  // namespace fetch
