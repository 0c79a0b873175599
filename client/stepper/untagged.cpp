#include "client/stepper/untagged.h"

#include <vector>

namespace stepper {

std::string_view untagged(const protocol::Protocol& spoken, std::string_view line) {
  const auto command = spoken.read_line(line).command;
  if (!command) return line;
  const std::vector<protocol::Part> parts = spoken.parts_of(*command, line);
  if (parts.size() < 2 || parts.front().name != "tag") return line;
  return line.substr(parts[1].where.begin);
}

}  // namespace stepper
