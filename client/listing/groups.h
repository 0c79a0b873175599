// The scenarios of a list, put together by what they have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/words.h"
#include "core/text.h"
#include "mockserver/scenario/head.h"

namespace client {

enum class GroupBy : std::uint8_t { kProvider, kSubject, kCode };

// The grouping of that name: "provider", "subject", "code".
[[nodiscard]] std::optional<GroupBy> find_grouping(std::string_view name);

// The one after it, the first after the last.
[[nodiscard]] GroupBy next(GroupBy by);

// "by provider" …
[[nodiscard]] Word word_of(GroupBy by);

// What a subject of the scenario language (key "subject") is called; the word itself where it is none of them.
[[nodiscard]] std::string subject_text(std::string_view subject, core::Language language);

struct Group {
  std::string heading;
  std::vector<std::size_t> members;  // indices into the heads
};

// Every head is in one group, in the order given. Providers stand by their names, subjects in the order of the language's
// table, codes in their order; scenarios that are about no reply come last.
[[nodiscard]] std::vector<Group> group(const std::vector<scenario::Head>& heads, GroupBy by, core::Language language);

}  // namespace client
