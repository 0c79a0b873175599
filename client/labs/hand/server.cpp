#include "client/labs/hand/server.h"

#include "core/show.h"
#include "mockserver/scenario/probe.h"

namespace hand {

core::Result<scenario::Scenario> server_of(const lab::Lab& lab, const scenario::Catalogue& catalogue) {
  if (lab.kind != lab::Kind::kHand)
    return core::fail(
        core::Blame::kInput,
        core::phrase("lab '{0}' is none that is done by hand", "实验 '{0}' 不是手工做的实验", {core::show_bytes(lab.id)}), {},
        {"smtplab check marks programs", "给程序评分用 smtplab check"});
  auto scenario = catalogue.load(lab.trials.front().server);
  if (!scenario) return scenario;
  if (auto laid = scenario::lay_over(lab.trials.front().probes, *scenario); !laid) return core::Failure(laid.error());
  return scenario;
}

}  // namespace hand
