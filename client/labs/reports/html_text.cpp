#include "client/labs/reports/html_text.h"

#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"

namespace reports {
namespace {

std::string pair_of(const std::string& en, const std::string& zh) {
  if (en == zh) return en;
  return R"(<span lang="en">)" + en + R"(</span><span lang="zh-CN">)" + zh + "</span>";
}

}  // namespace

std::string html(std::string_view text) {
  std::string out = core::replace_all(safe(text), "&", "&amp;");
  out = core::replace_all(out, "<", "&lt;");
  out = core::replace_all(out, ">", "&gt;");
  out = core::replace_all(out, "\"", "&quot;");
  return core::replace_all(out, "'", "&#39;");
}

std::string html(const core::Text& words) { return pair_of(html(words.en), html(words.zh)); }

std::string html(const core::Phrase& words) { return html(text(words)); }

std::string element(std::string_view tag, std::string_view name, std::string_view content) {
  if (content.empty()) return "";
  std::string out = "<" + std::string(tag);
  if (!name.empty()) out += " class=\"" + std::string(name) + "\"";
  return out.append(">").append(content).append("</").append(tag).append(">\n");
}

std::string labelled(const core::Phrase& label, const core::Text& words) {
  if (words.empty()) return "";
  return "<p>" + element("b", "", html(label)) + html(words) + "</p>\n";
}

}  // namespace reports
