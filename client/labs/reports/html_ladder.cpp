#include "client/labs/reports/html_ladder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

#include "client/labs/reports/html_text.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"

namespace reports {
namespace {

std::string seconds(std::int64_t microseconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f s", static_cast<double>(microseconds) / 1e6);
  return text.data();
}

std::string_view side(lab::Line::From from) {
  switch (from) {
    case lab::Line::From::kClient: return "client";
    case lab::Line::From::kServer: return "server";
    case lab::Line::From::kNote: return "told";
  }
  return "";
}

bool is_about(const lab::Seen& seen, const lab::Line& line) {
  return line.event != 0 && std::find(seen.events.begin(), seen.events.end(), line.event) != seen.events.end();
}

using Lines = std::span<const lab::Line>;

// Lines that were said at once: a reply of several lines, the text of a message.
Lines said_at_once(Lines lines) {
  const auto other = std::find_if(lines.begin(), lines.end(), [&](const lab::Line& line) {
    return line.event != lines.front().event || line.from != lines.front().from;
  });
  return lines.first(lines.front().event == 0 ? 1 : static_cast<std::size_t>(other - lines.begin()));
}

std::string rung(Lines lines, const std::vector<const lab::Seen*>& mistakes) {
  std::string said;
  for (const lab::Line& line : lines) {
    if (&line != &lines.front()) said += "\n";
    said += html(line.text);
    if (!line.decoded.empty()) said += R"(<span class="decoded">= )" + html(line.decoded) + "</span>";
  }
  const lab::Line& first = lines.front();
  std::string content = "<time>" + seconds(first.at) + "</time>" + R"(<span class="say">)" + said + "</span>";
  const bool is_at_fault = std::any_of(lines.begin(), lines.end(), [](const lab::Line& line) { return line.is_at_fault; });
  for (const lab::Seen* const seen : mistakes) {
    if (is_at_fault && is_about(*seen, first)) content += R"(<div class="cause">▲ )" + html(seen->title) + "</div>";
  }
  return element("li", std::string(side(first.from)) + (is_at_fault ? " fault" : ""), content);
}

}  // namespace

std::string ladder(const std::vector<lab::Line>& lines, const std::vector<const lab::Seen*>& mistakes,
                   const std::string& caption) {
  if (lines.empty()) return "";
  std::string rungs;
  for (Lines rest(lines); !rest.empty();) {
    const Lines said = said_at_once(rest);
    rungs += rung(said, mistakes);
    rest = rest.subspan(said.size());
  }
  const core::Text client{"client", "客户端"};
  const core::Text server{"server", "服务器"};
  return element("figure", "ladder",
                 element("figcaption", "", caption) +
                     element("div", "ends", "<span>" + html(client) + "</span><span>" + html(server) + "</span>") +
                     element("ol", "", rungs));
}

std::string caption(const lab::Dialogue& dialogue) {
  std::string text = html(kConnection) + " " + std::to_string(dialogue.connection);
  text += " · " + html(dialogue.host + ":" + std::to_string(dialogue.port));
  text += " · " + html(core::to_upper(dialogue.protocol)) + " · " + html(dialogue.scenario);
  return text + (dialogue.is_encrypted ? " · TLS" : "");
}

std::string mistake_card(const lab::Seen& seen, const core::Text& reason) {
  const bool is_told = !reason.empty() && tells_why(reason, seen);
  std::string head = html(seen.title) + element("code", "id", html(seen.id));
  if (!seen.certain) head = html(kProbably) + html(kColon) + head;
  const core::Text severity = seen.severity == "error"     ? core::Text{"error", "错误"}
                              : seen.severity == "warning" ? core::Text{"warning", "警告"}
                                                           : core::Text{"advice", "建议"};
  head += element("span", "id", html(severity));
  return element("div", "mistake",
                 element("h4", "", head) + (is_told ? "" : labelled(kWhy, seen.why)) + labelled(kDo, seen.fix) +
                     labelled(kRight, seen.expected));
}

}  // namespace reports
