#include "client/program/execution.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/explain/secrets.h"
#include "client/program/attendant.h"
#include "client/program/closed_network.h"
#include "client/program/java_trust.h"
#include "client/program/memory_file.h"
#include "client/program/outcome.h"
#include "client/program/quick_clock.h"
#include "client/program/services.h"
#include "client/program/standard_streams.h"
#include "client/program/surroundings.h"
#include "client/program/symptoms.h"
#include "client/program/terminal.h"
#include "client/program/told_ports.h"
#include "client/program/traceback.h"
#include "client/program/typed_streams.h"
#include "client/program/wanted.h"
#include "client/program/watch.h"
#include "core/show.h"
#include "core/system_text.h"
#include "mockserver/mock_server.h"
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

bool can_be_told(const std::vector<std::string>& words) { return std::any_of(words.begin(), words.end(), asks_for_port); }

std::vector<std::string> own_environment() {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) all.emplace_back(*variable);
  return all;
}

// Whether the overlay of a file that certificates are believed from is among those that were read.
bool is_authority_read(const Plan& plan, const std::string& authority, std::uint32_t read) {
  const std::string for_java = java_trust(authority);
  for (std::size_t at = 0; at < plan.overlays.size() && at < 31; ++at) {
    const std::string& content = plan.overlays[at].content;
    if ((read >> at & 1U) != 0 && (content == authority || content == for_java)) return true;
  }
  return false;
}

}  // namespace

class Execution::Impl {
 public:
  Impl(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge, Street street,
       std::ostream& told)
      : options_(options),
        catalogue_(catalogue),
        knowledge_(knowledge),
        told_(told),
        services_(loop_, std::move(street), options, knowledge) {
    outcome_.command = options.show_secrets ? options.command : explain::without_secrets(options.command);
    outcome_.first = services_.street().stands.front().scenario.id;
  }

  core::Result<void> run() {
    if (auto ready = services_.prepare(); !ready) return ready;
    if (auto begun = begin(); !begun) return begun;
    if (!is_ended_) loop_.run();
    network_.reset();
    process_.reset();
    services_.close();
    return result_;
  }

  [[nodiscard]] Story story() const {
    const int status = outcome_.status;
    const bool is_well = WIFEXITED(status) && WEXITSTATUS(status) == 0 && services_.went_well();
    return {outcome_, services_, symptoms_of(outcome_, services_), read_traceback(outcome_.said, knowledge_, catalogue_),
            is_well};
  }

 private:
  void say(const core::Text& text) {
    if (!options_.is_json) told_ << "smtplab: " << text.in(options_.language) << '\n' << std::flush;
  }

  void stop(core::Result<void> result) {
    result_ = std::move(result);
    is_ended_ = true;
    loop_.stop();
  }

  core::Result<void> begin() {
    const auto authority = mockserver::MockServer::authority_pem();
    if (!authority) return core::Failure(authority.error());
    authority_ = *authority;
    if (!options_.input.empty()) {
      input_ = Descriptor(open(options_.input.c_str(), O_RDONLY | O_CLOEXEC));
      if (input_.number() < 0)
        return core::fail(core::Blame::kInput, core::system_text(errno), core::show_bytes(options_.input));
    }
    open_streams();
    interrupt_.emplace(loop_, SIGINT, [this] { send(SIGINT); });
    terminate_.emplace(loop_, SIGTERM, [this] { time_is_up(); });
    if (options_.is_open) {
      run_openly();
    } else {
      close_network();
    }
    return {};
  }

  void open_streams() {
    const std::optional<int> input = input_.number() < 0 ? std::nullopt : std::optional(input_.number());
    if (options_.typist) {
      auto typed = std::make_unique<TypedStreams>(loop_, input, options_.output_limit, [this] { too_much(); });
      attendant_.emplace(loop_, options_, *typed, Attendant::Events{[this] { stuck(); }, [this] { too_large(); }});
      streams_ = std::move(typed);
    } else {
      streams_ =
          std::make_unique<StandardStreams>(loop_, input.value_or(STDIN_FILENO), terminal_.is_ours() && !options_.is_open,
                                            options_.output_limit, [this] { too_much(); });
    }
  }

  void close_network() {
    Setup setup;
    if (!options_.is_bare) setup.plan.places = services_.places();
    setup.plan.limits = options_.limits;
    setup.folder = options_.folder;
    furnish(setup.plan, hosts_file(services_.street(), machine_name()), authority_);
    setup.ways = all_ways(geteuid() == 0);
    setup.smtplab = options_.smtplab;
    const OpenPorts ports = services_.usual_ports();
    for (const std::string& word : options_.command) setup.command.push_back(filled_in(word, ports));
    setup.environment = told_environment(environment_for(setup.plan), ports);
    make_plain(setup.environment);
    setup.input = streams_->input();
    setup.output = streams_->output();
    setup.error = streams_->error();
    plan_ = setup.plan;
    network_ = std::make_unique<ClosedNetwork>(loop_, std::move(setup), events());
  }

