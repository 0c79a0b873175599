// smtplab-mock: parses the command line, starts a server for each scenario, and ends them in order.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "core/show.h"
#include "mockserver/mock_server.h"
#include "mockserver/output_files.h"
#include "mockserver/scenario/catalogue.h"
#include "net/loop.h"
#include "net/signal.h"
#include "net/timer.h"
#include "tls/key_log.h"
#include "tls/library.h"

namespace {

constexpr int kUsage = 2;
constexpr int kNetwork = 3;

constexpr std::uint16_t kSmtpsPort = 2465;  // where it is not said; as 2525 beside 25

struct Arguments {
  std::vector<std::string> scenarios{"any/accept-all"};
  std::uint16_t smtp = 2525;
  std::optional<std::uint16_t> smtps;
  std::string bind = "127.0.0.1";
  std::string store;
  std::string events;
  std::string ports_file;
  std::string authority_file;
  std::string scenario_folder;
  std::uint64_t seed = 0;
  bool once = false;
  bool show_secrets = false;
};

int complain(const core::Error& error) {
  std::fprintf(stderr, "smtplab-mock: %s\n", core::describe(error).c_str());
  return error.blame == core::Blame::kSystem ? kNetwork : kUsage;
}

// Nothing when the program shall go on; otherwise its exit status.
std::optional<int> parse(Arguments& arguments, int argc, char** argv) {
  CLI::App app{"A local mail server that behaves as a scenario says. It never delivers anything anywhere.", "smtplab-mock"};
  app.footer("Scenarios: smtplab scenarios. Exit status: 0 done, 2 usage or configuration, 3 network.");
  app.set_version_flag(
      "--version", "smtplab-mock " SMTPLAB_VERSION " (" + net::Loop::library_version() + ", " + tls::library_version() + ")");
  app.add_option("SCENARIO", arguments.scenarios, "scenario id or TOML file; several are served side by side")
      ->capture_default_str();
  app.add_option("--smtp", arguments.smtp, "port of the first scenario, the others follow; 0: any free ones")
      ->capture_default_str();
  app.add_option("--smtps", arguments.smtps,
                 "port for TLS from the start; without it the scenarios that want TLS have one, 2465 and following");
  app.add_option("--bind", arguments.bind, "numeric address to listen on")->capture_default_str();
  app.add_option("--store", arguments.store, "keep messages as Maildirs in this folder, DIR/<address>/ and DIR/other/");
  app.add_option("--events", arguments.events, "write what happens as JSON lines into this file, - is standard output");
  app.add_option("--ports-file", arguments.ports_file, "write the ports as JSON once everything listens");
  app.add_option("--ca-out", arguments.authority_file, "write the certificate that clients have to trust, as PEM");
  app.add_option("--scenarios", arguments.scenario_folder, "take scenarios from this folder instead of the built-in ones");
  app.add_option("--seed", arguments.seed, "session ids and chance come from this number")->capture_default_str();
  app.add_flag("--once", arguments.once, "serve one connection, then exit");
  app.add_flag("--show-secrets", arguments.show_secrets, "write passwords into the events instead of masking them");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  return std::nullopt;
}

// Idle connections each hold a descriptor: take as many as the system gives without being asked for rights.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Every scenario of the command line, each once.
core::Result<std::vector<scenario::Scenario>> load(const Arguments& arguments) {
  scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  if (!arguments.scenario_folder.empty()) {
    auto folder = scenario::Catalogue::from_folder(arguments.scenario_folder);
    if (!folder) return core::Failure(folder.error());
    catalogue = std::move(*folder);
  }
  std::vector<scenario::Scenario> scenarios;
  std::set<std::string> ids;
  for (const std::string& name : arguments.scenarios) {
    auto loaded = catalogue.load(name);
    if (!loaded) return core::Failure(loaded.error());
    if (!ids.insert(loaded->id).second) return core::fail(core::Blame::kInput, "scenario named twice: " + loaded->id);
    scenarios.push_back(std::move(*loaded));
  }
  for (const std::uint16_t first : {arguments.smtp, arguments.smtps.value_or(0)}) {
    if (first == 0 || first + scenarios.size() - 1 <= 65535) continue;
    return core::fail(core::Blame::kInput, "no port is left above " + std::to_string(first) + " for the other scenarios");
  }
  return scenarios;
}

bool goes_by_chance(const scenario::Scenario& scenario) {
  return std::any_of(scenario.rules.begin(), scenario.rules.end(),
                     [](const scenario::Rule& rule) { return rule.when.chance.has_value(); });
}

class Program {
 public:
  explicit Program(const Arguments& arguments) : arguments_(arguments) {}

  int run() {
    auto scenarios = load(arguments_);
    if (!scenarios) return complain(scenarios.error());
    if (auto opened = events_.open(arguments_.events, arguments_.show_secrets); !opened) return complain(opened.error());
    // Ports of an earlier run must not be taken for these.
    if (!arguments_.ports_file.empty()) std::remove(arguments_.ports_file.c_str());
    if (auto prepared = prepare_tls(); !prepared) return complain(prepared.error());
    for (scenario::Scenario& scenario : *scenarios) {
      if (auto started = start(std::move(scenario)); !started) return complain(started.error());
    }
    announce();
    if (auto written = write_ports(); !written) return complain(written.error());
    loop_.run();
    return 0;
  }

