// smtplab-mock: parses the command line, starts a server for each scenario, and ends them in order.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "core/show.h"
#include "core/system_text.h"
#include "knowledge/finding_line.h"
#include "knowledge/knowledge.h"
#include "mockserver/announcement.h"
#include "mockserver/arguments.h"
#include "mockserver/command_table.h"
#include "mockserver/judging.h"
#include "mockserver/mock_server.h"
#include "mockserver/output_files.h"
#include "mockserver/patient_output.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/names.h"
#include "mockserver/speaker.h"
#include "net/closed_pipe.h"
#include "net/loop.h"
#include "net/signal.h"
#include "net/timer.h"
#include "tls/key_log.h"
#include "tls/library.h"
#include "usage/front.h"

namespace {

using mockserver::Arguments;

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kNetwork = 3;
constexpr int kReaderHasGone = 128 + SIGPIPE;  // as a shell calls the end of a filter

constexpr std::chrono::milliseconds kLastWords{200};  // that a slow terminal gets to take what was said
constexpr std::chrono::milliseconds kNextTry{50};     // to write events that nobody has read yet

// Where it is not said; as 2525 beside 25.
constexpr std::uint16_t kSmtpsPort = 2465;
constexpr std::uint16_t kPop3Port = 2110;
constexpr std::uint16_t kPop3sPort = 2995;
constexpr std::uint16_t kImapPort = 2143;
constexpr std::uint16_t kImapsPort = 2993;

int complain(const core::Error& error, core::Language language) {
  std::fprintf(stderr, "smtplab-mock: %s\n", core::describe(error, language).c_str());
  return error.blame == core::Blame::kSystem ? kNetwork : kUsage;
}

// Idle connections each hold a descriptor: take as many as the system gives without being asked for rights.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

class Program {
 public:
  explicit Program(const Arguments& arguments) : arguments_(arguments) {
    struct sigaction given {};
    if (sigaction(SIGHUP, nullptr, &given) == 0 && given.sa_handler != SIG_IGN)
      hangup_.emplace(loop_, SIGHUP, [this] { on_signal(); });
  }

  int run() {
    auto scenarios = mockserver::load(arguments_);
    if (!scenarios) return fail(scenarios.error());
    auto opened = events_.open(arguments_.events, arguments_.show_secrets, arguments_.language);
    if (!opened) return fail(opened.error());
    if (is_observed()) {
      const auto& knows = knowledge::Knowledge::embedded();
      if (!knows) return fail(knows.error());
      knowledge_ = &*knows;
    }
    if (!arguments_.quiet) {
      speaker_.emplace(*knowledge_, arguments_.language, arguments_.show_secrets);
      spoken_.open(arguments_.events == "-" ? STDERR_FILENO : STDOUT_FILENO, false);
    }
    // Ports of an earlier run must not be taken for these.
    if (!arguments_.ports_file.empty()) std::remove(arguments_.ports_file.c_str());
    if (auto prepared = prepare_tls(); !prepared) return fail(prepared.error());
    for (scenario::Scenario& scenario : *scenarios) {
      if (auto started = start(std::move(scenario)); !started) return fail(started.error());
    }
    announce();
    if (!has_reader()) return kReaderHasGone;
    if (auto written = write_ports(); !written) return fail(written.error());
    loop_.run();
    events_.finish();
    spoken_.finish(kLastWords);
    return events_.reader_has_gone() ? kReaderHasGone : kDone;
  }

 private:
  [[nodiscard]] int fail(const core::Error& error) const { return complain(error, arguments_.language); }

  // Somebody hears what happens; otherwise nobody looks for mistakes either.
  [[nodiscard]] bool is_observed() const { return events_.is_open() || !arguments_.quiet; }

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

  // Of the protocol that the scenario speaks: the port asked for, or where it is not said one beside it.
  [[nodiscard]] std::optional<std::uint16_t> tls_port_for(const scenario::Scenario& scenario,
                                                          std::optional<std::uint16_t> asked, std::uint16_t usual) const {
    if (asked) return next_port(*asked);
    if (scenario.security == scenario::Security::kNone) return std::nullopt;
    return arguments_.smtp == 0 ? std::uint16_t{0} : next_port(usual);
  }