  // A terminal on which nobody sits understands nothing but lines (terminfo's "dumb").
  void make_plain(std::vector<std::string>& environment) const {
    if (!options_.typist) return;
    std::erase_if(environment, [](const std::string& one) { return one.starts_with("TERM="); });
    environment.emplace_back("TERM=dumb");
    quicken(environment, options_.clock_factor);
  }

  NetworkEvents events() {
    NetworkEvents events;
    events.on_open = [this](const Opened& opened) { open_doors(opened); };
    events.on_refused = [this](const std::vector<core::Text>& refusals) { refused(refusals); };
    events.on_started = [this](int number) { started(number, parent_of(number)); };
    events.on_not_started = [this](int error) {
      result_ = not_started(error);
      network_->end();
    };
    events.on_stopped = [this] { stopped(); };
    events.on_exited = [this](int status, std::uint32_t read) {
      outcome_.is_certificate_read = is_authority_read(plan_, authority_, read);
      exited(status);
    };
    events.on_alone = [this] { is_alone_ = true; };
    events.on_ended = [this] { ended(); };
    return events;
  }

  core::Result<void> not_started(int error) const {
    return core::Failure(core::Error{core::Blame::kInput,
                                     core::phrase("{0} cannot be started: {1}", "{0} 无法启动：{1}",
                                                  {core::show_bytes(options_.command.front()), core::system_text(error)}),
                                     {},
                                     {},
                                     "not-started"});
  }

  void started(int program, int keeper) {
    watch_.emplace(program, keeper);
    services_.begin(*watch_);
    streams_->begin();
    if (attendant_) attendant_->begin(*watch_, services_);
  }

  void open_doors(const Opened& opened) {
    outcome_.way = opened.way;
    outcome_.refusals = opened.refusals;
    say(core::phrase("a closed network ({0}): every provider stands at its own name, and localhost is {1}",
                     "封闭网络（{0}）：各家服务商都在自己的名字下，localhost 是 {1}", {name(opened.way), outcome_.first}));
    for (const Bound& bound : opened.sockets) services_.listen(bound);
    if (opened.packets >= 0) wanted_.emplace(loop_, opened.packets);
    if (options_.time) time_.start(*options_.time);
    if (streams_->has_keyboard() && !attendant_) {
      terminal_.make_raw();
      continued_.emplace(loop_, SIGCONT, [this] { continued(); });
    }
    network_->start(tty());
  }

  [[nodiscard]] Tty tty() const {
    if (streams_->has_keyboard()) return Tty::kOwn;
    return terminal_.is_ours() ? Tty::kLent : Tty::kNone;
  }

  void refused(const std::vector<core::Text>& refusals) {
    outcome_.refusals = refusals;
    say({"this system closes no network for a program:", "这个系统不允许为程序建立封闭网络："});
    for (const core::Text& why : refusals) {
      if (!options_.is_json) told_ << "  " << why.in(options_.language) << '\n';
    }
    network_.reset();
    if (can_be_told(options_.command) || can_be_told(own_environment())) return run_openly();
    const core::Error error{core::Blame::kSystem,
                            {"no network can be closed here", "这里无法建立封闭网络"},
                            {},
                            {"install bubblewrap (apt install bubblewrap), or let the program be told where to connect: write "
                             "{host}, {port} and {port:smtps} into its arguments, or let it read SMTPLAB_HOST and SMTPLAB_PORT "
                             "and say --open",
                             "请安装 bubblewrap（apt install bubblewrap），或者让程序能得知连到哪里：在它的参数里写 {host}、"
                             "{port} 和 {port:smtps}，或者让它读 SMTPLAB_HOST 和 SMTPLAB_PORT 并加上 --open"}};
    stop(core::Failure(error));
  }

