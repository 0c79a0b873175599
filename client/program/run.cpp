#include "client/program/run.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/base/options.h"
#include "client/program/closed_network.h"
#include "client/program/memory_file.h"
#include "client/program/services.h"
#include "client/program/stands.h"
#include "client/program/surroundings.h"
#include "client/program/terminal.h"
#include "core/show.h"
#include "core/system_text.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/probe.h"
#include "net/process.h"
#include "net/signal.h"
#include "net/timer.h"

namespace program {
namespace {

// Until what a program that has ended sent last is dealt with; it is there already, and read in the next turns of the loop.
constexpr std::chrono::milliseconds kLastWords{2000};
// Until connections that it opened last are seen.
constexpr std::chrono::milliseconds kSettling{30};
// Between the polite request to end and the other one.
constexpr std::chrono::milliseconds kGrace{500};

std::string machine_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

// {host}, {port} and {tls-port} in the arguments, for programs that can be told where to go.
std::vector<std::string> filled_in(std::vector<std::string> command, const OpenPorts& ports) {
  for (std::string& word : command) {
    word = core::replace_all(word, "{host}", ports.host);
    word = core::replace_all(word, "{port}", std::to_string(ports.clear));
    word = core::replace_all(word, "{tls-port}", std::to_string(ports.tls));
  }
  return command;
}

bool can_be_told(const std::vector<std::string>& command) {
  return std::any_of(command.begin(), command.end(), [](const std::string& word) {
    return word.find("{port}") != std::string::npos || word.find("{tls-port}") != std::string::npos;
  });
}

class Run {
 public:
  Run(const RunOptions& options, const knowledge::Knowledge& knowledge, Street street, std::ostream& told)
      : options_(options), told_(told), services_(loop_, std::move(street), options, knowledge) {}

  int run() {
    if (auto ready = services_.prepare(); !ready) return fail(ready.error());
    if (auto begun = begin(); !begun) return fail(begun.error());
    loop_.run();
    network_.reset();
    process_.reset();
    services_.close();
    return status_;
  }

 private:
  void say(const core::Text& text) { told_ << "smtplab: " << text.in(options_.language) << '\n' << std::flush; }

  int fail(const core::Error& error) {
    told_ << "smtplab: " << core::describe(error, options_.language) << '\n';
    return error.blame == core::Blame::kSystem ? client::kNetwork : client::kUsage;
  }

  core::Result<void> begin() {
    const auto authority = mockserver::MockServer::authority_pem();
    if (!authority) return core::Failure(authority.error());
    Setup setup;
    setup.plan.places = services_.places();
    furnish(setup.plan, hosts_file(services_.street(), machine_name()), *authority);
    setup.ways = all_ways(geteuid() == 0);
    setup.smtplab = options_.smtplab;
    setup.command = filled_in(options_.command, {"localhost", 25, 465});
    setup.environment = environment_for(setup.plan);
    if (!options_.input.empty()) {
      input_ = Descriptor(open(options_.input.c_str(), O_RDONLY | O_CLOEXEC));
      if (input_.number() < 0)
        return core::fail(core::Blame::kInput, core::system_text(errno), core::show_bytes(options_.input));
      setup.input = input_.number();
    }
    network_ = std::make_unique<ClosedNetwork>(loop_, std::move(setup), events());
    return {};
  }

  NetworkEvents events() {
    NetworkEvents events;
    events.on_open = [this](const Opened& opened) { open_doors(opened); };
    events.on_refused = [this](const std::vector<core::Text>& refusals) { refused(refusals); };
    events.on_started = [this](int number) { watch(number, parent_of(number)); };
    events.on_not_started = [this](int error) {
      say(core::phrase("{0} cannot be started: {1}", "{0} 无法启动：{1}",
                       {core::show_bytes(options_.command.front()), core::system_text(error)}));
      status_ = client::kUsage;
      network_->end();
    };
    events.on_stopped = [this] { stopped(); };
    events.on_exited = [this](int status) { exited(status); };
    events.on_alone = [this] { is_alone_ = true; };
    events.on_ended = [this] { ended(); };
    return events;
  }

  void watch(int program, int keeper) {
    watch_.emplace(program, keeper);
    services_.begin(*watch_);
  }

  void open_doors(const Opened& opened) {
    say(core::phrase("a closed network ({0}): every provider stands at its own name, and localhost is {1}",
                     "封闭网络（{0}）：各家服务商都在自己的名字下，localhost 是 {1}",
                     {name(opened.way), services_.street().stands.front().scenario.id}));
    for (const Bound& bound : opened.sockets) services_.listen(bound);
    interrupt_.emplace(loop_, SIGINT, [this] { network_->signal(SIGINT); });
    terminate_.emplace(loop_, SIGTERM, [this] { time_is_up(); });
    if (options_.time) time_.start(*options_.time);
    network_->start(terminal_.is_ours());
  }

  void refused(const std::vector<core::Text>& refusals) {
    say({"this system closes no network for a program:", "这个系统不允许为程序建立封闭网络："});
    for (const core::Text& why : refusals) told_ << "  " << why.in(options_.language) << '\n';
    if (can_be_told(options_.command)) return run_openly();
    say(
        {"install bubblewrap (apt install bubblewrap), or let the program be told where to connect: write {host}, {port} and "
         "{tls-port} into its arguments",
         "请安装 bubblewrap（apt install bubblewrap），或者让程序能得知连到哪里：在它的参数里写 {host}、{port} 和 {tls-port}"});
    status_ = client::kNetwork;
    loop_.stop();
  }

