// Conditions on a server that somebody wrote.
#include <algorithm>

#include "client/labs/held.h"
#include "core/show.h"

namespace lab {

std::vector<Line> lines_of(const Spoke& spoke) {
  std::vector<Line> lines;
  for (const Spoken& spoken : spoke.lines) {
    Line line;
    line.event = lines.size() + 1;
    line.from = spoken.is_client ? Line::From::kClient : Line::From::kServer;
    line.text = (spoken.client > 1 ? "(" + std::to_string(spoken.client) + ") " : "") + spoken.text;
    line.is_at_fault = spoken.is_wrong;
    lines.push_back(std::move(line));
  }
  return lines;
}

Held look_listens(const Values&, const Evidence& evidence) {
  if (evidence.driven && evidence.driven->port) return yes();
  return no({"it never listened on any port", "它没有监听任何端口"});
}

Held look_talk(const Values& values, const Evidence& evidence) {
  for (const std::string& name : values) {
    if (!evidence.driven) return no({"nobody has spoken to it", "没有和它说过话"});
    const auto& all = evidence.driven->spoke;
    const auto hit = std::find_if(all.begin(), all.end(), [&](const Spoke& one) { return one.talk == name; });
    if (hit == all.end()) return no({"nobody has spoken to it", "没有和它说过话"});
    if (hit->is_right) continue;
    Held held = no(hit->wrong);
    held.lines = lines_of(*hit);
    return held;
  }
  return yes();
}

Held look_alive(const Values&, const Evidence& evidence) {
  if (evidence.driven && evidence.driven->is_alive) return yes();
  return no({"in the end it did not greet a new client any more", "到最后它不再迎接新的客户端"});
}

Held look_stored(const Values& values, const Evidence& evidence) {
  for (const std::string& value : values) {
    if (evidence.made.find(value) == std::string::npos)
      return no(core::phrase("no file that it wrote has '{0}'", "它写的文件里没有“{0}”", {core::show_bytes(value)}));
  }
  return yes();
}

}  // namespace lab
