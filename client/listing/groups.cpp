#include "client/listing/groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/ascii.h"
#include "mockserver/scenario/keys.h"

namespace client {
namespace {

struct GroupingRow {
  GroupBy by;
  std::string_view name;
  Word word;
};

// In the order of the enumerators.
constexpr std::array kGroupings{
    GroupingRow{GroupBy::kProvider, "provider", Word::kByProvider},
    GroupingRow{GroupBy::kSubject, "subject", Word::kBySubject},
    GroupingRow{GroupBy::kCode, "code", Word::kByCode},
};

struct SubjectRow {
  std::string_view subject;
  Word word;
};

constexpr std::array kSubjects{
    SubjectRow{"basics", Word::kSubjectBasics},   SubjectRow{"authentication", Word::kSubjectAuthentication},
    SubjectRow{"sender", Word::kSubjectSender},   SubjectRow{"recipient", Word::kSubjectRecipient},
    SubjectRow{"content", Word::kSubjectContent}, SubjectRow{"size", Word::kSubjectSize},
    SubjectRow{"rate", Word::kSubjectRate},       SubjectRow{"tls", Word::kSubjectTls},
    SubjectRow{"network", Word::kSubjectNetwork},
};

const GroupingRow& row_of(GroupBy by) { return kGroupings[static_cast<std::size_t>(by)]; }

// Where groups stand, and what tells them apart.
using Key = std::pair<std::size_t, std::string>;

std::size_t place_of_subject(std::string_view subject) {
  static const std::vector<std::string_view> kKnown = scenario::words_of(scenario::find_key("", "subject")->allowed);
  return static_cast<std::size_t>(std::find(kKnown.begin(), kKnown.end(), subject) - kKnown.begin());
}

Key key_of(const scenario::Head& head, GroupBy by) {
  switch (by) {
    case GroupBy::kProvider: return {0, head.provider};
    case GroupBy::kSubject: return {place_of_subject(head.subject), head.subject};
    case GroupBy::kCode: break;
  }
  if (head.code.empty()) return {2, {}};                          // those without one come behind
  return {core::is_digit(head.code.front()) ? 0 : 1, head.code};  // numbers, then words: "-ERR"
}

std::string heading_of(const scenario::Head& head, GroupBy by, core::Language language) {
  switch (by) {
    case GroupBy::kProvider: return head.provider_title.in(language);
    case GroupBy::kSubject: return subject_text(head.subject, language);
    case GroupBy::kCode: break;
  }
  return head.code.empty() ? std::string(word(Word::kNoCode, language)) : head.code;
}

}  // namespace

std::optional<GroupBy> find_grouping(std::string_view name) {
  const auto* const hit =
      std::find_if(kGroupings.begin(), kGroupings.end(), [&](const GroupingRow& row) { return row.name == name; });
  return hit == kGroupings.end() ? std::nullopt : std::optional(hit->by);
}

GroupBy next(GroupBy by) { return kGroupings[(static_cast<std::size_t>(by) + 1) % kGroupings.size()].by; }

Word word_of(GroupBy by) { return row_of(by).word; }

std::string subject_text(std::string_view subject, core::Language language) {
  const auto* const hit =
      std::find_if(kSubjects.begin(), kSubjects.end(), [&](const SubjectRow& row) { return row.subject == subject; });
  return std::string(hit == kSubjects.end() ? subject : word(hit->word, language));
}

std::vector<Group> group(const std::vector<scenario::Head>& heads, GroupBy by, core::Language language) {
  std::map<Key, Group> groups;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    Group& one = groups[key_of(heads[i], by)];
    if (one.members.empty()) one.heading = heading_of(heads[i], by, language);
    one.members.push_back(i);
  }
  std::vector<Group> all;
  for (auto& entry : groups) all.push_back(std::move(entry.second));
  return all;
}

}  // namespace client
