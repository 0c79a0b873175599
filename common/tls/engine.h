// One TLS connection, either side, as octets in and octets out (RFC 5246, RFC 8446). It touches no socket:
//
//   engine.receive(from_the_network);            // cipher octets in
//   to_the_network(engine.take_output());        // cipher octets out, after every call of receive, send or close
//   to_the_session(engine.take_input());         // plain octets
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tls/authority.h"
#include "tls/certificate.h"
#include "tls/settings.h"
#include "tls/trust.h"

namespace tls {

enum class Phase : std::uint8_t {
  kHandshake,
  kOpen,
  kEnded,   // the peer said close_notify: nothing more will come
  kFailed,  // see error()
};

// What is known about a connection, during the handshake as far as it has come.
struct Details {
  std::string version;             // "TLSv1.2"; empty before the server has chosen
  std::string cipher;              // "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384"
  std::string host;                // the name asked for (SNI, RFC 6066 §3); on the server's side the one the client asked for
  std::vector<Certificate> chain;  // the peer's certificates, its own first; empty when it showed none
  std::optional<core::Error> distrust;  // why the certificate does not convince, also when it was taken nevertheless
};

class Engine {
 public:
  // The server's side. Errors are Blame::kSystem.
  static core::Result<std::unique_ptr<Engine>> server(std::shared_ptr<const Identity> identity, const Settings& settings);

  // The client's side; take_output() has its first words at once. `host` goes out as SNI (not when it is an address) and is
  // what the certificate has to be for. A host that no certificate can be for is an error of Blame::kCaller.
  static core::Result<std::unique_ptr<Engine>> client(std::shared_ptr<const Trust> trust, const std::string& host,
                                                      const Settings& settings);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Cipher octets from the peer, in any chunking. REQUIRES: take_input() was called since the last time, or soon will be:
  // when more than kMostUntaken plain octets wait, the next call fails the connection.
  static constexpr std::size_t kMostUntaken = std::size_t{1} << 20U;
  void receive(std::string_view octets);
  // Plain octets for the peer. During the handshake they wait for its end.
  void send(std::string_view plain);
  // How many octets of send() wait for the end of the handshake.
  [[nodiscard]] std::size_t waiting() const;
  // Says close_notify (RFC 5246 §7.2.1), during the handshake as soon as that is complete: behind it nothing is sent.
  void close();

  // What is to be put on the wire; a failure leaves its alert here.
  [[nodiscard]] std::string take_output();
  // Plain octets that arrived and were not taken yet.
  [[nodiscard]] std::string take_input();

  [[nodiscard]] Phase phase() const;
  // The other side has said something by now.
  [[nodiscard]] bool has_heard() const;
  // REQUIRES: phase() is kFailed. Blame::kPeer, with the id of scenarios/knowledge/failures.toml:
  //   tls-expired tls-not-yet-valid tls-wrong-host tls-self-signed tls-unknown-authority tls-bad-certificate
  //     the certificate does not convince (the most telling one when it is several); the text names it
  //   tls-version      no version, or no cipher, that both sides speak
  //   tls-needs-newer  the server wants a newer version than this side has
  //   tls-refused      the peer broke the handshake off with an alert; the text names the alert
  //   tls-distrusted   the peer says that it does not believe our certificate (alert bad_certificate, unknown_ca …)
  //   tls-not-tls      what came is no TLS: the port speaks plain text
  //   tls-broken       anything else
  [[nodiscard]] const core::Error& error() const;
  [[nodiscard]] Details details() const;

 private:
  struct State;
  explicit Engine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tls
