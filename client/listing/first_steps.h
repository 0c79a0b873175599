// Where one begins who has seen none of it, and what comes behind a lesson.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "mockserver/scenario/head.h"

namespace client {

// The lessons to begin with, in this order: the dialogue itself, the order of commands, a login, and the replies that most
// students meet first.
inline constexpr std::array<std::string_view, 7> kFirstSteps{
    "any/accept-all",         "rfc/order",         "netease/first-mail",  "netease/auth-required",
    "netease/wrong-password", "netease/line-ends", "rfc/data-and-the-dot"};

// Those of them that are among the heads, as indices.
[[nodiscard]] std::vector<std::size_t> first_steps(const std::vector<scenario::Head>& heads);

// The lesson behind this one: among the first steps the next of them, else the next of the list. Nothing behind the last
// one, and for an id that is not in the list.
[[nodiscard]] std::optional<std::size_t> lesson_behind(const std::vector<scenario::Head>& heads, std::string_view id);

}  // namespace client
