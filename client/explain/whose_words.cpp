#include "client/explain/whose_words.h"

#include <algorithm>

#include "client/explain/code.h"
#include "core/text.h"

namespace explain {
namespace {

constexpr std::size_t kDomainWeight = 100;         // a name belongs to somebody; a word anybody can say
constexpr double kLeastOfBest = 0.8;               // of the score of the best
constexpr std::size_t kMostRemembered = 64 << 10;  // octets of what was said: the banner comes first

bool is_of_host(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_domain(std::string_view sign) {
  return sign.find('.') != std::string_view::npos && sign.find(' ') == std::string_view::npos;
}

// "smtp.163.com" is in "163.com", and so is "163.com"; "x163.com" is not.
bool is_within(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

const KnownProvider& provider_of(const Vocabulary& vocabulary, const KnownReply& reply) {
  return *std::find_if(vocabulary.providers().begin(), vocabulary.providers().end(),
                       [&](const KnownProvider& one) { return one.name == reply.provider; });
}

// A match, and how much speaks for its provider.
struct Suspect {
  Match match;
  std::size_t weight = 0;
};

std::vector<Suspect> suspects_of(const Vocabulary& vocabulary, const protocol::Answer& reply, const Traces& traces) {
  std::string words;
  for (const std::string& line : reply.lines) words += (words.empty() ? "" : " ") + line;
  Circumstances around;
  around.code = code_of(reply.code);
  if (!reply.lines.empty()) around.detail = detail_of(reply.lines.front());
  for (const KnownProvider& one : vocabulary.providers()) {
    if (traces.weight(one.signs) > 0) around.hinted.insert(one.company);
  }
  std::vector<Suspect> suspects;
  for (const Match& match : vocabulary.matching(words, around)) {
    const KnownProvider& provider = provider_of(vocabulary, *match.known);
    if (match.is_whole && !provider.signs.empty()) suspects.push_back({match, traces.weight(provider.signs)});
  }
  return suspects;
}

// Words that fit less well than the best are not the same words.
std::vector<const KnownReply*> candidates_of(const std::vector<Suspect>& suspects, std::string_view stage) {
  std::vector<const KnownReply*> candidates;
  std::vector<std::string_view> named;
  for (const Suspect& suspect : suspects) {
    const KnownReply& known = *suspect.match.known;
    if (suspect.match.score < kLeastOfBest * suspects.front().match.score) break;
    if (!stage.empty() && known.entry.stage != "any" && known.entry.stage != stage) continue;
    if (std::find(named.begin(), named.end(), known.provider) != named.end()) continue;
    named.push_back(known.provider);
    candidates.push_back(&known);
  }
  std::stable_partition(candidates.begin(), candidates.end(), [](const KnownReply* known) { return known->is_software; });
  return candidates;
}

}  // namespace

void Traces::add(std::string_view said) {
  if (text_.size() >= kMostRemembered) return;
  std::string lower = core::to_lower(said.substr(0, kMostRemembered - text_.size()));
  for (std::size_t at = 0; at < lower.size();) {
    std::size_t end = at;
    while (end < lower.size() && is_of_host(lower[end])) ++end;
    const bool is_address = at > 0 && lower[at - 1] == '@';
    std::string_view host = std::string_view(lower).substr(at, end - at);
    while (host.ends_with('.')) host.remove_suffix(1);
    if (!is_address && host.find('.') != std::string_view::npos) hosts_.emplace_back(host);
    if (is_address) lower.replace(at, end - at, end - at, ' ');
    at = end + 1;
  }
  text_ += lower + '\n';
}

std::size_t Traces::weight(const std::vector<std::string>& signs) const {
  std::size_t most = 0;
  for (const std::string& one : signs) {
    const std::string sign = core::to_lower(one);
    const bool fits = is_domain(sign) ? std::any_of(hosts_.begin(), hosts_.end(),
                                                    [&](const std::string& host) { return is_within(host, sign); })
                                      : text_.find(sign) != std::string::npos;
    if (fits) most = std::max(most, sign.size() + (is_domain(sign) ? kDomainWeight : 0));
  }
  return most;
}

Whose whose_words(const Vocabulary& vocabulary, const protocol::Answer& reply, Traces traces, std::string_view stage) {
  for (const std::string& line : reply.lines) traces.add(line);
  const std::vector<Suspect> suspects = suspects_of(vocabulary, reply, traces);
  if (suspects.empty()) return {};
  // The closest words of whom most speaks for.
  const auto surest = std::max_element(suspects.begin(), suspects.end(),
                                       [](const Suspect& a, const Suspect& b) { return a.weight < b.weight; });
  if (surest->weight > 0) return {surest->match.known, {}};
  const auto& all = vocabulary.providers();
  const bool is_another =
      std::any_of(all.begin(), all.end(), [&](const KnownProvider& one) { return traces.weight(one.signs) > 0; });
  if (is_another) return {};
  return {nullptr, candidates_of(suspects, stage)};
}

}  // namespace explain
