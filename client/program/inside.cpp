#include "client/program/inside.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/program/loopback.h"
#include "client/program/words.h"

namespace program {
namespace {

// What a terminal sends to everybody, and what would end or stop us for another's sake.
constexpr std::array kIgnored{SIGINT, SIGQUIT, SIGHUP, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};

// Processes and threads that the program may have: enough for any client, and the machine stays usable beside one that forks
// without end. It binds nobody else, since the user namespace counts its own (setrlimit(2)), and root nowhere.
constexpr rlim_t kMostProcesses = 1024;

// Never more than it had. most: 0 changes nothing.
void bound(__rlimit_resource what, rlim_t most) {
  rlimit limit{};
  if (most == 0 || getrlimit(what, &limit) != 0 || limit.rlim_cur <= most) return;
  limit.rlim_cur = most;
  setrlimit(what, &limit);
}

// A bound socket; nothing: errno says why. Whoever accepts on it makes it listen.
std::optional<int> open_at(const Place& place) {
  const int descriptor = socket(AF_INET, (place.is_udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return std::nullopt;
  const int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));  // beside the one that listens everywhere
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(place.port);
  inet_pton(AF_INET, place.address.c_str(), &where.sin_addr);
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) == 0) return descriptor;
  const int why = errno;
  close(descriptor);
  errno = why;
  return std::nullopt;
}

bool hand_over(const std::vector<Place>& places) {
  std::vector<int> open;
  const auto send = [&] {
    const bool heard = say(kControl, {Says::kListening, 0, 0}, open);
    for (const int descriptor : open) close(descriptor);
    open.clear();
    return heard;
  };
  for (const Place& place : places) {
    const std::optional<int> descriptor = open_at(place);
    if (!descriptor) {
      say(kControl, {Says::kFailed, errno, static_cast<std::int32_t>(Step::kListen)});
      return false;
    }
    open.push_back(*descriptor);
    if (open.size() == kMostDescriptors && !send()) return false;
  }
  return open.empty() || send();
}

// Where the system does not let us, other addresses are out of reach as before, and nobody sees where somebody wanted to go.
void hand_over_packets() {
  make_everything_local();
  const int packets = watch_packets();
  if (packets < 0) return;
  say(kControl, {Says::kPackets, 0, 0}, {packets});
  close(packets);
}

// Bit by bit, of the first ones. A file that was made and never read since has the time of its making (mount(8), relatime).
std::int32_t overlays_read(const Plan& plan) {
  std::int32_t read = 0;
  for (std::size_t at = 0; at < plan.overlays.size() && at < 31; ++at) {
    struct stat known {};
    if (stat(plan.overlays[at].path.c_str(), &known) != 0) continue;
    const auto time = [](const timespec& moment) { return std::pair(moment.tv_sec, moment.tv_nsec); };
    if (time(known.st_atim) > time(known.st_mtim)) read |= static_cast<std::int32_t>(1U << at);
  }
  return read;
}

// The terminal belongs to this group from here on. SIGTTOU is ignored or blocked by whoever calls.
void give_terminal(pid_t group) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return;
  tcsetpgrp(terminal, group);
  close(terminal);
}

// From here on the terminal among the standard streams is that of a session of our own, in which the program is a job: stopped
// with Ctrl-Z it has somebody who can let it go on (setsid(2), TIOCSCTTY).
void own_terminal() {
  setsid();
  for (int standard = kProgramIn; standard < kFirstOverlay; ++standard) {
    if (isatty(standard) != 0 && ioctl(standard, TIOCSCTTY, 0) == 0) return;
  }
}

[[noreturn]] void become(const std::vector<std::string>& command, Tty tty, const Limits& limits) {
  setpgid(0, 0);
  if (tty != Tty::kNone) give_terminal(getpid());
  for (const int number : kIgnored) signal(number, SIG_DFL);
  sigset_t none{};
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int standard = 0; standard < 3; ++standard) dup2(kProgramIn + standard, standard);
  close_range(kControl, ~0U, CLOSE_RANGE_CLOEXEC);
  bound(RLIMIT_NPROC, kMostProcesses);
  bound(RLIMIT_FSIZE, limits.file_octets);
  bound(RLIMIT_CPU, limits.cpu_seconds);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);  // what let us listen below 1024 is not the program's
  say(kControl, {Says::kStarted, 0, 0});
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words.front(), words.data());
  say(kControl, {Says::kNotStarted, errno, 0});
  _exit(127);
}

// The program, and all that it leaves behind.
class Ward {
 public:
  Ward(const Plan& plan, const std::vector<std::string>& command) : plan_(plan), command_(command) {}

  void obey(const Word& word) {
    const auto tty = static_cast<Tty>(word.number);
    if (word.says == Says::kStart && group_ == 0) {
      if (tty == Tty::kOwn) own_terminal();
      const pid_t child = fork();
      if (child == 0) become(command_, tty, plan_.limits);
      if (child < 0) {
        say(kControl, {Says::kNotStarted, errno, 0});
        return;
      }
      setpgid(child, child);  // both do, so that neither waits for the other
      group_ = child;
    } else if (word.says == Says::kContinue && group_ != 0) {
      if (tty == Tty::kLent) give_terminal(group_);
      kill(-group_, SIGCONT);
    } else if (word.says == Says::kSignal && group_ != 0) {
      kill(-group_, word.number);
    }
  }

  // Orphans come to whoever is the first process: so everything that has ended is waited for here.
  void reap() {
    int status = 0;
    pid_t ended = 0;
    while ((ended = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
      if (ended != group_) continue;
      if (WIFSTOPPED(status)) {
        say(kControl, {Says::kStopped, 0, 0});
      } else {
        say(kControl, {Says::kExited, status, overlays_read(plan_)});
        has_exited_ = true;
      }
    }
    if (ended < 0 && errno == ECHILD && has_exited_) say(kControl, {Says::kAlone, 0, 0});
  }

 private:
  const Plan& plan_;
  const std::vector<std::string>& command_;
  pid_t group_ = 0;
  bool has_exited_ = false;
};

}  // namespace

int live_inside(const Plan& plan, const std::vector<std::string>& command) {
  for (const int number : kIgnored) signal(number, SIG_IGN);
  sigset_t children{};
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, nullptr);
  const int ended = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (!hand_over(plan.places)) return 1;
  hand_over_packets();
  if (!say(kControl, {Says::kReady, 0, 0})) return 1;

  Ward ward(plan, command);
  std::array<pollfd, 2> awaited{{{kControl, POLLIN, 0}, {ended, POLLIN, 0}}};
  while (poll(awaited.data(), awaited.size(), -1) > 0 || errno == EINTR) {
    if (awaited[0].revents != 0) {
      const std::optional<Heard> heard = hear(kControl);
      if (heard && heard->word.says == Says::kGone) return 0;
      if (heard) ward.obey(heard->word);
    }
    if (awaited[1].revents != 0) {
      signalfd_siginfo which{};
      while (read(ended, &which, sizeof(which)) > 0) continue;
      ward.reap();
    }
  }
  return 1;
}

}  // namespace program
