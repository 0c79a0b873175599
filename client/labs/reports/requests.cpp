#include "client/labs/reports/requests.h"

#include <algorithm>

#include "client/labs/reports/reports.h"
#include "core/nearest.h"
#include "core/show.h"
#include "mockserver/output_files.h"

namespace reports {
namespace {

core::Failure wrong(core::Text text, core::Text hint = {}) {
  return core::fail(core::Blame::kInput, std::move(text), "--report", std::move(hint));
}

core::Result<Request> parse_request(std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = core::trim(word.substr(0, equals));
  std::vector<std::string_view> names;
  for (const Format& format : formats()) {
    if (format.name == name) {
      Request request{&format, ""};
      if (equals == std::string_view::npos) return request;
      request.file = std::string(core::trim(word.substr(equals + 1)));
      if (request.file.empty())
        return wrong(core::phrase("'{0}=' names no file", "'{0}=' 后面没有文件名", {name}),
                     core::same(std::string(name) + "=FILE"));
      return request;
    }
    names.push_back(format.name);
  }
  if (name.empty()) return wrong({"there is no report without a name", "报告没有名字"}, core::same(format_names()));
  return wrong(core::phrase("there is no report '{0}'", "没有报告 '{0}'", {core::show_bytes(name)}),
               core::proposal(name, names));
}

}  // namespace

const std::vector<Format>& formats() {
  static const std::vector<Format> kAll{
      {"text", as_text},         {"json", as_json}, {"junit", as_junit},           {"tap", as_tap},
      {"markdown", as_markdown}, {"html", as_html}, {"gradescope", as_gradescope}, {"classroom50", as_classroom50}};
  return kAll;
}

std::string format_names() {
  std::string names;
  for (const Format& format : formats()) names += (names.empty() ? "" : "|") + std::string(format.name);
  return names;
}

core::Result<std::vector<Request>> parse_reports(std::string_view said) {
  std::vector<Request> requests;
  for (bool is_last = false; !is_last;) {
    const std::size_t comma = said.find(',');
    is_last = comma == std::string_view::npos;
    auto request = parse_request(said.substr(0, comma));
    if (!request) return core::Failure(request.error());
    for (const Request& other : requests) {
      if (other.file != request->file) continue;
      const core::Text pair =
          core::same("'" + std::string(other.format->name) + "', '" + std::string(request->format->name) + "'");
      const core::Text where =
          request->file.empty() ? core::Text{"standard output", "标准输出"} : core::same(core::show_bytes(request->file));
      return wrong(core::phrase("only one report goes to {0}: {1}", "{0}只能放一份报告：{1}", {where, pair}),
                   core::same(std::string(request->format->name) + "=FILE"));
    }
    requests.push_back(std::move(*request));
    if (!is_last) said.remove_prefix(comma + 1);
  }
  return requests;
}

core::Result<std::string> write_reports(const std::vector<Request>& requests, const lab::Sheet& sheet,
                                        core::Language language) {
  std::string out;
  core::Result<void> written;
  for (const Request& request : requests) {
    std::string text = request.format->write(sheet, language);
    if (request.file.empty()) {
      out = std::move(text);
    } else if (auto one = mockserver::write_whole(request.file, text); !one && written) {
      written = std::move(one);
    }
  }
  if (!written) return core::Failure(written.error());
  return out;
}

}  // namespace reports