  // In the system's own network, where nothing keeps it from going elsewhere.
  void run_openly() {
    const auto ports = services_.listen_openly();
    if (!ports) return stop(core::Failure(ports.error()));
    say(core::phrase("{0} stands at {1}, port {2}, and the program runs in the open network, where it is told so",
                     "{0} 在 {1} 的 {2} 端口，程序在开放的网络里运行，要告诉它连到那里",
                     {outcome_.first, ports->host, ports->first}));
    authority_file_ = memory_file(authority_);
    net::Process::Start start;
    for (const std::string& word : options_.command) start.command.push_back(filled_in(word, *ports));
    start.descriptors = {streams_->input(), streams_->output(), streams_->error()};
    const std::string authority = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(authority_file_.number());
    start.environment = told_environment(environment_with(authority), *ports);
    make_plain(start.environment);
    start.folder = options_.folder;
    auto begun = net::Process::start(loop_, start, [this](int status, int signal) {
      is_alone_ = true;                            // nobody knows
      exited(signal != 0 ? signal : status << 8);  // as waitpid(2) puts it
    });
    if (!begun) return stop(core::Failure(begun.error()));
    process_ = std::move(*begun);
    started(process_->id(), 0);
    if (options_.time) time_.start(*options_.time);
  }

  void send(int number) {
    look();
    if (process_) return process_->kill(number);
    if (network_) network_->signal(number);
  }

  void end() {
    if (process_) return ended();
    network_->end();
  }

  void stopped() {
    streams_->pause_keyboard();
    terminal_.take_back();
    Terminal::stop();
    continued();
    network_->resume(tty());
  }

  // In front again, perhaps: the terminal is as the program had left it.
  void continued() {
    if (!terminal_.is_ours()) return;
    terminal_.put_back();
    streams_->resume_keyboard();
  }

  // What it is doing, while it still does something.
  void look() {
    if (!watch_ || outcome_is_final_) return;
    outcome_.reads_input = watch_->reads_input();
    std::vector<std::uint16_t> ours;
    for (const Place& place : services_.places()) ours.push_back(place.port);
    if (outcome_.way) outcome_.listens = watch_->listens(ours);
  }

  void time_is_up() {
    outcome_.is_over_time = true;
    if (!was_asked_) look();
    outcome_is_final_ = true;
    end_program();
  }

  void stuck() {
    look();
    outcome_.is_stuck = true;
    outcome_is_final_ = true;
    end_program();
  }

  void too_large() {
    outcome_.is_over_memory = true;
    end_program();
  }

  void too_much() {
    outcome_.is_over_output = true;
    end_program();
  }

  void end_program() {
    send(was_asked_ ? SIGKILL : SIGTERM);
    was_asked_ = true;
    time_.start(kGrace);
  }

  void exited(int status) {
    time_.stop();
    attendant_.reset();
    has_exited_ = true;
    outcome_.status = status;
    streams_->drain();
    terminal_.take_back();
    settle_.start(kSettling);
    last_words_.start(kLastWords);
  }

  void ended() {
    if (has_exited_) {
      conclude();
    } else if (result_) {
      result_ = core::fail(core::Blame::kSystem, {"its closed network was ended by somebody else", "封闭网络被别人结束了"});
    }
    stop(std::move(result_));
  }

  void conclude() {
    streams_->drain();
    if (wanted_) wanted_->look();
    if (wanted_) outcome_.wanted = wanted_->places();
    outcome_.has_left_processes = !is_alone_;
    outcome_.is_over_time = outcome_.is_over_time && options_.time;
    outcome_.said = streams_->said();
  }

  const RunOptions& options_;
  const scenario::Catalogue& catalogue_;
  const knowledge::Knowledge& knowledge_;
  std::ostream& told_;
  net::Loop loop_;
  std::optional<Watch> watch_;
  Services services_;
  Terminal terminal_;
  Descriptor input_;
  std::unique_ptr<Streams> streams_;
  std::optional<Attendant> attendant_;
  std::string authority_;
  Descriptor authority_file_;
  Plan plan_;
  std::optional<Wanted> wanted_;
  net::Timer time_{loop_, [this] { time_is_up(); }};
  net::Timer settle_{loop_, [this] { services_.when_silent([this] { last_words_.start(std::chrono::milliseconds(0)); }); }};
  net::Timer last_words_{loop_, [this] { end(); }};
  std::optional<net::Signal> interrupt_;
  std::optional<net::Signal> terminate_;
  std::optional<net::Signal> continued_;
  std::unique_ptr<ClosedNetwork> network_;
  std::unique_ptr<net::Process> process_;  // instead, where no network can be closed
  Outcome outcome_;
  core::Result<void> result_;
  bool has_exited_ = false;
  bool is_ended_ = false;
  bool is_alone_ = false;
  bool was_asked_ = false;
  bool outcome_is_final_ = false;  // of what it was doing
};

Execution::Execution(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
                     Street street, std::ostream& told)
    : impl_(std::make_unique<Impl>(options, catalogue, knowledge, std::move(street), told)) {}

Execution::~Execution() = default;

core::Result<void> Execution::run() { return impl_->run(); }

Story Execution::story() const { return impl_->story(); }

}  // namespace program