  // In the system's own network, where nothing keeps it from going elsewhere.
  void run_openly() {
    const auto ports = services_.listen_openly();
    if (!ports) {
      status_ = fail(ports.error());
      return loop_.stop();
    }
    say(core::phrase("so {0} stands at {1}, port {2} (TLS: {3}), and the program runs in the open network",
                     "于是 {0} 在 {1} 的 {2} 端口（TLS：{3}），程序在开放的网络里运行",
                     {services_.street().stands.front().scenario.id, ports->host, ports->clear, ports->tls}));
    net::Process::Start start;
    start.command = filled_in(options_.command, *ports);
    start.descriptors = {options_.input.empty() ? STDIN_FILENO : input_.number(), STDOUT_FILENO, STDERR_FILENO};
    for (char** variable = environ; *variable != nullptr; ++variable) start.environment.emplace_back(*variable);
    auto started = net::Process::start(loop_, start, [this](int status, int signal) {
      is_alone_ = true;                            // nobody knows
      exited(signal != 0 ? signal : status << 8);  // as waitpid(2) puts it
    });
    if (!started) {
      status_ = fail(started.error());
      return loop_.stop();
    }
    process_ = std::move(*started);
    watch(process_->id(), 0);
    if (options_.time) time_.start(*options_.time);
  }

  void send(int number) {
    if (process_) return process_->kill(number);
    network_->signal(number);
  }

  void end() {
    if (process_) return ended();
    network_->end();
  }

  void stopped() {
    terminal_.take_back();
    Terminal::stop();
    terminal_.put_back();
    network_->resume(terminal_.is_ours());
  }

  void time_is_up() {
    is_over_time_ = true;
    send(was_asked_ ? SIGKILL : SIGTERM);
    was_asked_ = true;
    time_.start(kGrace);
  }

  void exited(int status) {
    time_.stop();
    exit_status_ = status;
    terminal_.take_back();
    settle_.start(kSettling);
    last_words_.start(kLastWords);
  }

  void ended() {
    if (exit_status_) tell();
    loop_.stop();
  }

  void tell() {
    told_ << services_.report();
    const int status = *exit_status_;
    const std::string command = core::show_bytes(options_.command.front());
    if (WIFSIGNALED(status)) {
      say(core::phrase("{0} was ended by signal {1}", "{0} 被信号 {1} 结束", {command, WTERMSIG(status)}));
    } else {
      say(core::phrase("{0} ended with exit status {1}", "{0} 结束，退出状态 {1}", {command, WEXITSTATUS(status)}));
    }
    if (is_over_time_ && options_.time) say({"it was still running when its time was over", "时间到了它还没有结束"});
    if (!is_alone_) say({"what it had started was still running, and was ended", "它启动的进程还在运行，已经结束它们"});
    for (const std::string& user : services_.guests())
      say(core::phrase("{0} was taken for an account, since its password has the form of one there",
                       "{0} 被当作那里的账号，因为它的密码符合那里的形式", {core::show_bytes(user)}));
    for (const std::string& name : services_.strangers())
      say(core::phrase("{0} is none of the providers known here: it led to localhost",
                       "{0} 不是这里认识的服务商，连到了 localhost", {core::show_bytes(name)}));
    if (!services_.was_visited()) {
      say({"it never connected to any of the servers", "它没有连接过任何服务器"});
    }
    const bool is_well = WIFEXITED(status) && WEXITSTATUS(status) == 0 && services_.went_well();
    status_ = is_well ? client::kDone : client::kFailed;
  }

  const RunOptions& options_;
  std::ostream& told_;
  net::Loop loop_;
  std::optional<Watch> watch_;
  Services services_;
  Terminal terminal_;
  Descriptor input_;
  net::Timer time_{loop_, [this] { time_is_up(); }};
  net::Timer settle_{loop_, [this] { services_.when_silent([this] { last_words_.start(std::chrono::milliseconds(0)); }); }};
  net::Timer last_words_{loop_, [this] { end(); }};
  std::optional<net::Signal> interrupt_;
  std::optional<net::Signal> terminate_;
  std::unique_ptr<ClosedNetwork> network_;
  std::unique_ptr<net::Process> process_;  // instead, where no network can be closed
  std::optional<int> exit_status_;
  int status_ = client::kFailed;
  bool is_alone_ = false;
  bool is_over_time_ = false;
  bool was_asked_ = false;
};

}  // namespace

int run(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
        std::ostream& told) {
  const auto fail = [&](const core::Error& error) {
    told << "smtplab: " << core::describe(error, options.language) << '\n';
    return static_cast<int>(client::kUsage);
  };
  std::vector<scenario::Probe> probes;
  if (!options.probes.empty()) {
    auto parsed = scenario::parse_probes(options.probes);
    if (!parsed) return fail(parsed.error());
    probes = std::move(*parsed);
  }
  auto street = build_street(catalogue, options.scenarios, probes);
  if (!street) return fail(street.error());
  return Run(options, knowledge, std::move(*street), told).run();
}

}  // namespace program
