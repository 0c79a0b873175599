#include "client/program/quick_clock.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

namespace program {
namespace {

// The one for programs with threads serves all; empty: there is none.
std::string library() {
  namespace fs = std::filesystem;
  std::error_code failed;
  fs::directory_iterator at("/usr/lib", failed);
  for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
    const fs::path path = at->path() / "faketime" / "libfaketimeMT.so.1";
    std::error_code one;
    if (fs::exists(path, one)) return path.string();
  }
  return {};
}

}  // namespace

bool has_quick_clock() { return !library().empty(); }

void quicken(std::vector<std::string>& environment, int factor) {
  const std::string path = library();
  if (factor == 1 || path.empty()) return;
  std::string preload = "LD_PRELOAD=" + path;
  constexpr std::string_view kName = "LD_PRELOAD=";
  const auto hit =
      std::find_if(environment.begin(), environment.end(), [&](const auto& one) { return one.starts_with(kName); });
  if (hit != environment.end()) {
    preload += ":" + hit->substr(kName.size());
    environment.erase(hit);
  }
  environment.push_back(std::move(preload));
  environment.push_back("FAKETIME=+0 x" + std::to_string(factor));
}

}  // namespace program
