#include "mockserver/scenario/tally.h"

namespace scenario {
namespace {

// The finaliser of SplitMix64: every bit of the result hangs on every bit of what goes in.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace

bool Tally::count(const std::string& key, const Counting& counting, std::chrono::milliseconds now) {
  Entry& entry = entry_of(key, now);
  ++entry.times;
  bool holds = !counting.times || entry.times <= *counting.times;
  holds = holds && (!counting.nth || entry.times == *counting.nth);
  holds = holds && (!counting.since_first_under || now - entry.first < *counting.since_first_under);
  if (!counting.rate) return holds;
  while (!entry.recent.empty() && now - entry.recent.front() >= counting.window) entry.recent.pop_front();
  if (entry.recent.size() >= *counting.rate) return holds;
  entry.recent.push_back(now);
  return false;
}

std::size_t Tally::times(const std::string& key) const {
  const auto entry = entries_.find(key);
  return entry == entries_.end() ? 0 : entry->second.times;
}

Tally::Entry& Tally::entry_of(const std::string& key, std::chrono::milliseconds now) {
  const auto [entry, is_new] = entries_.try_emplace(key);
  if (!is_new) return entry->second;
  entry->second.first = now;
  order_.push_back(key);
  if (order_.size() > kMost) {
    entries_.erase(order_.front());
    order_.pop_front();
  }
  return entry->second;
}

double chance_of(std::uint64_t seed, std::uint64_t connection, std::size_t rule, std::size_t asked) {
  const std::uint64_t bits = mix(mix(mix(mix(seed) ^ connection) ^ rule) ^ asked);
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

}  // namespace scenario
