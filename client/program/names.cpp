#include "client/program/names.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

#include <ldns/ldns.h>

#include "core/text.h"

namespace program {
namespace {

// Names that are asked for in one run and told of: a program that asks for ever more is not remembered for ever.
constexpr std::size_t kMostStrangers = 100;

struct Free {
  void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
  void operator()(void* octets) const { std::free(octets); }
};
using Packet = std::unique_ptr<ldns_pkt, Free>;

Packet parse(std::string_view octets) {
  ldns_pkt* packet = nullptr;
  const auto status = ldns_wire2pkt(&packet, reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size());
  return Packet(status == LDNS_STATUS_OK ? packet : nullptr);
}

// "smtp.163.com", of a record's owner; letter case does not count (RFC 4343).
std::string owner_of(const ldns_rr* record) {
  const std::unique_ptr<char, Free> text(ldns_rdf2str(ldns_rr_owner(record)));
  std::string name = core::to_lower(text == nullptr ? "" : text.get());
  if (name.ends_with('.')) name.pop_back();
  return name;
}

}  // namespace

Names::Names(std::map<std::string, std::string> addresses, std::map<std::string, std::string> exchangers, std::string elsewhere)
    : addresses_(std::move(addresses)), exchangers_(std::move(exchangers)), elsewhere_(std::move(elsewhere)) {}

// As it stands in a zone file; empty: there is none.
std::string Names::record(const std::string& name, int type) {
  const std::string begin = name + ". 60 IN ";
  if (type == LDNS_RR_TYPE_MX) {
    const auto exchanger = exchangers_.find(name);
    return exchanger == exchangers_.end() ? "" : begin + "MX 10 " + exchanger->second + ".";
  }
  if (type != LDNS_RR_TYPE_A) return "";
  const auto address = addresses_.find(name);
  if (address != addresses_.end()) return begin + "A " + address->second;
  if (exchangers_.contains(name)) return "";
  if (strangers_.size() < kMostStrangers) strangers_.insert(name);
  return begin + "A " + elsewhere_;
}

std::optional<std::string> Names::answer(std::string_view query) {
  const Packet asked = parse(query);
  if (asked == nullptr || ldns_pkt_qr(asked.get())) return std::nullopt;
  const ldns_rr* const question = ldns_rr_list_rr(ldns_pkt_question(asked.get()), 0);
  if (question == nullptr) return std::nullopt;
  const Packet answer(ldns_pkt_new());
  ldns_pkt_set_id(answer.get(), ldns_pkt_id(asked.get()));
  ldns_pkt_set_qr(answer.get(), true);
  ldns_pkt_set_aa(answer.get(), true);
  ldns_pkt_set_rd(answer.get(), ldns_pkt_rd(asked.get()));
  ldns_pkt_set_ra(answer.get(), true);
  ldns_pkt_push_rr(answer.get(), LDNS_SECTION_QUESTION, ldns_rr_clone(question));
  const std::string text = record(owner_of(question), ldns_rr_get_type(question));
  ldns_rr* found = nullptr;
  if (!text.empty() && ldns_rr_new_frm_str(&found, text.c_str(), 60, nullptr, nullptr) == LDNS_STATUS_OK)
    ldns_pkt_push_rr(answer.get(), LDNS_SECTION_ANSWER, found);
  std::uint8_t* octets = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&octets, answer.get(), &size) != LDNS_STATUS_OK) return std::nullopt;
  const std::unique_ptr<std::uint8_t, Free> owner(octets);
  return std::string(reinterpret_cast<const char*>(octets), size);
}

}  // namespace program
