// Every reply the providers of a catalogue are known to give, and which of them a text could be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/catalogue.h"
#include "smtp/reply.h"

namespace commands {

struct KnownReply {
  core::Text provider;         // what the provider is called
  scenario::ReplyEntry entry;  // its explanation is never null
  std::string provider_id;     // "netease"
};

// Somebody whose replies are known.
struct KnownProvider {
  std::string id;
  core::Text title;
  std::vector<std::string> signs;  // what gives its servers away (scenario::Scenario); of none: a server that nobody runs
};

// A reply that a text could be.
struct ReplyMatch {
  const KnownReply* known = nullptr;
  std::size_t closeness = 0;  // the octets that are alike, twice where the numbers are too; only for comparison
};

class KnownReplies {
 public:
  explicit KnownReplies(const scenario::Catalogue& catalogue);

  // The replies that `reply` could be, the closest first. A single line may be any line of a longer reply.
  [[nodiscard]] std::vector<const KnownReply*> matching(const smtp::Reply& reply) const;
  [[nodiscard]] std::vector<ReplyMatch> matches(const smtp::Reply& reply) const;

  [[nodiscard]] const std::vector<KnownProvider>& providers() const { return providers_; }

  // All with this code.
  [[nodiscard]] std::vector<const KnownReply*> with_code(smtp::ReplyCode code) const;

  // The replies in whose words `text` stands, letter case ignored, at most `most`: what somebody may have meant.
  [[nodiscard]] std::vector<const KnownReply*> containing(std::string_view text, std::size_t most) const;

  // Why a file could not be read, one for each.
  [[nodiscard]] const std::vector<core::Error>& failures() const { return failures_; }

 private:
  void add(const scenario::Scenario& scenario);

  std::vector<KnownProvider> providers_;
  std::vector<KnownReply> replies_;
  std::vector<core::Error> failures_;
};

}  // namespace commands
