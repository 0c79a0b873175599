// smtplab-mock: parses the command line, starts a server for each scenario, and ends them in order.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "core/show.h"
#include "dialogue/json_lines.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/catalogue.h"
#include "net/loop.h"
#include "net/signal.h"
#include "net/timer.h"
#include "tls/library.h"

namespace {

constexpr int kUsage = 2;
constexpr int kNetwork = 3;

struct Arguments {
  std::vector<std::string> scenarios{"any/accept-all"};
  std::uint16_t smtp = 2525;
  std::string bind = "127.0.0.1";
  std::string store;
  std::string events;
  std::string ports_file;
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
  app.add_option("--bind", arguments.bind, "numeric address to listen on")->capture_default_str();
  app.add_option("--store", arguments.store, "keep messages as Maildirs in this folder, DIR/<address>/ and DIR/other/");
  app.add_option("--events", arguments.events, "write what happens as JSON lines into this file, - is standard output");
  app.add_option("--ports-file", arguments.ports_file, "write the ports as JSON once everything listens");
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

// The --events file.
class EventsFile {
 public:
  // An empty path: no events. Errors (Blame::kInput) when the file cannot be written.
  core::Result<void> open(const std::string& path, bool show_secrets) {
    show_secrets_ = show_secrets;
    if (path.empty()) return {};
    file_ = path == "-" ? stdout : std::fopen(path.c_str(), "we");
    if (file_ == nullptr) return core::fail(core::Blame::kInput, std::string("cannot write: ") + std::strerror(errno), path);
    return {};
  }
  EventsFile() = default;
  ~EventsFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  }
  EventsFile(const EventsFile&) = delete;
  EventsFile& operator=(const EventsFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_ != nullptr; }

  void write(std::uint64_t connection, const dialogue::Event& event) {
    if (file_ == nullptr) return;
    const std::string line = dialogue::json_line(event, {.show_secrets = show_secrets_, .connection = connection});
    // Whole lines, at once: whoever reads along, or after a kill, finds no half ones.
    if (std::fwrite(line.data(), 1, line.size(), file_) == line.size() && std::fflush(file_) == 0) return;
    if (!complained_) std::fprintf(stderr, "smtplab-mock: cannot write events: %s\n", std::strerror(errno));
    complained_ = true;
  }

 private:
  std::FILE* file_ = nullptr;
  bool show_secrets_ = false;
  bool complained_ = false;
};

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
  if (arguments.smtp != 0 && arguments.smtp + scenarios.size() - 1 > 65535) {
    return core::fail(core::Blame::kInput,
                      "no port is left above " + std::to_string(arguments.smtp) + " for the other scenarios");
  }
  return scenarios;
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
    for (scenario::Scenario& scenario : *scenarios) {
      if (auto started = start(std::move(scenario)); !started) return complain(started.error());
    }
    announce();
    if (auto written = write_ports(); !written) return complain(written.error());
    loop_.run();
    return 0;
  }

 private:
  core::Result<void> start(scenario::Scenario scenario) {
    mockserver::Options options;
    options.bind = arguments_.bind;
    options.smtp_port = arguments_.smtp == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(arguments_.smtp + servers_.size());
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
      std::fprintf(out, "smtplab-mock: %s listens on %s port %u for SMTP; %s\n",
                   core::show_bytes(server->scenario().id).c_str(), arguments_.bind.c_str(), unsigned{server->smtp_port()},
                   accounts.empty() ? "no accounts" : ("accounts: " + core::show_bytes(accounts)).c_str());
    }
    std::fflush(out);
    if (!arguments_.bind.starts_with("127.") && arguments_.bind != "::1") {
      std::fprintf(stderr, "smtplab-mock: warning: %s can be reached from other computers; anybody there may use this server\n",
                   arguments_.bind.c_str());
    }
  }

  // Whole or not at all: whoever waits for the file never reads a part of it.
  core::Result<void> write_ports() const {
    if (arguments_.ports_file.empty()) return {};
    nlohmann::ordered_json json;
    json["smtp"] = servers_.front()->smtp_port();
    if (servers_.size() > 1) {
      for (const auto& server : servers_)
        json["scenarios"][core::show_bytes(server->scenario().id)]["smtp"] = server->smtp_port();
    }
    const std::string text = json.dump() + "\n";
    const std::string temporary = arguments_.ports_file + ".tmp";
    std::FILE* const file = std::fopen(temporary.c_str(), "we");
    const bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    const bool closed = file != nullptr && std::fclose(file) == 0;
    if (written && closed && std::rename(temporary.c_str(), arguments_.ports_file.c_str()) == 0) return {};
    return core::fail(core::Blame::kInput, std::string("cannot write: ") + std::strerror(errno), arguments_.ports_file);
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
  EventsFile events_;
  net::Loop loop_;
  net::Signal interrupt_{loop_, SIGINT, [this] { on_signal(); }};
  net::Signal terminate_{loop_, SIGTERM, [this] { on_signal(); }};
  net::Timer others_leave_{loop_, [this] { others_leave(); }};
  std::vector<std::unique_ptr<mockserver::MockServer>> servers_;
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
