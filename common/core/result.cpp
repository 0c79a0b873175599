#include "core/result.h"

namespace core {

std::string describe(const Error& error) {
  std::string out;
  if (!error.place.empty()) out += error.place + ": ";
  out += error.text;
  if (!error.hint.empty()) out += " (" + error.hint + ")";
  return out;
}

}  // namespace core
