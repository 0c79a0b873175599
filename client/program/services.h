// The servers of a street: they are begun when somebody comes, and what happens at all of them is kept, to be told in the end.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/program/closed_network.h"
#include "client/program/name_service.h"
#include "client/program/names.h"
#include "client/program/outcome.h"
#include "client/program/run.h"
#include "client/program/stands.h"
#include "client/program/told_ports.h"
#include "client/program/watch.h"
#include "core/result.h"
#include "mockserver/judging.h"
#include "mockserver/mock_server.h"
#include "mockserver/output_files.h"
#include "mockserver/speaker.h"
#include "net/listener.h"
#include "net/loop.h"
#include "net/responder.h"

namespace program {

class Services {
 public:
  // REQUIRES: options and knowledge outlive it.
  Services(net::Loop& loop, Street street, const RunOptions& options, const knowledge::Knowledge& knowledge);
  ~Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // Opens the file of events and the mailboxes. Errors as of mockserver::EventsFile and store::Store.
  core::Result<void> prepare();
  [[nodiscard]] const Street& street() const { return street_; }
  [[nodiscard]] std::vector<Place> places() const;  // of the doors, and of the name server
  void listen(const Bound& bound);                  // the socket is ours from here on
  // Where no network can be closed: localhost's doors stand at free ports of this machine. Errors as of net::Listener.
  core::Result<OpenPorts> listen_openly();
  // Those of localhost in a closed network.
  [[nodiscard]] OpenPorts usual_ports() const;
  // The program has begun: its answers are held back until it waits for them. watch outlives the servers.
  void begin(const Watch& watch) { watch_ = &watch; }
  // Calls once, from the loop or at once, when no client is connected.
  void when_silent(std::function<void()> done);
  // Lets all clients go, and whoever listens.
  void close();

  // Names that lead to localhost here, since nobody in the street has them, and addresses likewise.
  [[nodiscard]] std::set<std::string> strangers() const;
  // Whether somebody listens there.
  [[nodiscard]] bool is_open(const Place& place) const;
  // Who has logged in without an account of the scenario.
  [[nodiscard]] const std::set<std::string>& guests() const { return guests_; }
  // The dialogues, what was wrong in them and what was stored; whole lines, safe to print.
  [[nodiscard]] std::string report() const { return report_; }
  [[nodiscard]] const std::vector<Visit>& visits() const { return visits_; }
  [[nodiscard]] const std::vector<mockserver::Kept>& kept() const { return kept_; }
  [[nodiscard]] bool was_visited() const { return !visits_.empty(); }
  [[nodiscard]] bool was_encrypted() const;
  [[nodiscard]] bool has_clients() const { return open_ != 0; }
  // What happened on all connections, in number.
  [[nodiscard]] std::uint64_t events() const { return events_seen_; }
  // Somebody came, and on the last connection nothing was refused: before it a client may have tried what it then did
  // otherwise.
  [[nodiscard]] bool went_well() const { return was_visited() && refused_on_ != visits_.size(); }

 private:
  struct Guest {
    std::size_t visit = 0;  // its place among the visits
    const Door* door = nullptr;
  };
  struct Served {
    std::unique_ptr<mockserver::MockServer> server;
    std::optional<mockserver::Judging> judging;
    std::map<mockserver::ConnectionId, Guest> guests;
  };

  void accept(const Door& door, std::unique_ptr<net::Stream> client);
  Served& served(std::size_t stand);
  void take(std::size_t stand, mockserver::ConnectionId id, const dialogue::Event& event);
  void tell(Visit& visit, std::vector<findings::Finding> wrong);
  void remember(Visit& visit, const dialogue::Event& event) const;

  net::Loop& loop_;
  Street street_;
  const RunOptions& options_;
  const knowledge::Knowledge& knowledge_;
  mockserver::Speaker speaker_;
  mockserver::EventsFile events_;
  mockserver::EventsFile transcript_;
  Names names_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<net::Responder> name_server_;
  NameService name_service_{names_};  // the same over TCP
  std::vector<std::unique_ptr<net::Listener>> listeners_;
  std::vector<Served> served_;     // of the stands, in their order; without a server until somebody comes
  const Door* entered_ = nullptr;  // by whoever is being accepted
  std::string entered_name_;       // by which they found it
  std::set<std::string> guests_;
  std::string report_;
  std::vector<Visit> visits_;
  std::vector<mockserver::Kept> kept_;
  std::set<std::string> addresses_;  // that are nobody's
  std::uint64_t events_seen_ = 0;
  std::uint64_t open_ = 0;
  std::uint64_t refused_on_ = 0;  // the last connection on which something was
  std::function<void()> silent_;
  const Watch* watch_ = nullptr;
};

}  // namespace program
