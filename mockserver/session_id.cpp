#include "mockserver/session_id.h"

#include <string_view>

namespace mockserver {
namespace {

// SplitMix64: every step gives a number that says nothing about the next.
std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = state += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

std::uint64_t state_of(std::uint64_t seed, std::uint64_t connection) {
  std::uint64_t state = seed;
  return next(state) ^ connection;
}

// "127.0.0.1" of "127.0.0.1:40125", "::1" of "[::1]:40125".
std::string without_port(const std::string& endpoint) {
  std::string host = endpoint.substr(0, endpoint.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  return host;
}

}  // namespace

std::string session_id(std::uint64_t seed, std::uint64_t connection) {
  constexpr std::string_view kCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::uint64_t state = state_of(seed, connection);
  std::string id;
  id.reserve(32);
  for (int i = 0; i < 22; ++i) id += kCharacters[next(state) % kCharacters.size()];
  return id + "--." + std::to_string(10000 + next(state) % 90000) + "S2";
}

std::string queue_id(std::uint64_t seed, std::uint64_t connection) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::uint64_t state = ~state_of(seed, connection);
  std::string id;
  for (int i = 0; i < 10; ++i) id += kDigits[next(state) % kDigits.size()];
  return id;
}

scenario::Values values_of(std::uint64_t seed, std::uint64_t connection, const std::string& peer, const std::string& local) {
  return {{"id", session_id(seed, connection)},
          {"session", std::to_string(connection)},
          {"queue-id", queue_id(seed, connection)},
          {"client-ip", without_port(peer)},
          {"server-ip", without_port(local)}};
}

}  // namespace mockserver
