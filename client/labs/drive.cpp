#include "client/labs/drive.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/program/watch.h"
#include "core/show.h"

namespace lab {
namespace {

constexpr int kUntilItListens = 20'000;  // milliseconds, in steps of kStep
constexpr int kStep = 20;
constexpr int kUntilItAnswers = 10'000;
constexpr int kBetweenPieces = 60;  // so that they arrive as they were sent
constexpr std::size_t kLongestReply = std::size_t{64} * 1024;
constexpr const char* kPort = "2525";  // where a server is told to listen

// The first port on which somebody listens in this network.
std::optional<int> listening_port() {
  const auto ports = program::Watch(getpid(), 0).listens({});
  return ports.empty() ? std::nullopt : std::optional<int>(ports.front());
}

void sleep_for(int milliseconds) { poll(nullptr, 0, milliseconds); }

// One connection to it.
class Client {
 public:
  explicit Client(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) == 0;
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool is_open() const { return is_open_; }

  void send(std::string_view octets) {
    while (!octets.empty()) {
      const ssize_t put = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
      if (put <= 0) return;
      octets.remove_prefix(static_cast<std::size_t>(put));
    }
  }

  void hang_up() { shutdown(socket_, SHUT_RDWR); }

  // A line with its end; what came of it when no more comes in time, or the other end is closed.
  std::string line() {
    for (;;) {
      const std::size_t end = heard_.find('\n');
      if (end != std::string::npos || heard_.size() > kLongestReply || !hear()) {
        const std::size_t length = end == std::string::npos ? heard_.size() : end + 1;
        std::string line = heard_.substr(0, length);
        heard_.erase(0, length);
        return line;
      }
    }
  }

 private:
  bool hear() {
    pollfd in{socket_, POLLIN, 0};
    if (poll(&in, 1, kUntilItAnswers) <= 0) return false;
    std::array<char, 4096> piece{};
    const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) return false;
    heard_.append(piece.data(), static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  bool is_open_ = false;
  std::string heard_;
};

class Conversation {
 public:
  explicit Conversation(int port) : port_(port) {}

  Spoke have(const Talk& talk) {
    spoke_.talk = talk.name;
    spoke_.is_right = true;
    for (const Turn& turn : talk.turns) {
      if (!spoke_.is_right) break;
      take(turn);
    }
    return std::move(spoke_);
  }

 private:
  void take(const Turn& turn) {
    const auto [hit, is_new] = clients_.try_emplace(turn.client, port_);
    Client& client = hit->second;
    if (is_new && !client.is_open()) return fail({"it took no connection", "它不接受连接"});
    if (turn.is == Turn::Is::kHears) return hear(client, turn);
    if (turn.is == Turn::Is::kHangsUp) return client.hang_up();
    client.send(turn.is == Turn::Is::kSays ? turn.text + "\r\n" : turn.text);
    spoke_.lines.push_back({true, turn.client, core::show_bytes(core::without_line_end(turn.text)), false});
    if (turn.is == Turn::Is::kSends) sleep_for(kBetweenPieces);
  }

  void hear(Client& client, const Turn& turn) {
    for (;;) {
      const std::string line = client.line();
      const bool fits = core::matches_glob(line.substr(0, 3), turn.text);
      spoke_.lines.push_back({false, turn.client, core::show_bytes(core::without_line_end(line)), !fits});
      if (line.empty()) return fail(core::phrase("no reply came, where {0} belongs", "没有回复，应为 {0}", {turn.text}));
      if (!fits)
        return fail(core::phrase("the reply was {0}, where {1} belongs", "回复是 {0}，应为 {1}",
                                 {core::show_bytes(line.substr(0, 3)), turn.text}));
      if (!line.ends_with("\r\n")) return fail({"a line of the reply does not end with CR LF", "回复的一行没有以 CR LF 结尾"});
      if (line.size() < 4 || line[3] != '-') return;
    }
  }

  void fail(core::Text why) {
    spoke_.is_right = false;
    spoke_.wrong = std::move(why);
    if (!spoke_.lines.empty()) spoke_.lines.back().is_wrong = true;
  }

  int port_;
  std::map<std::size_t, Client> clients_;
  Spoke spoke_;
};

pid_t start(const std::vector<std::string>& command) {
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<std::string> words;
  for (const std::string& word : command) words.push_back(core::replace_all(word, "{port}", kPort));
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  execvp(pointers.front(), pointers.data());
  _exit(127);
}

// The server, begun anew where it has ended, or did not answer as it should: one mistake is one.
class Server {
 public:
  explicit Server(std::vector<std::string> command) : command_(std::move(command)) {}
  ~Server() { end(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens; nothing: it does not. Who is about to end is begun anew.
  std::optional<int> port() {
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (!runs()) process_ = start(command_);
      for (int waited = 0; waited < kUntilItListens && runs(); waited += kStep) {
        if (const auto port = listening_port()) return port;
        sleep_for(kStep);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool runs() {
    if (process_ > 0 && waitpid(process_, nullptr, WNOHANG) != 0) process_ = 0;
    return process_ > 0;
  }

  void end() {
    if (!runs()) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  std::vector<std::string> command_;
  pid_t process_ = 0;
};

Driven drive(const std::vector<Talk>& talks, Server& server) {
  Driven driven;
  driven.port = server.port();
  driven.is_alive = driven.port.has_value();
  for (const Talk& talk : talks) {
    const auto port = server.port();
    if (!port) break;
    driven.spoke.push_back(Conversation(*port).have(talk));
    sleep_for(kBetweenPieces);  // who ends with its client is gone by then
    driven.is_alive = driven.is_alive && server.runs();
    if (!driven.spoke.back().is_right) server.end();
  }
  if (const auto port = driven.is_alive ? server.port() : std::nullopt) {
    Client last(*port);
    driven.is_alive = last.is_open() && last.line().starts_with("220");
  }
  return driven;
}

}  // namespace

void serve_drive(const std::vector<std::string>& words) {
  if (words.size() < 3 || words[0] != kDriveHidden) return;
  // The file is gone before the server begins: nobody else reads or writes it.
  const int file = open(words[1].c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) _exit(127);
  unlink(words[1].c_str());
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t got = 0; (got = read(file, piece.data(), piece.size())) > 0;)
    text.append(piece.data(), static_cast<std::size_t>(got));
  std::string result;
  {
    Server server({words.begin() + 2, words.end()});
    result = as_json(drive(talks_from(text), server));
  }
  const bool is_written =
      ftruncate(file, 0) == 0 && pwrite(file, result.data(), result.size(), 0) == static_cast<ssize_t>(result.size());
  _exit(is_written ? 0 : 1);
}

}  // namespace lab
