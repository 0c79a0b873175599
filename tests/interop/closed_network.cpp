// A program that opens a closed network as `smtplab run` does, greets whoever connects in there, and says what happens: one
// word a line, with what belongs to it. For test_closed_network.py.
//
//     closed_network ADDRESS:PORT,… PATH=CONTENT,… -- PROGRAM ARGUMENT…
#include "client/program/closed_network.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "client/program/hidden.h"
#include "net/listener.h"

namespace {

std::vector<std::string> parts(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    found.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

template <typename... Values>
void tell(const Values&... values) {
  (std::cerr << ... << values) << std::endl;
}

class Host {
 public:
  int run(const std::vector<std::string>& words) {
    program::Setup setup;
    for (const std::string& place : parts(words.at(0))) {
      const std::size_t colon = place.find(':');
      setup.plan.places.push_back({place.substr(0, colon), static_cast<std::uint16_t>(std::stoi(place.substr(colon + 1)))});
    }
    for (const std::string& overlay : parts(words.at(1))) {
      const std::size_t sign = overlay.find('=');
      setup.plan.overlays.push_back({overlay.substr(0, sign), overlay.substr(sign + 1) + "\n"});
    }
    setup.ways = program::all_ways(geteuid() == 0);
    setup.smtplab = std::filesystem::read_symlink("/proc/self/exe");
    setup.command.assign(words.begin() + 3, words.end());
    for (char** variable = environ; *variable != nullptr; ++variable) setup.environment.emplace_back(*variable);
    network_ = std::make_unique<program::ClosedNetwork>(loop_, std::move(setup), events());
    loop_.run();
    network_.reset();
    streams_.clear();
    listeners_.clear();
    return status_;
  }

 private:
  program::NetworkEvents events() {
    program::NetworkEvents events;
    events.on_open = [this](program::Opened opened) { open(std::move(opened)); };
    events.on_refused = [this](const std::vector<core::Text>& refusals) {
      for (const core::Text& why : refusals) tell("refused ", why.en);
      loop_.stop();
    };
    events.on_started = [](int number) { tell("started ", number); };
    events.on_not_started = [this](int error) {
      tell("not-started ", error);
      network_->end();
    };
    events.on_stopped = [this] {
      tell("stopped");
      network_->resume(program::Tty::kNone);
    };
    events.on_exited = [this](int status, std::uint32_t) {
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      tell("exited ", status_);
      network_->end();
    };
    events.on_ended = [this] {
      tell("ended");
      loop_.stop();
    };
    return events;
  }

  void open(program::Opened opened) {
    for (const core::Text& why : opened.refusals) tell("refused ", why.en);
    tell("open ", opened.way.by == program::Way::By::kBubblewrap ? "bubblewrap" : "ourselves",
         opened.way.is_user ? " user" : "", opened.way.sees_proc ? " proc" : "");
    for (const program::Bound& bound : opened.sockets) {
      auto listener = net::Listener::adopt(loop_, bound.descriptor, [this, place = bound.place](auto stream) {
        stream->start({[](std::string_view) {}, [] {}, [](const core::Error&) {}});
        stream->write("220 " + place.address + " " + std::to_string(place.port) + "\r\n");
        stream->finish();
        streams_.push_back(std::move(stream));
      });
      if (listener) listeners_.push_back(std::move(*listener));
    }
    if (opened.packets >= 0) close(opened.packets);
    network_->start(program::Tty::kNone);
  }

  net::Loop loop_;
  std::unique_ptr<program::ClosedNetwork> network_;
  std::vector<std::unique_ptr<net::Listener>> listeners_;
  std::vector<std::unique_ptr<net::Stream>> streams_;
  int status_ = 125;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  program::serve_hidden(words);
  return Host().run(words);
}
