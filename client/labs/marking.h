// A lab and what its trials showed, made into a sheet: verdict, points, the first cause.
#pragma once

#include <string>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/lab.h"
#include "client/labs/sheet.h"
#include "knowledge/knowledge.h"

namespace lab {

// The trials that were made, in the order of the lab. The normal one may be there twice: the second time with a mistake
// forgiven (Evidence::forgiven), so that what comes behind it can be marked.
struct Trials {
  std::vector<Evidence> all;

  [[nodiscard]] const Evidence* find(std::string_view name, bool forgiven) const;
};

// Everything but what belongs to the call: command, seed, version.
[[nodiscard]] Sheet mark(const Lab& lab, const Trials& trials, const knowledge::Knowledge& knowledge);

// The mistake for which the normal trial is to be repeated with these quirks of the servers: it stopped the dialogue before a
// message was accepted, and one of the musts names it.
struct Pardon {
  std::string mistake;
  std::vector<std::string> quirks;
};
[[nodiscard]] std::optional<Pardon> pardon_for(const Lab& lab, const Evidence& normal);

}  // namespace lab