  void choose_ports(const scenario::Scenario& scenario, mockserver::Options& options) const {
    const auto usual = [&](std::uint16_t port) { return arguments_.smtp == 0 ? std::uint16_t{0} : port; };
    const auto beside = [&](const std::optional<std::uint16_t>& asked) {
      return asked ? std::optional(next_port(*asked)) : std::nullopt;
    };
    if (scenario.protocol->name() == "pop3") {
      options.port = next_port(arguments_.pop3.value_or(usual(kPop3Port)));
      options.tls_port = tls_port_for(scenario, arguments_.pop3s, kPop3sPort);
    } else if (scenario.protocol->name() == "imap") {
      options.port = next_port(arguments_.imap.value_or(usual(kImapPort)));
      options.tls_port = tls_port_for(scenario, arguments_.imaps, kImapsPort);
    } else {
      options.port = next_port(arguments_.smtp);
      options.tls_port = tls_port_for(scenario, arguments_.smtps, kSmtpsPort);
      options.pop3_port = beside(arguments_.pop3);
      options.pop3s_port = beside(arguments_.pop3s);
      options.imap_port = beside(arguments_.imap);
      options.imaps_port = beside(arguments_.imaps);
    }
  }

  core::Result<void> start(scenario::Scenario scenario) {
    mockserver::Options options;
    options.bind = arguments_.bind;
    choose_ports(scenario, options);
    options.key_log = key_log_;
    if (!arguments_.store.empty()) options.store = arguments_.store;
    options.seed = arguments_.seed;
    options.once = arguments_.once;
    if (is_observed() || arguments_.once) options.observer = observer(servers_.size());
    if (is_observed()) {
      judging_.emplace_back(scenario);
      options.watch.quiet = [this, server = servers_.size()](mockserver::ConnectionId id, const mockserver::Silence& silence) {
        tell(number_of(server, id), judging_.at(server).quiet(id, silence));
      };
    }
    if (speaker_) options.kept = [this](const mockserver::Kept& message) { spoken_.write(speaker_->stored(message)); };
    servers_.push_back(std::make_unique<mockserver::MockServer>(loop_, std::move(scenario), std::move(options)));
    return servers_.back()->listen();
  }

  // Over all servers: 1, 2, 3 … of the first one are other connections than those of the second.
  [[nodiscard]] std::uint64_t number_of(std::size_t server, mockserver::ConnectionId id) const {
    return id * arguments_.scenarios.size() - (arguments_.scenarios.size() - 1 - server);
  }

  mockserver::Observer observer(std::size_t server) {
    return [this, server](mockserver::ConnectionId id, const dialogue::Event& event, const protocol::Knows&) {
      const std::uint64_t connection = number_of(server, id);
      events_.write(connection, event);
      if (speaker_) spoken_.write(speaker_->event(connection, event));
      if (is_observed()) tell(connection, judging_.at(server).take(id, servers_.at(server)->visit(id), event));
      if (events_.reader_has_gone() && !leaving_) reader_has_gone_.start(std::chrono::milliseconds(0));
      if (events_.has_kept() && !tries_again_.is_running()) tries_again_.start(kNextTry);
      if (!arguments_.once || event.kind != dialogue::Kind::kConnected) return;
      chosen_ = server;
      is_last_ = true;
      others_leave_.start(std::chrono::milliseconds(0));  // not from within the server that is calling
    };
  }

  // Behind the event that makes it sure. What the words of a finding are stands in the knowledge.
  void tell(std::uint64_t connection, const std::vector<findings::Finding>& findings) {
    for (const findings::Finding& finding : findings) {
      events_.write(knowledge::finding_line(finding, *knowledge_, arguments_.language, connection));
      if (speaker_) spoken_.write(speaker_->finding(connection, finding));
    }
  }

  void announce() const {
    // Standard output belongs to the events when they go there.
    std::FILE* const out = arguments_.events == "-" ? stderr : stdout;
    const core::Language language = arguments_.language;
    for (const auto& server : servers_) {
      std::fprintf(out, "smtplab-mock: %s\n",
                   mockserver::announcement(*server, arguments_.bind, arguments_.seed).in(language).c_str());
      if (speaker_) std::fputs(speaker_->accounts(server->scenario()).c_str(), out);
    }
    if (!arguments_.bind.starts_with("127.") && arguments_.bind != "::1") {
      const core::Text warning =
          core::phrase("warning: {0} can be reached from other computers; anybody there may use this server",
                       "注意：其他电脑也能连到 {0}；那里的任何人都能使用这台服务器", {core::show_bytes(arguments_.bind)});
      std::fprintf(stderr, "smtplab-mock: %s\n", warning.in(language).c_str());
    }
  }

