#include "client/stepper/findings_told.h"

#include <algorithm>
#include <string>

#include "client/base/words.h"
#include "core/phrase.h"
#include "core/show.h"

namespace stepper {
namespace {

using findings::Verdict;
using knowledge::MistakeEntry;
using knowledge::Severity;
using screen::Role;

constexpr core::Phrase kGuess{" (a guess)", "（推测）"};
constexpr core::Phrase kAgain{" (again)", "（又一次）"};
constexpr core::Phrase kAdvice{"Advice", "建议"};
constexpr core::Phrase kExpected{"Expected", "应为"};
constexpr core::Phrase kRule{"Rule", "依据"};
constexpr core::Phrase kThenCame{"→ Then", "→ 接着"};
constexpr core::Phrase kFollows{"→ From", "→ 源于"};

constexpr std::size_t kMostAnswered = 32;  // events of the client right before a reply that are looked at

bool has(const std::vector<std::uint64_t>& events, std::uint64_t number) {
  return std::find(events.begin(), events.end(), number) != events.end();
}

// A reply with what the client said right before it.
std::vector<const dialogue::Event*> with_answered(const dialogue::Event& event, const dialogue::Log& log) {
  std::vector<const dialogue::Event*> here{&event};
  const auto& events = log.events();
  for (auto i = static_cast<std::size_t>(event.number) - 1; here.size() < kMostAnswered && i-- > 0;) {
    if (event.kind != dialogue::Kind::kServer || events[i].kind != dialogue::Kind::kClient) break;
    here.push_back(&events[i]);
  }
  return here;
}

// It was told as a first cause before.
bool was_cause(std::string_view id, std::uint64_t event, const findings::Verdicts& all) {
  return std::any_of(all.all().begin(), all.all().end(), [&](const Verdict& one) {
    return one.finding.id == id && !one.finding.follows && !one.is_proposed && one.at < event;
  });
}

std::string title_of(const Verdict& verdict, const MistakeEntry& entry, core::Language language) {
  return entry.title.in(language) + (verdict.finding.certain ? "" : std::string(kGuess.in(language)));
}

Meaning advice(const Verdict& verdict, const MistakeEntry& entry, core::Language language) {
  const std::string colon(client::colon(language));
  return {{std::string(kAdvice.in(language)), title_of(verdict, entry, language) + colon + entry.fix.in(language), Role::kDim}};
}

void add_consequences(const Verdict& cause, const findings::Verdicts& all, const knowledge::Knowledge& knowledge,
                      core::Language language, Meaning& meaning) {
  for (const Verdict& one : all.all()) {
    if (all.cause_of(one) != &cause) continue;
    const MistakeEntry* const entry = knowledge.mistake(one.finding.id);
    if (entry != nullptr) meaning.push_back({std::string(kThenCame.in(language)), entry->title.in(language), Role::kDim});
  }
}

}  // namespace

Meaning finding_meaning(const Verdict& verdict, const findings::Verdicts& all, bool is_explained,
                        const knowledge::Knowledge& knowledge, core::Language language) {
  const MistakeEntry* const entry = knowledge.mistake(verdict.finding.id);
  if (entry == nullptr) return {};
  if (const Verdict* const cause = all.cause_of(verdict)) {
    const MistakeEntry* const why = knowledge.mistake(cause->finding.id);
    Meaning meaning{{"!", title_of(verdict, *entry, language), Role::kDim}};
    if (why != nullptr) meaning.push_back({std::string(kFollows.in(language)), why->title.in(language), Role::kDim});
    return meaning;
  }
  if (entry->severity == Severity::kAdvice) return advice(verdict, *entry, language);
  Meaning meaning{{"!", title_of(verdict, *entry, language), Role::kWarning}};
  if (!is_explained) {
    meaning.push_back({"", entry->explain.in(language), Role::kPlain});
    meaning.push_back({std::string(client::word(client::Word::kDo, language)), entry->fix.in(language), Role::kPlain});
    if (const core::Text& expected = verdict.finding.expected; !expected.empty())
      meaning.push_back({std::string(kExpected.in(language)), core::show_bytes(expected.in(language)), Role::kPlain});
  }
  if (!entry->rfc.empty()) meaning.push_back({std::string(kRule.in(language)), entry->rfc, Role::kDim});
  add_consequences(verdict, all, knowledge, language, meaning);
  return meaning;
}

std::vector<std::string_view> Wrong::told() const {
  std::vector<std::string_view> ids = again;
  for (const Verdict* const one : verdicts) ids.push_back(one->finding.id);
  return ids;
}

Wrong wrong_at(const dialogue::Event& event, const dialogue::Log& log, const findings::Verdicts& all) {
  const std::vector<const dialogue::Event*> here = with_answered(event, log);
  Wrong wrong;
  wrong.is_judged = std::any_of(here.begin(), here.end(), [&](const auto* one) { return all.is_own(one->number); });
  for (const Verdict& one : all.all()) {
    const auto shows = [&](const dialogue::Event* at) { return one.at == at->number || has(one.finding.events, at->number); };
    if (!one.is_proposed && std::any_of(here.begin(), here.end(), shows)) wrong.verdicts.push_back(&one);
  }
  std::stable_partition(wrong.verdicts.begin(), wrong.verdicts.end(), [](const Verdict* one) { return !one->finding.follows; });
  for (const dialogue::Event* const said : here) {
    if (!all.is_own(said->number)) continue;
    for (const protocol::Remark& remark : said->remarks) {
      const std::vector<std::string_view> told = wrong.told();
      const bool is_told = std::find(told.begin(), told.end(), remark.kind.text()) != told.end();
      if (!is_told && was_cause(remark.kind.text(), said->number, all)) wrong.again.push_back(remark.kind.text());
    }
  }
  return wrong;
}

Meaning wrong_meaning(const Wrong& wrong, const dialogue::Event& event, const findings::Verdicts& all,
                      const knowledge::Knowledge& knowledge, core::Language language) {
  const bool is_explained =
      event.kind == dialogue::Kind::kServer && event.explanation != nullptr && !event.explanation->because.empty();
  Meaning meaning;
  for (const Verdict* const one : wrong.verdicts) {
    const bool is_said = is_explained && one->at == event.number;  // by the server, of what made it refuse
    for (Paragraph& part : finding_meaning(*one, all, is_said, knowledge, language)) meaning.push_back(std::move(part));
  }
  for (const std::string_view id : wrong.again) {
    if (const MistakeEntry* const entry = knowledge.mistake(id))
      meaning.push_back({"!", entry->title.in(language) + std::string(kAgain.in(language)), Role::kWarning});
  }
  return meaning;
}

std::vector<std::uint64_t> marked_events(const findings::Verdicts& all, const knowledge::Knowledge& knowledge) {
  std::vector<std::uint64_t> marked;
  for (const Verdict& one : all.all()) {
    const MistakeEntry* const entry = knowledge.mistake(one.finding.id);
    if (one.is_proposed || entry == nullptr || entry->severity == Severity::kAdvice) continue;
    marked.insert(marked.end(), one.finding.events.begin(), one.finding.events.end());
  }
  std::sort(marked.begin(), marked.end());
  return marked;
}

}  // namespace stepper
