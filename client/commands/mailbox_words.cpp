#include "client/commands/mailbox_words.h"

#include <vector>

#include "client/explain/phrases.h"
#include "client/explain/whose_words.h"
#include "core/text.h"

namespace commands {
namespace {

constexpr std::size_t kFewestLetters = 6;  // of words that are somebody's; "-ERR" alone is everybody's

std::string spoken_words(const protocol::Answer& answer) {
  return answer.code + (answer.lines.empty() ? "" : " " + answer.lines.front());
}

// "-ERR Unable to log on {session}" as a pattern: what stands in braces may be anything.
std::string pattern_of(std::string_view line) {
  std::string pattern;
  bool in_place = false;
  for (const char c : line) {
    if (c == '{') {
      in_place = true;
      pattern += '*';
    } else if (c == '}' && in_place) {
      in_place = false;
    } else if (!in_place) {
      pattern += c == '*' ? '?' : c;
    }
  }
  return pattern;
}

bool says(const scenario::ReplyEntry& entry, std::string_view words) {
  if (entry.explanation == nullptr || entry.explanation->because.empty() || entry.lines.empty()) return false;
  const std::string pattern = pattern_of(core::trim(entry.lines.front()));
  return pattern.size() >= kFewestLetters && core::matches_glob(core::trim(words), pattern);
}

// Of the server itself, or of somebody else who says the same.
std::optional<RefusalMeaning> of_provider(const scenario::Catalogue& catalogue, std::string_view protocol,
                                          std::string_view traces, std::string_view words) {
  const explain::Traces known(traces);
  std::optional<RefusalMeaning> likely;
  std::size_t most = 0;
  for (const std::string& name : catalogue.provider_names()) {
    const auto provider = catalogue.load(name);
    if (!provider || provider->protocol->name() != protocol) continue;
    const std::size_t weight = known.weight(provider->signs);
    for (const scenario::ReplyEntry& entry : provider->replies) {
      if (!says(entry, words) || (likely && weight <= most)) continue;
      likely = RefusalMeaning{weight > 0 ? core::Text() : provider->title, entry.explanation->because, entry.explanation->fix};
      most = weight;
    }
  }
  return likely;
}

std::optional<RefusalMeaning> of_anybody(const knowledge::Knowledge& knowledge, std::string_view words) {
  const explain::Phrases phrases(knowledge);
  const auto* const phrase = phrases.of_server(words, 0);
  if (phrase == nullptr) return std::nullopt;
  for (const std::string& id : phrase->means) {
    const auto* const failure = knowledge.failure(id);
    const auto* const entry = failure == nullptr ? knowledge.cause(id) : failure;
    if (entry != nullptr) return RefusalMeaning{{}, entry->why, entry->fix};
    if (const auto* const mistake = knowledge.mistake(id)) return RefusalMeaning{{}, mistake->explain, mistake->fix};
  }
  return std::nullopt;
}

}  // namespace

std::optional<RefusalMeaning> meaning_of_refusal(const knowledge::Knowledge& knowledge, const scenario::Catalogue& catalogue,
                                                 std::string_view protocol, std::string_view traces,
                                                 const protocol::Answer& refusal, bool is_login) {
  const std::string words = spoken_words(refusal);
  if (auto meaning = of_provider(catalogue, protocol, traces, words)) return meaning;
  if (auto meaning = of_anybody(knowledge, words)) return meaning;
  const auto* const cause = is_login ? knowledge.cause("mailbox-login") : nullptr;
  return cause == nullptr ? std::nullopt : std::optional(RefusalMeaning{{}, cause->why, cause->fix});
}

}  // namespace commands
