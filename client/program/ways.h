// The ways into a closed network, and how each is begun.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/program/plan.h"
#include "client/program/words.h"
#include "core/text.h"

namespace program {

struct Way {
  enum class By : std::uint8_t { kBubblewrap, kOurselves };
  By by = By::kBubblewrap;
  bool is_user = true;    // within a user namespace
  bool sees_proc = true;  // a /proc of its own; ourselves: where that is allowed

  bool operator==(const Way&) const = default;
};

// In the order in which they are tried. As root first those without a user namespace: in one, root has no rights over files of
// other people, and the program would not find them as it does outside.
[[nodiscard]] std::vector<Way> all_ways(bool is_root);

// What is to be executed. smtplab: where its program is.
[[nodiscard]] std::vector<std::string> command_line(const Way& way, const Plan& plan, const std::string& smtplab,
                                                    const std::vector<std::string>& command);

// "bubblewrap", "Linux namespaces".
[[nodiscard]] core::Text name(const Way& way);
// Why a way was not gone. said: bubblewrap's own words, whole.
[[nodiscard]] core::Text refusal(const Way& way, const std::string& said);
[[nodiscard]] core::Text refusal(Step step, int error);

}  // namespace program
