#include "client/program/hidden.h"

#include <unistd.h>

#include "client/program/enclose.h"
#include "client/program/inside.h"
#include "client/program/plan.h"

namespace program {
namespace {

std::string read_plan() {
  std::string text;
  std::string piece(4096, '\0');
  ssize_t got = 0;
  while ((got = pread(kPlan, piece.data(), piece.size(), static_cast<off_t>(text.size()))) > 0) {
    text.append(piece, 0, static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

void serve_hidden(const std::vector<std::string>& words) {
  if (words.size() < 3 || words[0] != kHidden) return;
  const Plan plan = plan_from(read_plan());
  const std::vector<std::string> command(words.begin() + 2, words.end());
  // Without what else happens at the end of a program: the first process of a namespace takes the others with it at once.
  _exit(words[1] == kInside ? live_inside(plan, command) : enclose(plan, command, words[1] == kEncloseUser));
}

}  // namespace program