  static nlohmann::ordered_json ports_of(const mockserver::MockServer& server) {
    nlohmann::ordered_json ports;
    const std::string protocol(server.scenario().protocol->name());
    ports[protocol] = server.port();
    if (server.tls_port() != 0) ports[protocol + "s"] = server.tls_port();
    if (server.pop3_port() != 0) ports["pop3"] = server.pop3_port();
    if (server.pop3s_port() != 0) ports["pop3s"] = server.pop3s_port();
    if (server.imap_port() != 0) ports["imap"] = server.imap_port();
    if (server.imaps_port() != 0) ports["imaps"] = server.imaps_port();
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

  // Whether anybody can read the announcement. A pipe without a reader is no fault, and nothing to tell anybody about.
  [[nodiscard]] bool has_reader() const {
    const bool written = std::fflush(arguments_.events == "-" ? stderr : stdout) == 0;
    return written || errno != EPIPE;
  }

  // Whoever reads the events may have come back. Nobody is waited for when all clients have gone.
  void try_again() {
    events_.go_on();
    const bool is_used = std::any_of(servers_.begin(), servers_.end(), [](const auto& one) { return one->connections() > 0; });
    if (events_.has_kept() && (is_used || !(leaving_ || is_last_))) tries_again_.start(kNextTry);
  }

  void on_signal() {
    if (leaving_) return loop_.stop();  // asked twice: do not wait for slow clients
    leave();
  }

  // Clients are told, and what they have begun is put in order.
  void leave() {
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
  std::vector<mockserver::Judging> judging_;  // of each server, where anybody hears of it
  const knowledge::Knowledge* knowledge_ = nullptr;
  std::optional<mockserver::Speaker> speaker_;  // unless --quiet
  mockserver::PatientOutput spoken_;
  net::Loop loop_;
  net::Signal interrupt_{loop_, SIGINT, [this] { on_signal(); }};
  net::Signal terminate_{loop_, SIGTERM, [this] { on_signal(); }};
  std::optional<net::Signal> hangup_;  // unless it is ignored, as nohup has it
  net::Timer tries_again_{loop_, [this] { try_again(); }};
  net::Timer others_leave_{loop_, [this] { others_leave(); }};
  net::Timer reader_has_gone_{loop_, [this] { leave(); }};  // of the events
  std::vector<std::unique_ptr<mockserver::MockServer>> servers_;
  std::function<void(std::string_view)> key_log_;
  std::size_t chosen_ = 0;
  bool leaving_ = false;
  bool is_last_ = false;  // the client of --once is there
};

int start(const std::vector<std::string>& words) {
  const core::Language language = usage::language_of(words);
  const std::string version =
      "smtplab-mock " SMTPLAB_VERSION " (" + net::Loop::library_version() + ", " + tls::library_summary() + ")";
  const auto completed = [](std::string_view prefix) {
    return scenario::names_beginning(scenario::Catalogue::embedded(), prefix);
  };
  const usage::Begun begun = usage::begin(mockserver::command_table(), words, language, version, completed);
  if (!begun.said) {
    std::fputs(begun.out.c_str(), stdout);
    std::fputs(begun.error.c_str(), stderr);
    return begun.error.empty() ? kDone : kUsage;
  }
  raise_descriptor_limit();
  const Arguments arguments = mockserver::arguments_of(*begun.said, language);
  return Program(arguments).run();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow further is an error of that file
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const int status = start(words);
  const bool written = std::fflush(stdout) == 0;
  if (status == kReaderHasGone || (!written && errno == EPIPE)) net::end_as_filter();
  if (written) return status;
  const core::Text why =
      core::phrase("standard output cannot be written: {0}", "标准输出写不进去：{0}", {core::system_text(errno)});
  std::fprintf(stderr, "smtplab-mock: %s\n", why.in(usage::language_of(words)).c_str());
  return kUsage;
}
