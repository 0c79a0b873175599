// Invariant: any text as a scenario file is either loaded, and then every template in it can be filled, or refused with a
// message that is safe to print and names the file; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/show.h"
#include "core/text.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/scenario/step_values.h"
#include "mockserver/scenario/template.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const scenario::Source file{"fuzz.toml", text};
  const auto loaded = scenario::load_scenario("fuzz", file, {}, scenario::Extends::kOptional);
  if (!loaded) {
    const std::string said = core::describe(loaded.error());
    demand(said.find("fuzz.toml") != std::string::npos);
    demand(core::show_bytes(said) == core::replace_all(said, "\n", "␊"));
    return 0;
  }
  const scenario::Values values = scenario::step_values(*loaded);
  for (const scenario::Step& step : loaded->steps) {
    demand(scenario::fill(step.send, values).has_value());
    demand(scenario::fill(step.message, values).has_value());
  }
  return 0;
}
