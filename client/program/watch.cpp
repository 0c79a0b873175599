#include "client/program/watch.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include <sys/syscall.h>
#include <unistd.h>

namespace program {
namespace {

constexpr std::size_t kMostLookedAt = 1000;  // of more not all are looked at

std::string folder_of(int process) { return "/proc/" + std::to_string(process); }

std::vector<int> threads_of(int process) {
  std::vector<int> threads;
  std::error_code failed;
  std::filesystem::directory_iterator folder(folder_of(process) + "/task", failed);
  for (; !failed && folder != std::filesystem::directory_iterator(); folder.increment(failed))
    threads.push_back(std::stoi(folder->path().filename()));
  return threads;
}

std::string thread_file(int process, int thread, const char* name) {
  return folder_of(process) + "/task/" + std::to_string(thread) + "/" + name;
}

// The letter behind the name in parentheses, which may hold anything: R, S, D, T, Z …; 0: the thread has ended.
char state_of(int process, int thread) {
  std::ifstream file(thread_file(process, thread, "stat"));
  std::string text;
  std::getline(file, text, '\0');
  const std::size_t end = text.rfind(')');
  return end == std::string::npos || end + 2 >= text.size() ? '\0' : text[end + 2];
}

// The system call that a thread sleeps in, and what it was called with.
struct Call {
  long number = -1;
  std::array<unsigned long, 6> arguments{};
};

// Nothing: it runs, or this may not be known.
std::optional<Call> call_of(int process, int thread) {
  std::ifstream file(thread_file(process, thread, "syscall"));
  Call call;
  if (!(file >> call.number)) return std::nullopt;
  for (unsigned long& argument : call.arguments) {
    std::string word;
    if (file >> word) argument = std::stoul(word, nullptr, 16);
  }
  return call;
}

bool is_any_of(long number, std::initializer_list<long> numbers) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// It ends by the clock alone: it waits for no descriptor.
bool is_timer(const Call& call) {
  if (is_any_of(call.number, {
#ifdef SYS_nanosleep
                                 SYS_nanosleep,
#endif
                                 SYS_clock_nanosleep}))
    return true;
  if (is_any_of(call.number, {
#ifdef SYS_select
                                 SYS_select,
#endif
                                 SYS_pselect6}))
    return call.arguments[0] == 0;
  if (is_any_of(call.number, {
#ifdef SYS_poll
                                 SYS_poll,
#endif
                                 SYS_ppoll}))
    return call.arguments[1] == 0;
  return false;
}

// It may end by the clock, whatever else it waits for.
bool has_time_out(const Call& call) {
  const auto none = [&](std::size_t argument) { return static_cast<int>(call.arguments[argument]) == -1; };
  if (is_any_of(call.number, {
#ifdef SYS_poll
                                 SYS_poll,
#endif
                             }))
    return !none(2);
  if (is_any_of(call.number, {
#ifdef SYS_epoll_wait
                                 SYS_epoll_wait,
#endif
                                 SYS_epoll_pwait}))
    return !none(3);
  if (call.number == SYS_ppoll) return call.arguments[2] != 0;
  if (call.number == SYS_futex) return call.arguments[3] != 0;
  if (is_any_of(call.number, {
#ifdef SYS_select
                                 SYS_select,
#endif
                                 SYS_pselect6}))
    return call.arguments[4] != 0;
  return is_timer(call);
}

Watch::Rest rest_of(int process, int thread) {
  const char state = state_of(process, thread);
  if (state == 'R' || state == 'D') return Watch::Rest::kBusy;
  const std::optional<Call> call = call_of(process, thread);
  if (state != 'S') return Watch::Rest::kForever;
  return call && !has_time_out(*call) ? Watch::Rest::kForever : Watch::Rest::kWithClock;
}

bool sleeps_until_called(int process, int thread) {
  const char state = state_of(process, thread);
  if (state != 'S') return state != 'R' && state != 'D';  // stopped, or at its end: nothing comes from it
  const std::optional<Call> call = call_of(process, thread);
  return !call || !is_timer(*call);
}

// A line of /proc/net/tcp.
struct SocketRow {
  std::uint16_t port = 0;  // its own
  std::string state;       // "0A" listens
  std::string inode;
};

// Sockets of IPv4 and of IPv6. To read one, the kernel walks a table as large as the machine's memory wants it: milliseconds.
constexpr std::array kSocketTables{"/net/tcp", "/net/tcp6"};

// TCP sockets of the network that the process is in.
std::vector<SocketRow> sockets_of(int process, const char* table) {
  std::vector<SocketRow> rows;
  std::ifstream file(folder_of(process) + table);
  std::string line;
  std::getline(file, line);  // the head
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string number, local, remote, queues, timer, retries, user, timeout;
    SocketRow row;
    words >> number >> local >> remote >> row.state >> queues >> timer >> retries >> user >> timeout >> row.inode;
    const std::size_t colon = local.rfind(':');
    if (colon == std::string::npos) continue;
    row.port = static_cast<std::uint16_t>(std::stoul(local.substr(colon + 1), nullptr, 16));
    rows.push_back(std::move(row));
  }
  return rows;
}

// The number of the connected socket whose own end this is; empty: it is gone, or in another network.
std::string socket_at(int process, const std::string& endpoint) {
  const std::size_t colon = endpoint.rfind(':');
  if (colon == std::string::npos) return {};
  const int port = std::atoi(endpoint.c_str() + colon + 1);
  for (const char* const table : kSocketTables) {
    for (const SocketRow& row : sockets_of(process, table)) {
      if (row.port == port && row.state != "0A" && row.inode != "0") return row.inode;
    }
  }
  return {};
}

bool has_open(int process, const std::string& what) {
  std::error_code failed;
  std::filesystem::directory_iterator folder(folder_of(process) + "/fd", failed);
  for (; !failed && folder != std::filesystem::directory_iterator(); folder.increment(failed)) {
    std::error_code unreadable;
    if (std::filesystem::read_symlink(folder->path(), unreadable) == what) return true;
  }
  return false;
}

}  // namespace

