#include "client/program/services.h"

#include <algorithm>
#include <utility>

#include "client/program/post_office.h"
#include "knowledge/finding_line.h"

namespace program {

namespace {

constexpr const char* kLocalhost = "127.0.0.1";
const Place kNameServer{kLocalhost, 53, true};

bool is_without_account(const std::string& user, const scenario::Scenario& scenario) {
  const auto is_it = [&](const scenario::Account& account) { return core::equals_ignoring_case(account.user, user); };
  return !user.empty() && !scenario.accounts.empty() && std::none_of(scenario.accounts.begin(), scenario.accounts.end(), is_it);
}

}  // namespace

Services::Services(net::Loop& loop, Street street, const RunOptions& options, const knowledge::Knowledge& knowledge)
    : loop_(loop),
      street_(std::move(street)),
      options_(options),
      knowledge_(knowledge),
      speaker_(knowledge, options.language, options.show_secrets),
      names_(addresses_of(street_), exchangers_of(street_), kLocalhost),
      store_(open_post_office(street_, options.store)),
      served_(street_.stands.size()) {}

Services::~Services() = default;

core::Result<void> Services::prepare() {
  if (auto ready = store_->prepare(); !ready) return ready;
  return events_.open(options_.events, options_.show_secrets, options_.language);
}

std::vector<Place> Services::places() const {
  std::vector<Place> places;
  for (const Door& door : street_.doors) places.push_back(door.place);
  places.push_back(kNameServer);
  return places;
}

void Services::listen(const Bound& bound) {
  if (bound.place == kNameServer) {
    auto server =
        net::Responder::adopt(loop_, bound.descriptor, [this](std::string_view query) { return names_.answer(query); });
    if (server) name_server_ = std::move(*server);
    return;
  }
  const auto door =
      std::find_if(street_.doors.begin(), street_.doors.end(), [&](const Door& one) { return one.place == bound.place; });
  std::function<void(std::unique_ptr<net::Stream>)> accepted;
  if (door != street_.doors.end() && street_.stands[door->stand].scenario.listens)
    accepted = [this, &to = *door](std::unique_ptr<net::Stream> client) { accept(to, std::move(client)); };
  if (auto listener = net::Listener::adopt(loop_, bound.descriptor, std::move(accepted)))
    listeners_.push_back(std::move(*listener));
}

core::Result<OpenPorts> Services::listen_openly() {
  OpenPorts ports;
  for (const Door& door : street_.doors) {
    std::uint16_t& port = door.is_tls ? ports.tls : ports.clear;
    if (door.name != "localhost" || port != 0) continue;
    auto listener = net::Listener::open(
        loop_, ports.host, 0, [this, &door](std::unique_ptr<net::Stream> client) { accept(door, std::move(client)); });
    if (!listener) return core::Failure(listener.error());
    port = (*listener)->port();
    listeners_.push_back(std::move(*listener));
  }
  return ports;
}

Services::Served& Services::served(std::size_t stand) {
  Served& one = served_[stand];
  if (one.server != nullptr) return one;
  mockserver::Options options;
  options.names = street_.stands[stand].names;
  options.common_store = store_.get();
  options.seed = options_.seed;
  options.observer = [this, stand](mockserver::ConnectionId id, const dialogue::Event& event, const protocol::Knows&) {
    take(stand, id, event);
  };
  options.is_waiting = [this] { return watch_ == nullptr || watch_->is_waiting(); };
  options.kept = [this](const mockserver::Kept& message) { report_ += speaker_.stored(message); };
  options.watch.quiet = [this, stand](mockserver::ConnectionId id, const mockserver::Silence& silence) {
    tell(served_[stand].visits.at(id).number, served_[stand].judging->quiet(id, silence));
  };
  one.judging.emplace(street_.stands[stand].scenario);
  one.server = std::make_unique<mockserver::MockServer>(loop_, street_.stands[stand].scenario, std::move(options));
  if (auto ready = one.server->prepare(); !ready)
    report_ += "smtplab: " + core::describe(ready.error(), options_.language) + "\n";
  return one;
}

void Services::accept(const Door& door, std::unique_ptr<net::Stream> client) {
  Served& one = served(door.stand);
  entered_ = &door;
  one.server->serve(std::move(client), *door.protocol, door.is_tls ? mockserver::Begins::kInTls : mockserver::Begins::kInClear);
  entered_ = nullptr;
}

void Services::take(std::size_t stand, mockserver::ConnectionId id, const dialogue::Event& event) {
  Served& one = served_[stand];
  const auto [visit, is_new] = one.visits.try_emplace(id, Visit{connections_ + 1, entered_});
  if (is_new) {
    ++connections_;
    ++open_;
    report_ += "#" + std::to_string(connections_) + " -- " + entered_->name + ":" + std::to_string(entered_->place.port) + "\n";
  }
  const std::uint64_t connection = visit->second.number;
  if (is_without_account(event.user, street_.stands[stand].scenario)) guests_.insert(event.user);
  if (event.reply && event.reply->is_negative()) refused_on_ = std::max(refused_on_, connection);
  events_.write(connection, event);
  report_ += speaker_.event(connection, event);
  tell(connection, one.judging->take(id, one.server->visit(id), event));
  if (event.kind != dialogue::Kind::kClosed) return;
  --open_;
  if (open_ == 0 && silent_) std::exchange(silent_, nullptr)();
}

void Services::tell(std::uint64_t connection, const std::vector<findings::Finding>& findings) {
  for (const findings::Finding& finding : findings) {
    events_.write(knowledge::finding_line(finding, knowledge_, options_.language, connection));
    report_ += speaker_.finding(connection, finding);
  }
}

void Services::when_silent(std::function<void()> done) {
  if (open_ == 0) return done();
  silent_ = std::move(done);
}

void Services::close() {
  events_.finish();
  listeners_.clear();
  name_server_.reset();
  served_.clear();
}

}  // namespace program
