#include "client/program/closed_network.h"

#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

#include "client/program/memory_file.h"
#include "net/process.h"
#include "net/readable.h"
#include "net/timer.h"

namespace program {

struct ClosedNetwork::Impl {
  Impl(net::Loop& its_loop, Setup its_setup, NetworkEvents its_events)
      : loop(its_loop), setup(std::move(its_setup)), events(std::move(its_events)), begin(its_loop, [this] { try_way(); }) {}

  net::Loop& loop;
  Setup setup;
  NetworkEvents events;
  net::Timer begin;  // another way, when the loop has come back

  Descriptor plan;
  std::vector<Descriptor> overlays;
  Descriptor nothing;  // /dev/null
  Descriptor log;      // what is said on the way in

  std::size_t way = 0;
  std::vector<core::Text> refusals;
  Descriptor control;
  std::unique_ptr<net::Readable> heard;
  std::unique_ptr<net::Process> process;
  std::vector<Bound> sockets;
  Descriptor packets;
  std::optional<core::Text> failure;
  bool is_open = false;
  bool has_ended = false;  // the process; what it said last may still be to be heard

  void prepare();
  void try_way();
  void go_on();
  void refuse(core::Text why);
  void hear_all();
  void take(const Heard& word);
  void opened();
  void ended();
};

void ClosedNetwork::Impl::prepare() {
  plan = memory_file(as_text(setup.plan));
  for (const Overlay& overlay : setup.plan.overlays) overlays.push_back(memory_file(overlay.content));
  nothing = Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC));
  log = memory_file("");
}

void ClosedNetwork::Impl::try_way() {
  if (way == setup.ways.size()) {
    if (events.on_refused) events.on_refused(std::move(refusals));
    return;
  }
  int ends[2]{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return refuse(refusal(Step::kNamespaces, errno));
  control = Descriptor(ends[0]);
  const Descriptor inner(ends[1]);
  fcntl(control.number(), F_SETFL, O_NONBLOCK);
  const int on = 1;
  setsockopt(control.number(), SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));

  net::Process::Start start;
  start.command = command_line(setup.ways[way], setup.plan, setup.smtplab, setup.command);
  start.environment = setup.environment;
  start.folder = setup.folder;
  start.descriptors = {nothing.number(), log.number(), log.number(), inner.number(),
                       plan.number(),    setup.input,  setup.output, setup.error};
  for (const Descriptor& overlay : overlays) {
    rewind(overlay);
    start.descriptors.push_back(overlay.number());
  }
  empty(log);
  failure.reset();
  auto started = net::Process::start(loop, start, [this](int, int) {
    has_ended = true;
    ended();
  });
  if (!started) return refuse(core::phrase("{0}: {1}", "{0}：{1}", {name(setup.ways[way]), started.error().text}));
  process = std::move(*started);
  has_ended = false;
  heard = std::make_unique<net::Readable>(loop, control.number(), [this] { hear_all(); });
}

void ClosedNetwork::Impl::refuse(core::Text why) {
  if (refusals.empty() || refusals.back() != why) refusals.push_back(std::move(why));
  ++way;
  begin.start(std::chrono::milliseconds(0));
}

void ClosedNetwork::Impl::hear_all() {
  if (auto word = hear(control.number())) take(*word);  // it is called again while there are more
}

void ClosedNetwork::Impl::take(const Heard& heard_now) {
  const Word& word = heard_now.word;
  const auto tell = [](const auto& event, auto... what) {
    const auto copy = event;  // it may destroy all this
    if (copy) copy(what...);
  };
  switch (word.says) {
    case Says::kListening:
      for (const int descriptor : heard_now.descriptors) {
        if (sockets.size() < setup.plan.places.size()) sockets.push_back({setup.plan.places[sockets.size()], descriptor});
      }
      return;
    case Says::kPackets:
      for (const int descriptor : heard_now.descriptors) packets = Descriptor(descriptor);
      return;
    case Says::kReady: return opened();
    case Says::kFailed: failure = refusal(static_cast<Step>(word.detail), word.number); return;
    case Says::kStarted: return tell(events.on_started, heard_now.sender);
    case Says::kNotStarted: return tell(events.on_not_started, word.number);
    case Says::kStopped: return tell(events.on_stopped);
    case Says::kExited: return tell(events.on_exited, word.number, static_cast<std::uint32_t>(word.detail));
    case Says::kAlone: return tell(events.on_alone);
    case Says::kGone: heard.reset(); return ended();
    case Says::kStart:
    case Says::kContinue:
    case Says::kSignal: return;  // not for us
  }
}

void ClosedNetwork::Impl::opened() {
  is_open = true;
  Opened all{setup.ways[way], std::move(refusals), std::exchange(sockets, {}), packets.release()};
  const auto tell = events.on_open;
  if (tell) tell(std::move(all));
}

void ClosedNetwork::Impl::ended() {
  if (heard || !has_ended) return;
  process.reset();
  if (is_open) {
    const auto tell = events.on_ended;
    if (tell) tell();
    return;
  }
  for (const Bound& bound : sockets) Descriptor(bound.descriptor);
  sockets.clear();
  refuse(failure ? *failure : refusal(setup.ways[way], content_of(log)));
}

ClosedNetwork::ClosedNetwork(net::Loop& loop, Setup setup, NetworkEvents events)
    : impl_(std::make_unique<Impl>(loop, std::move(setup), std::move(events))) {
  impl_->prepare();
  impl_->begin.start(std::chrono::milliseconds(0));
}

ClosedNetwork::~ClosedNetwork() {
  for (const Bound& bound : impl_->sockets) Descriptor(bound.descriptor);
}

void ClosedNetwork::end() {
  impl_->heard.reset();
  impl_->control = Descriptor();
  if (impl_->process) impl_->ended();
}

void ClosedNetwork::start(Tty tty) { say(impl_->control.number(), {Says::kStart, static_cast<std::int32_t>(tty), 0}); }

void ClosedNetwork::resume(Tty tty) { say(impl_->control.number(), {Says::kContinue, static_cast<std::int32_t>(tty), 0}); }

void ClosedNetwork::signal(int number) { say(impl_->control.number(), {Says::kSignal, number, 0}); }

}  // namespace program
