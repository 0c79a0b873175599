#include "mockserver/scenario/way.h"

#include <algorithm>
#include <array>

namespace scenario {
namespace {

constexpr std::array kOnlyStages{StageRow{"connect", On::kConnect, "", "network", true},
                                 StageRow{"any", On::kCommand, "", "basics"}};
constexpr std::array kOnlySteps{GenericStep{"quit", Login::kNone, "QUIT", "", "", "Say goodbye.", "道别。"}};
constexpr Way kOnlyGoodbye{.protocol = "", .stages = kOnlyStages, .steps = kOnlySteps};

}  // namespace

const Way& way_of(const protocol::Protocol& protocol) {
  for (const Way* const way : {&smtp_way(), &pop3_way(), &imap_way()}) {
    if (way->protocol == protocol.name()) return *way;
  }
  return kOnlyGoodbye;
}

const StageRow& stage_row(const Way& way, std::string_view stage) {
  const auto hit = std::find_if(way.stages.begin(), way.stages.end(), [&](const StageRow& row) { return row.stage == stage; });
  return hit == way.stages.end() ? way.stages.back() : *hit;
}

}  // namespace scenario
