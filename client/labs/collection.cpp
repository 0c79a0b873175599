#include "client/labs/collection.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>

#include "client/labs/reader.h"
#include "core/nearest.h"
#include "core/show.h"
#include "core/system_text.h"
#include "document/document.h"
#include "scenarios/embedded.h"

namespace lab {
namespace {

constexpr std::string_view kFolder = "labs/";
constexpr std::string_view kSuffix = ".toml";

core::Result<document::Document> embedded(std::string_view name) {
  for (const scenarios::EmbeddedFile& file : scenarios::embedded_files()) {
    if (file.path.starts_with(kFolder) && file.path.substr(kFolder.size()) == name)
      return document::parse_document("scenarios/" + std::string(file.path), file.text);
  }
  return document::parse_document("scenarios/labs/" + std::string(name), "");
}

core::Result<Shared> shared_rows() {
  const auto checks = embedded("checks.toml");
  if (!checks) return core::Failure(checks.error());
  const auto trials = embedded("trials.toml");
  if (!trials) return core::Failure(trials.error());
  const auto answers = embedded("answers.toml");
  if (!answers) return core::Failure(answers.error());
  return read_shared(*checks, *trials, *answers);
}

bool is_shared(std::string_view name) { return name == "checks.toml" || name == "trials.toml" || name == "answers.toml"; }

core::Result<Lab> from_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return core::fail(core::Blame::kInput, core::system_text(errno), core::show_bytes(path));
  std::string text(document::kMaxFile + 1, '\0');  // one more, so that a file which is too long is seen to be so
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  const auto file = document::parse_document(path, text);
  if (!file) return core::Failure(file.error());
  const auto shared = shared_rows();
  if (!shared) return core::Failure(shared.error());
  return read_lab(*file, path, *shared);
}

}  // namespace

core::Result<std::vector<Lab>> built_in() {
  const auto shared = shared_rows();
  if (!shared) return core::Failure(shared.error());
  std::vector<Lab> labs;
  for (const scenarios::EmbeddedFile& file : scenarios::embedded_files()) {
    if (!file.path.starts_with(kFolder) || is_shared(file.path.substr(kFolder.size()))) continue;
    const std::string_view name = file.path.substr(kFolder.size());
    const auto parsed = document::parse_document("scenarios/" + std::string(file.path), file.text);
    if (!parsed) return core::Failure(parsed.error());
    auto lab = read_lab(*parsed, std::string(name.substr(0, name.size() - kSuffix.size())), *shared);
    if (!lab) return core::Failure(lab.error());
    labs.push_back(std::move(*lab));
  }
  std::sort(labs.begin(), labs.end(), [](const Lab& one, const Lab& other) { return one.number < other.number; });
  return labs;
}

core::Result<Lab> find(std::string_view name) {
  if (name.find('/') != std::string_view::npos || name.ends_with(kSuffix)) return from_file(std::string(name));
  auto labs = built_in();
  if (!labs) return core::Failure(labs.error());
  std::vector<std::string_view> ids;
  for (Lab& lab : *labs) {
    if (lab.id == name || std::to_string(lab.number) == name) return std::move(lab);
    ids.push_back(lab.id);
  }
  return core::fail(core::Blame::kInput, core::phrase("there is no lab '{0}'", "没有实验 '{0}'", {core::show_bytes(name)}), {},
                    core::proposal(name, ids));
}

}  // namespace lab
