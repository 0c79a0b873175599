#include "client/program/run.h"

#include "client/base/options.h"
#include "client/program/execution.h"
#include "client/program/street.h"
#include "client/program/telling.h"

namespace program {

int run(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
        std::ostream& told) {
  const auto fail = [&](const core::Error& error) {
    told << "smtplab: " << core::describe(error, options.language) << '\n';
    return static_cast<int>(error.blame == core::Blame::kSystem ? client::kNetwork : client::kUsage);
  };
  auto street = street_for(options, catalogue);
  if (!street) return fail(street.error());
  Execution execution(options, catalogue, knowledge, std::move(*street), told);
  if (const auto ended = execution.run(); !ended) return fail(ended.error());
  const Story story = execution.story();
  told << (options.is_json ? as_json(story, knowledge, options.language) : in_words(story, knowledge, options.language));
  return story.is_well ? client::kDone : client::kFailed;
}

}  // namespace program