 private:
  // What must be there before the first handshake: the key log, and the certificate for whoever waits for the ports file.
  core::Result<void> prepare_tls() {
    const char* const log = std::getenv("SSLKEYLOGFILE");
    auto key_log = tls::key_log(log == nullptr ? "" : log);
    if (!key_log) return core::Failure(key_log.error());
    key_log_ = std::move(*key_log);
    if (arguments_.authority_file.empty()) return {};
    const auto pem = mockserver::MockServer::authority_pem();
    if (!pem) return core::Failure(pem.error());
    return mockserver::write_whole(arguments_.authority_file, *pem);
  }

  // The port of the next server: as many above `first` as there are servers already.
  [[nodiscard]] std::uint16_t next_port(std::uint16_t first) const {
    return first == 0 ? first : static_cast<std::uint16_t>(first + servers_.size());
  }

  [[nodiscard]] std::optional<std::uint16_t> smtps_port_for(const scenario::Scenario& scenario) const {
    if (arguments_.smtps) return next_port(*arguments_.smtps);
    if (scenario.security == scenario::Security::kNone) return std::nullopt;
    return arguments_.smtp == 0 ? std::uint16_t{0} : next_port(kSmtpsPort);
  }

  core::Result<void> start(scenario::Scenario scenario) {
    mockserver::Options options;
    options.bind = arguments_.bind;
    options.smtp_port = next_port(arguments_.smtp);
    options.smtps_port = smtps_port_for(scenario);
    options.key_log = key_log_;
    if (!arguments_.store.empty()) options.store = arguments_.store;
    options.seed = arguments_.seed;
    options.once = arguments_.once;
    if (events_.is_open() || arguments_.once) options.observer = observer(servers_.size());
    servers_.push_back(std::make_unique<mockserver::MockServer>(loop_, std::move(scenario), std::move(options)));
    return servers_.back()->listen();
  }

  mockserver::Observer observer(std::size_t server) {
    return [this, server](mockserver::ConnectionId id, const dialogue::Event& event, const smtp::Memory&) {
      // Numbered over all servers: 1, 2, 3 … of the first one are other connections than those of the second.
      events_.write(id * arguments_.scenarios.size() - (arguments_.scenarios.size() - 1 - server), event);
      if (!arguments_.once || event.kind != dialogue::Kind::kConnected) return;
      chosen_ = server;
      others_leave_.start(std::chrono::milliseconds(0));  // not from within the server that is calling
    };
  }

  void announce() const {
    // Standard output belongs to the events when they go there.
    std::FILE* const out = arguments_.events == "-" ? stderr : stdout;
    for (const auto& server : servers_) {
      std::string accounts;
      for (const scenario::Account& account : server->scenario().accounts)
        accounts += (accounts.empty() ? "" : ", ") + account.user;
      const bool starttls = server->scenario().server.extensions.offers("STARTTLS");
      const std::string inside =
          server->smtps_port() == 0 ? "" : ", port " + std::to_string(server->smtps_port()) + " for SMTP inside TLS";
      std::fprintf(
          out, "smtplab-mock: %s %s %s port %u for SMTP%s%s; %s%s\n", core::show_bytes(server->scenario().id).c_str(),
          server->scenario().listens ? "listens on" : "refuses connections to", arguments_.bind.c_str(),
          unsigned{server->smtp_port()}, starttls ? " with STARTTLS" : "", inside.c_str(),
          accounts.empty() ? "no accounts" : ("accounts: " + core::show_bytes(accounts)).c_str(),
          goes_by_chance(server->scenario()) ? ("; chances as --seed " + std::to_string(arguments_.seed)).c_str() : "");
    }
    std::fflush(out);
    if (!arguments_.bind.starts_with("127.") && arguments_.bind != "::1") {
      std::fprintf(stderr, "smtplab-mock: warning: %s can be reached from other computers; anybody there may use this server\n",
                   arguments_.bind.c_str());
    }
  }

  static nlohmann::ordered_json ports_of(const mockserver::MockServer& server) {
    nlohmann::ordered_json ports;
    ports["smtp"] = server.smtp_port();
    if (server.smtps_port() != 0) ports["smtps"] = server.smtps_port();
    return ports;
  }

  core::Result<void> write_ports() const {
    if (arguments_.ports_file.empty()) return {};
    nlohmann::ordered_json json = ports_of(*servers_.front());
    if (servers_.size() > 1) {
      for (const auto& server : servers_) json["scenarios"][core::show_bytes(server->scenario().id)] = ports_of(*server);
    }
    return mockserver::write_whole(arguments_.ports_file, json.dump() + "\n");
  }

  void on_signal() {
    if (leaving_) return loop_.stop();  // asked twice: do not wait for slow clients
    leaving_ = true;
    for (const auto& server : servers_) server->shut_down();
  }

  void others_leave() {
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      if (i != chosen_) servers_[i]->shut_down();
    }
  }

  const Arguments& arguments_;
  mockserver::EventsFile events_;
  net::Loop loop_;
  net::Signal interrupt_{loop_, SIGINT, [this] { on_signal(); }};
  net::Signal terminate_{loop_, SIGTERM, [this] { on_signal(); }};
  net::Timer others_leave_{loop_, [this] { others_leave(); }};
  std::vector<std::unique_ptr<mockserver::MockServer>> servers_;
  std::function<void(std::string_view)> key_log_;
  std::size_t chosen_ = 0;
  bool leaving_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  Arguments arguments;
  if (const auto status = parse(arguments, argc, argv)) return *status;
  raise_descriptor_limit();
  return Program(arguments).run();
}
