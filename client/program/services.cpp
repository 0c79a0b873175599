#include "client/program/services.h"

#include <algorithm>
#include <utility>

#include "client/program/post_office.h"
#include "client/program/wanted.h"
#include "dialogue/text_lines.h"
#include "knowledge/finding_line.h"

namespace program {

namespace {

constexpr const char* kLocalhost = "127.0.0.1";
const Place kNameServer{kLocalhost, 53, true};
const Place kNamesOverTcp{kLocalhost, 53, false};

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
  if (auto opened = transcript_.open(options_.transcript, options_.show_secrets, options_.language); !opened) return opened;
  return events_.open(options_.events, options_.show_secrets, options_.language);
}

std::vector<Place> Services::places() const {
  std::vector<Place> places;
  for (const Door& door : street_.doors) places.push_back(door.place);
  places.push_back(kNameServer);
  places.push_back(kNamesOverTcp);
  return places;
}

void Services::listen(const Bound& bound) {
  if (bound.place == kNameServer) {
    auto server =
        net::Responder::adopt(loop_, bound.descriptor, [this](std::string_view query) { return names_.answer(query); });
    if (server) name_server_ = std::move(*server);
    return;
  }
  if (bound.place == kNamesOverTcp) {
    auto over_tcp = net::Listener::adopt(
        loop_, bound.descriptor, [this](std::unique_ptr<net::Stream> client) { name_service_.accept(std::move(client)); });
    if (over_tcp) listeners_.push_back(std::move(*over_tcp));
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
    if (!is_everywhere(door.place)) continue;
    const std::string name = std::string(door.protocol->name()) + (door.is_tls ? "s" : "");
    if (ports.by_name.contains(name)) continue;
    auto listener = net::Listener::open(
        loop_, ports.host, 0, [this, &door](std::unique_ptr<net::Stream> client) { accept(door, std::move(client)); });
    if (!listener) return core::Failure(listener.error());
    ports.by_name[name] = (*listener)->port();
    if (ports.by_name.size() == 1) ports.first = (*listener)->port();
    listeners_.push_back(std::move(*listener));
  }
  return ports;
}

OpenPorts Services::usual_ports() const {
  OpenPorts ports;
  ports.host = "localhost";
  for (const Door& door : street_.doors) {
    if (!is_everywhere(door.place)) continue;
    const std::string name = std::string(door.protocol->name()) + (door.is_tls ? "s" : "");
    const bool is_new = ports.by_name.emplace(name, door.place.port).second;
    if (is_new && ports.by_name.size() == 1) ports.first = door.place.port;
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
  options.is_waiting = [this](const std::string& client) { return watch_ == nullptr || watch_->is_waiting(client); };
  options.is_reading = [this](const std::string& client) {
    return watch_ != nullptr && !watch_->reads_input() && watch_->is_waiting(client);
  };
  options.kept = [this](const mockserver::Kept& message) {
    report_ += speaker_.stored(message);
    kept_.push_back(message);
  };
  options.kept_whole = options_.keeps_all;
  options.watch.quiet = [this, stand](mockserver::ConnectionId id, const mockserver::Silence& silence) {
    tell(visits_[served_[stand].guests.at(id).visit], served_[stand].judging->quiet(id, silence));
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
  entered_name_ = door.name;
  if (is_everywhere(door.place)) {
    const std::string local = client->local();
    const std::string address = local.substr(0, local.rfind(':'));
    if (!address.starts_with("127.")) {
      entered_name_ = address;
      if (addresses_.size() < Wanted::kMost) addresses_.insert(address);
    }
  }
  one.server->serve(std::move(client), *door.protocol, door.is_tls ? mockserver::Begins::kInTls : mockserver::Begins::kInClear);
  entered_ = nullptr;
}

void Services::take(std::size_t stand, mockserver::ConnectionId id, const dialogue::Event& event) {
  Served& one = served_[stand];
  ++events_seen_;
  const auto [guest, is_new] = one.guests.try_emplace(id, Guest{visits_.size(), entered_});
  if (is_new) {
    ++open_;
    Visit visit;
    visit.number = visits_.size() + 1;
    visit.began = net::Loop::precise_now();
    visit.name = entered_name_;
    visit.port = entered_->place.port;
    visit.protocol = entered_->protocol->name();
    visit.scenario = street_.stands[stand].scenario.id;
    report_ += "#" + std::to_string(visit.number) + " -- " + visit.name + ":" + std::to_string(visit.port) + "\n";
    visits_.push_back(std::move(visit));
  }
  Visit& visit = visits_[guest->second.visit];
  if (is_without_account(event.user, street_.stands[stand].scenario)) guests_.insert(event.user);
  if (event.reply && event.reply->is_negative()) refused_on_ = std::max(refused_on_, visit.number);
  remember(visit, event);
  if (options_.keeps_all && visit.octets < Visit::kMostOctets) {
    visit.octets += event.bytes.size() + sizeof(event);
    visit.events.push_back(event);
  }
  events_.write(visit.number, event);
  transcript_.write(visit.number, event);
  report_ += speaker_.event(visit.number, event);
  tell(visit, one.judging->take(id, one.server->visit(id), event));
  if (event.kind != dialogue::Kind::kClosed) return;
  --open_;
  if (open_ == 0 && silent_) std::exchange(silent_, nullptr)();
}

void Services::remember(Visit& visit, const dialogue::Event& event) const {
  visit.is_encrypted = visit.is_encrypted || event.kind == dialogue::Kind::kSecured;
  if (event.kind != dialogue::Kind::kClient && event.kind != dialogue::Kind::kServer) return;
  for (std::string& line : dialogue::text_lines(event, {options_.show_secrets})) {
    if (event.reply && event.reply->is_negative()) visit.refused_by = line.substr(std::min<std::size_t>(3, line.size()));
    if (visit.lines.size() < Visit::kMostLines) {
      visit.lines.push_back(std::move(line));
    } else {
      ++visit.left_out;
    }
  }
}

std::set<std::string> Services::strangers() const {
  std::set<std::string> all = names_.strangers();
  all.insert(addresses_.begin(), addresses_.end());
  return all;
}

bool Services::is_open(const Place& place) const {
  return place == kNamesOverTcp || std::any_of(street_.doors.begin(), street_.doors.end(), [&](const Door& door) {
           const bool leads_there = door.place.address == place.address || is_everywhere(door.place);
           return leads_there && door.place.port == place.port && door.place.is_udp == place.is_udp &&
                  street_.stands[door.stand].scenario.listens;
         });
}

bool Services::was_encrypted() const {
  return std::any_of(visits_.begin(), visits_.end(), [](const Visit& visit) { return visit.is_encrypted; });
}

void Services::tell(Visit& visit, std::vector<findings::Finding> wrong) {
  for (findings::Finding& finding : wrong) {
    events_.write(knowledge::finding_line(finding, knowledge_, options_.language, visit.number));
    report_ += speaker_.finding(visit.number, finding);
    visit.wrong.push_back(std::move(finding));
  }
}

void Services::when_silent(std::function<void()> done) {
  if (open_ == 0) return done();
  silent_ = std::move(done);
}

void Services::close() {
  events_.finish();
  transcript_.finish();
  listeners_.clear();
  name_server_.reset();
  served_.clear();
}

}  // namespace program
