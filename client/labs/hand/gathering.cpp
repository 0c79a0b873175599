#include "client/labs/hand/gathering.h"

#include "client/labs/files.h"
#include "client/labs/given.h"
#include "protocol/protocol.h"

namespace hand {

Gathering::Gathering(const lab::Lab& lab, const scenario::Scenario& scenario) : scenario_(scenario) {
  all_.trial = lab.trials.front().name;
  all_.given = lab::given_in(lab, lab.trials.front());
  for (const lab::GivenFile& file : lab.files) {
    all_.files.push_back({file.name, {}, {}, lab::octets_of(file, all_.given)});
    all_.told.insert(file.name);
  }
  for (const auto& [name, value] : all_.given) all_.told.insert(name);
}

std::size_t Gathering::place(std::uint64_t connection) {
  const auto [known, is_new] = places_.try_emplace(connection, all_.visits.size());
  if (is_new) {
    program::Visit visit;
    visit.number = all_.visits.size() + 1;
    visit.name = "localhost";
    visit.protocol = scenario_.protocol->name();
    visit.scenario = scenario_.id;
    all_.visits.push_back(std::move(visit));
  }
  return known->second;
}

void Gathering::take(std::uint64_t connection, const dialogue::Event& event) {
  program::Visit& visit = all_.visits[place(connection)];
  if (event.kind == dialogue::Kind::kConnected) visit.began = event.at;
  if (event.kind == dialogue::Kind::kSecured) visit.is_encrypted = true;
  if (visit.octets >= program::Visit::kMostOctets) return;
  visit.octets += event.bytes.size() + sizeof(event);
  visit.events.push_back(event);
}

void Gathering::take(std::uint64_t connection, const findings::Finding& finding) {
  all_.visits[place(connection)].wrong.push_back(finding);
}

void Gathering::take(std::uint64_t connection, std::shared_ptr<const store::Message> message) {
  accepted_.push_back(place(connection));
  all_.messages.push_back(std::move(message));
}

lab::Evidence Gathering::of(std::uint64_t connection) const {
  const std::size_t place = places_.at(connection);
  lab::Evidence one;
  one.trial = all_.trial;
  one.given = all_.given;
  one.files = all_.files;
  one.told = all_.told;
  one.visits.push_back(all_.visits[place]);
  for (std::size_t at = 0; at < accepted_.size(); ++at) {
    if (accepted_[at] == place) one.messages.push_back(all_.messages[at]);
  }
  return one;
}

}  // namespace hand
