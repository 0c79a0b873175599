#include "tls/engine.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include "core/show.h"
#include "tls/address.h"
#include "tls/authorities.h"
#include "tls/config.h"
#include "tls/dialect.h"
#include "tls/failure.h"
#include "tls/identity.h"
#include "tls/judgement.h"
#include "tls/reading.h"
#include "tls/records.h"

namespace tls {
namespace {

// No honest handshake needs more. The library bounds each message (16 KiB), not their number.
constexpr std::size_t kLongestHandshake = std::size_t{256} * 1024;

// What a peer may make us say without our having anything to say: each attempt to renegotiate is answered.
constexpr std::size_t kMostUnasked = 4096;

// Certificates that are read of a chain; the library follows no more than nine.
constexpr std::size_t kLongestChain = 10;

constexpr std::size_t kLongestHost = 255;

// A fatal unexpected_message in the oldest version's record, for a peer that no version is known of yet.
constexpr std::string_view kFirstAlert("\x15\x03\x01\x00\x02\x02\x0a", 7);

bool wants_more(int code) { return code == MBEDTLS_ERR_SSL_WANT_READ || code == MBEDTLS_ERR_SSL_WANT_WRITE; }

}  // namespace

struct Engine::State {
  State(Side side, Settings with) : settings(std::move(with)), records(settings.newest) {
    mbedtls_ssl_init(&ssl);
    here = {side == Side::kClient, false, std::max(settings.oldest, dialect::oldest()),
            std::min(settings.newest, dialect::newest())};
  }
  ~State() { mbedtls_ssl_free(&ssl); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  [[nodiscard]] core::Result<void> set_up(core::Result<Config> made);
  [[nodiscard]] int set_host(const std::string& name);

  void receive(std::string_view octets);
  void go_on();
  void shake_hands();
  void read();
  void write(std::string_view plain);
  void close();
  void fail(core::Error with);
  void fail(int code);

  // What the library calls back.
  static int take(void* self, unsigned char* out, std::size_t size);
  static int put(void* self, const unsigned char* octets, std::size_t size);
  static int on_name(void* unused, mbedtls_ssl_context* ssl, const unsigned char* name, std::size_t size);
  static int on_certificate(void* self, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags);

  Standpoint here;
  Settings settings;
  std::shared_ptr<const Identity> identity;  // config points into it, or into trust
  std::shared_ptr<const Trust> trust;
  Config config;
  mbedtls_ssl_context ssl{};

  Phase phase = Phase::kHandshake;
  bool closing = false;
  bool alerted = false;       // an alert left since the library was last called
  std::size_t heard = 0;      // octets of the handshake
  std::size_t unasked = 0;    // see kMostUnasked
  std::string_view arriving;  // during receive() only
  bool has_heard = false;
  Records records;
  std::string output;
  std::string input;
  std::string waiting;  // for the end of the handshake

  std::string host;     // asked for
  std::string address;  // the same as octets, when it is one
  std::string sni;
  std::vector<Certificate> chain;
  std::vector<Finding> findings;
  std::unique_ptr<core::Error> distrust;
  std::unique_ptr<core::Error> error;
};

core::Result<void> Engine::State::set_up(core::Result<Config> made) {
  if (!made) return core::Failure(made.error());
  config = std::move(*made);
  const int code = mbedtls_ssl_setup(&ssl, config.get());
  if (code != 0) return core::Failure(library_error({"TLS cannot be set up", "TLS 建立不起来"}, code));
  mbedtls_ssl_set_bio(&ssl, this, put, take, nullptr);
  if (settings.key_log) dialect::log_keys(*config, ssl, settings.key_log);
  return {};
}

// An address is no server name (RFC 6066 §3), and the library compares names only: on_certificate() does the rest.
int Engine::State::set_host(const std::string& name) {
  host = name;
  address = address_octets(name);
  if (address.empty()) sni = name.back() == '.' ? name.substr(0, name.size() - 1) : name;
  return mbedtls_ssl_set_hostname(&ssl, address.empty() ? sni.c_str() : nullptr);
}

int Engine::State::take(void* self, unsigned char* out, std::size_t size) {
  State& state = *static_cast<State*>(self);
  std::string_view& arriving = state.arriving;
  if (arriving.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
  const std::size_t taken = arriving.copy(reinterpret_cast<char*>(out), size);
  arriving.remove_prefix(taken);
  if (state.phase == Phase::kHandshake) state.records.pass(out, taken);
  return static_cast<int>(taken);
}

// Whole records come here, one a call.
int Engine::State::put(void* self, const unsigned char* octets, std::size_t size) {
  State& state = *static_cast<State*>(self);
  state.output.append(reinterpret_cast<const char*>(octets), size);
  if (octets[0] == kAlertRecord) state.alerted = true;
  return static_cast<int>(size);
}

int Engine::State::on_name(void* /*unused*/, mbedtls_ssl_context* ssl, const unsigned char* name, std::size_t size) {
  State& state = *static_cast<State*>(dialect::owner(*ssl));
  state.sni.assign(reinterpret_cast<const char*>(name), std::min(size, kLongestHost));
  return 0;  // whatever the name: we have one certificate, and a wrong one is what some lessons are about
}

// Comes for each certificate that the library followed, the server's own last.
int Engine::State::on_certificate(void* self, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags) {
  State& state = *static_cast<State*>(self);
  const mbedtls_x509_crt& judged = *certificate;
  if (depth == 0 && !state.address.empty() && !is_for_address(judged, state.address))
    *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
  state.findings.insert(state.findings.begin(), Finding{tls::read(judged), *flags, is_self_issued(judged)});
  if (depth > 0) return 0;
  const mbedtls_x509_crt* shown = &judged;
  for (; shown != nullptr && state.chain.size() < kLongestChain; shown = shown->next) state.chain.push_back(tls::read(*shown));
  if (auto found = judge(state.findings, state.host, state.trust->authorities_->is_empty())) {
    state.distrust = std::make_unique<core::Error>(std::move(*found));
  }
  return 0;
}

void Engine::State::receive(std::string_view octets) {
  if (phase == Phase::kEnded || phase == Phase::kFailed || octets.empty()) return;
  if (!may_be_record(octets, heard)) {
    output += kFirstAlert;
    alerted = true;
    fail(not_tls_error(octets, here));
    return;
  }
  if (input.size() > kMostUntaken) {
    fail(abuse_error({"sends more than is taken", "发来的数据超过了上限"}, here));
    return;
  }
  const bool in_handshake = phase == Phase::kHandshake;
  if (in_handshake) heard += octets.size();
  arriving = octets;
  go_on();
  arriving = {};
  if (phase == Phase::kHandshake && heard > kLongestHandshake)
    fail(abuse_error({"draws the TLS handshake out without end", "把 TLS 握手没完没了地拖下去"}, here));
}

void Engine::State::go_on() {
  alerted = false;
  if (phase == Phase::kHandshake) shake_hands();
  if (phase == Phase::kOpen) read();
}

void Engine::State::shake_hands() {
  const int code = mbedtls_ssl_handshake(&ssl);
  if (wants_more(code)) return;
  if (code != 0) return fail(code);
  phase = Phase::kOpen;
  here.is_open = true;
  findings.clear();
  findings.shrink_to_fit();
  write(std::exchange(waiting, {}));
  if (closing && phase == Phase::kOpen) mbedtls_ssl_close_notify(&ssl);
}

void Engine::State::read() {
  std::array<unsigned char, MBEDTLS_SSL_IN_CONTENT_LEN> plain;  // NOLINT: filled before it is read
  while (phase == Phase::kOpen) {
    const std::size_t before = arriving.size();
    const std::size_t said = output.size();
    const int code = mbedtls_ssl_read(&ssl, plain.data(), plain.size());
    unasked += output.size() - said;
    if (unasked > kMostUnasked) return fail(abuse_error({"asks again and again to negotiate anew", "一再要求重新协商"}, here));
    if (code > 0) {
      input.append(reinterpret_cast<const char*>(plain.data()), static_cast<std::size_t>(code));
    } else if (code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
      phase = Phase::kEnded;
    } else if (code != 0 && !wants_more(code) && !dialect::is_news_only(code)) {
      fail(code);
    } else if (arriving.size() == before) {
      return;  // it took nothing and gave nothing: more octets are needed
    }
  }
}

void Engine::State::write(std::string_view plain) {
  while (!plain.empty()) {
    const int code = mbedtls_ssl_write(&ssl, reinterpret_cast<const unsigned char*>(plain.data()), plain.size());
    if (code <= 0) return fail(code);  // never WANT_…: put() takes everything
    plain.remove_prefix(static_cast<std::size_t>(code));
  }
}

void Engine::State::close() {
  if (closing) return;
  closing = true;
  if (phase == Phase::kOpen || phase == Phase::kEnded) mbedtls_ssl_close_notify(&ssl);
}

void Engine::State::fail(core::Error with) {
  if (!alerted) mbedtls_ssl_send_alert_message(&ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL, MBEDTLS_SSL_ALERT_MSG_UNEXPECTED_MESSAGE);
  phase = Phase::kFailed;
  error = std::make_unique<core::Error>(std::move(with));
  waiting.clear();
}

void Engine::State::fail(int code) {
  if (code == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE || code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
    alerted = true;  // who has hung up needs no alert
    return fail(alert_error(code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ? 0 : dialect::last_alert(ssl), here));
  }
  if (!here.is_open && records.alert()) {
    alerted = true;
    return fail(alert_error(*records.alert(), here));
  }
  const bool is_distrust = !here.is_open && dialect::trouble_of(code) == dialect::Trouble::kCertificate && distrust != nullptr;
  fail(is_distrust ? *distrust : code_error(code, here));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::~Engine() = default;

core::Result<std::unique_ptr<Engine>> Engine::server(std::shared_ptr<const Identity> identity, const Settings& settings) {
  assert(identity != nullptr);
  auto state = std::make_unique<State>(Side::kServer, settings);
  state->identity = std::move(identity);
  if (const auto ready = state->set_up(state->identity->config(settings)); !ready) return core::Failure(ready.error());
  mbedtls_ssl_conf_sni(state->config.get(), State::on_name, nullptr);  // the same for every connection that shares it
  return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

core::Result<std::unique_ptr<Engine>> Engine::client(std::shared_ptr<const Trust> trust, const std::string& host,
                                                     const Settings& settings) {
  assert(trust != nullptr);
  const auto is_visible = [](unsigned char c) { return c > ' ' && c != 0x7F; };
  if (host.empty() || host == "." || host.size() > kLongestHost || !std::all_of(host.begin(), host.end(), is_visible)) {
    return core::fail(core::Blame::kCaller, core::phrase("no certificate can be for the host '{0}'",
                                                         "不可能有证书是发给主机 '{0}' 的", {core::show_bytes(host)}));
  }
  auto state = std::make_unique<State>(Side::kClient, settings);
  state->trust = std::move(trust);
  if (const auto ready = state->set_up(state->trust->authorities_->configs.of(settings)); !ready) {
    return core::Failure(ready.error());
  }
  const int code = state->set_host(host);
  if (code != 0) return core::Failure(library_error({"TLS cannot be set up", "TLS 建立不起来"}, code));
  mbedtls_ssl_set_verify(&state->ssl, State::on_certificate, state.get());
  state->go_on();
  if (state->phase == Phase::kFailed) return core::Failure(*state->error);
  return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

void Engine::receive(std::string_view octets) {
  state_->has_heard = true;
  state_->receive(octets);
}

bool Engine::has_heard() const { return state_->has_heard; }

void Engine::send(std::string_view plain) {
  if (state_->closing || state_->phase == Phase::kFailed) return;
  state_->alerted = false;
  if (state_->phase == Phase::kHandshake) {
    state_->waiting += plain;
  } else {
    state_->write(plain);
  }
}

std::size_t Engine::waiting() const { return state_->waiting.size(); }

void Engine::close() { state_->close(); }

std::string Engine::take_output() { return std::exchange(state_->output, {}); }

std::string Engine::take_input() { return std::exchange(state_->input, {}); }

Phase Engine::phase() const { return state_->phase; }

const core::Error& Engine::error() const {
  assert(state_->error != nullptr);
  return *state_->error;
}

Details Engine::details() const {
  Details details{{}, {}, state_->sni, state_->chain, {}};
  if (const int suite = dialect::ciphersuite(state_->ssl); suite != 0) {
    details.version = mbedtls_ssl_get_version(&state_->ssl);
    details.cipher = mbedtls_ssl_get_ciphersuite_name(suite);
  }
  if (state_->distrust != nullptr) details.distrust = *state_->distrust;
  return details;
}

}  // namespace tls