int parent_of(int process) {
  std::ifstream file(folder_of(process) + "/stat");
  std::string text;
  std::getline(file, text, '\0');
  std::istringstream words(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string state;
  int parent = 0;
  words >> state >> parent;
  return parent;
}

std::vector<int> Watch::processes() const {
  std::vector<int> all{keeper_ != 0 ? keeper_ : program_};
  for (std::size_t at = 0; at < all.size() && all.size() < kMostLookedAt; ++at) {
    for (const int thread : threads_of(all[at])) {
      std::ifstream children(thread_file(all[at], thread, "children"));
      for (int child = 0; children >> child;) all.push_back(child);
    }
  }
  if (keeper_ != 0) all.erase(all.begin());
  return all;
}

std::vector<int> Watch::holders_of(const std::string& endpoint, const std::vector<int>& among) const {
  const auto holders = [&](const std::string& socket) {
    std::vector<int> found;
    if (socket.empty()) return found;
    std::copy_if(among.begin(), among.end(), std::back_inserter(found),
                 [&](int process) { return has_open(process, "socket:[" + socket + "]"); });
    return found;
  };
  std::string& known = sockets_[endpoint];
  std::vector<int> found = holders(known);
  if (!found.empty()) return found;
  known = socket_at(program_, endpoint);
  return holders(known);
}

bool Watch::is_waiting(const std::string& endpoint) const {
  const std::vector<int> all = processes();
  const std::vector<int> holders = holders_of(endpoint, all);
  const std::vector<int>& asked = holders.empty() ? all : holders;
  return std::all_of(asked.begin(), asked.end(), [](int process) {
    const std::vector<int> threads = threads_of(process);
    return std::all_of(threads.begin(), threads.end(), [&](int thread) { return sleeps_until_called(process, thread); });
  });
}

Watch::Rest Watch::rest() const {
  Rest rest = Rest::kForever;
  for (const int process : processes()) {
    for (const int thread : threads_of(process)) rest = std::min(rest, rest_of(process, thread));
  }
  return rest;
}

std::uint64_t Watch::resident() const {
  static const auto kPage = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  std::uint64_t pages = 0;
  for (const int process : processes()) {
    std::ifstream file(folder_of(process) + "/statm");
    std::uint64_t whole = 0;
    std::uint64_t here = 0;
    std::uint64_t shared = 0;
    if (file >> whole >> here >> shared) pages += here - std::min(here, shared);
  }
  return pages * kPage;
}

bool Watch::reads_input() const {
  const auto reads = [](int process) {
    const std::vector<int> threads = threads_of(process);
    return std::any_of(threads.begin(), threads.end(), [&](int thread) {
      const std::optional<Call> call = call_of(process, thread);
      if (!call || call->number != SYS_read) return false;
      if (call->arguments[0] == 0) return true;
      std::error_code failed;
      const auto file = std::filesystem::read_symlink(folder_of(process) + "/fd/" + std::to_string(call->arguments[0]), failed);
      return file == "/dev/tty" || file.string().starts_with("/dev/pts/");
    });
  };
  const std::vector<int> all = processes();
  return std::any_of(all.begin(), all.end(), reads);
}

std::vector<std::uint16_t> Watch::listens(const std::vector<std::uint16_t>& ours) const {
  std::vector<std::uint16_t> ports;
  for (const char* const table : kSocketTables) {
    for (const SocketRow& row : sockets_of(program_, table)) {
      if (row.state == "0A" && std::find(ours.begin(), ours.end(), row.port) == ours.end()) ports.push_back(row.port);
    }
  }
  return ports;
}

}  // namespace program
