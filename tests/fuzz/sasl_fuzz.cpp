// Invariant: whatever responses an exchange is given and whatever challenges a client, it gives a step, a response or a
// printable error of the other side; what it says is bounded by what it heard; a copy goes on like its original; the parts of
// any message lie inside it. Never a crash.
//
// The first octet chooses the mechanism; the rest is cut into messages at LF.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/show.h"
#include "sasl/client.h"
#include "sasl/exchange.h"
#include "sasl/parts.h"

namespace {

constexpr std::size_t kMaxSaid = 12288 / 4 * 3;  // what a line of an exchange carries (RFC 4954 §4)

void demand(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> messages_in(std::string_view octets) {
  std::vector<std::string> messages;
  while (messages.size() < 8) {
    const std::size_t end = octets.find('\n');
    messages.emplace_back(octets.substr(0, std::min(end, kMaxSaid)));
    if (end == std::string_view::npos) break;
    octets.remove_prefix(end + 1);
  }
  return messages;
}

// Iterations cost time and show nothing: only as many as a fuzzer can wait for, or so many that they are refused.
bool is_cheap(std::string_view message) {
  const std::size_t at = message.find("i=");
  if (at == std::string_view::npos) return true;
  const std::size_t digits = std::min(message.find_first_not_of("0123456789", at + 2), message.size()) - at - 2;
  return message.find("i=", at + 2) == std::string_view::npos && (digits < 3 || digits > 7);
}

void check_error(const core::Error& error) {
  demand(!error.text.empty() && core::describe(error, core::Language::kEnglish).size() < 1000);
  demand(core::show_bytes(core::describe(error, core::Language::kEnglish)) == core::describe(error, core::Language::kEnglish));
}

// What a step says, as text.
std::string check_step(const core::Result<sasl::Step>& step, bool cheap) {
  if (!step) {
    check_error(step.error());
    demand(step.error().blame == core::Blame::kPeer);
    return step.error().text.en;
  }
  if (const auto* const challenge = std::get_if<sasl::Challenge>(&*step)) {
    demand(challenge->octets.size() <= 2048);
    return challenge->octets;
  }
  const auto& claim = std::get<sasl::Claim>(*step);
  demand(claim.user.size() <= kMaxSaid && claim.password.reveal().size() <= kMaxSaid);
  demand(!claim.is_proof || claim.password.empty());
  demand(!claim.is_final || !claim.last_word(true, "pencil"));
  if (cheap) {
    demand(!claim.is_token || !claim.proves(""));
    const bool proved = claim.proves("pencil");
    demand(claim.proves("pencil") == proved);
    for (const bool accepted : {true, false}) demand(claim.last_word(accepted, "pencil").value_or("").size() <= 256);
  }
  return claim.user;
}

// The exchange hears every message; with `challenged`, the messages are also what the server says in between.
void run_exchange(std::string_view mechanism, const std::vector<std::string>& messages, bool challenged) {
  sasl::Exchange exchange = *sasl::Exchange::begin(mechanism, {"servernonce", "mock.example"});
  exchange.challenged(exchange.first_challenge().octets);
  // The iterations of the server itself are too many for a fuzzer to try passwords.
  bool cheap = !mechanism.starts_with("SCRAM");
  bool asked = false;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (challenged && i % 2 == 1) {
      exchange.challenged(messages[i]);
      if (asked) cheap = is_cheap(messages[i]);
      continue;
    }
    sasl::Exchange copy = exchange;
    const auto step = exchange.respond(messages[i]);
    asked = step && std::holds_alternative<sasl::Challenge>(*step);
    if (asked) cheap = false;
    demand(check_step(copy.respond(messages[i]), false) == check_step(step, cheap));
    demand(copy.next_is_secret() == exchange.next_is_secret());
  }
}

void run_client(std::string_view mechanism, const std::vector<std::string>& messages) {
  sasl::Credentials credentials;
  credentials.user = "user";
  credentials.password = core::Secret("pencil");
  credentials.token = core::Secret("token");
  sasl::Client client = *sasl::Client::begin(mechanism, credentials, "clientnonce");
  if (client.speaks_first()) demand(client.respond("").has_value());
  for (const std::string& message : messages) {
    if (!is_cheap(message)) continue;
    const auto said = client.respond(message);
    if (said) {
      demand(said->size() <= message.size() + 256);
    } else {
      check_error(said.error());
      demand(said.error().blame == core::Blame::kPeer && !said.error().id.empty());
    }
  }
}

void check_parts(std::string_view mechanism, const std::vector<std::string>& messages) {
  const auto& names = sasl::part_names();
  for (const std::string& message : messages) {
    for (std::size_t round = 0; round < 4; ++round) {
      for (const sasl::Speaker speaker : {sasl::Speaker::kClient, sasl::Speaker::kServer}) {
        for (const sasl::Part& part : sasl::parts(mechanism, speaker, round, message)) {
          demand(part.where.begin <= part.where.end && part.where.end <= message.size());
          demand(std::find(names.begin(), names.end(), part.name) != names.end());
        }
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view mechanism = sasl::mechanisms()[data[0] % sasl::mechanisms().size()];
  const std::vector<std::string> messages = messages_in({reinterpret_cast<const char*>(data) + 1, size - 1});
  run_exchange(mechanism, messages, true);
  run_exchange(mechanism, messages, false);
  run_client(mechanism, messages);
  check_parts(mechanism, messages);
  return 0;
}
