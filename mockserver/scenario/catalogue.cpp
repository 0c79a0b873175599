#include "mockserver/scenario/catalogue.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "core/nearest.h"
#include "core/system_text.h"
#include "core/userinfo.h"
#include "document/document.h"
#include "mockserver/scenario/called_reply.h"
#include "scenarios/embedded.h"

namespace scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".toml";
constexpr std::string_view kProviderFile = "/provider.toml";
constexpr std::string_view kKnowledge = "knowledge/";  // texts about the protocol, no scenarios
constexpr std::string_view kLabs = "labs/";            // tasks, no scenarios

core::Failure cannot_read(core::Text text, const std::string& path, core::Text hint = {}) {
  return core::fail(core::Blame::kInput, std::move(text), path, std::move(hint));
}

core::Result<std::string> read_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return cannot_read({"there is no such file", "没有这个文件"}, path);
  if (!fs::is_regular_file(status))
    return cannot_read({"this is no file", "这不是文件"}, path,
                       {"give a file that ends in .toml", "请给出以 .toml 结尾的文件"});
  std::ifstream in(path, std::ios::binary);
  // One octet more than is taken, so that a file which is too long is seen to be so without reading all of it.
  std::string text(document::kMaxFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    return cannot_read({"the file cannot be read", "文件读不了"}, path,
                       {"have you the right to read it?", "您有读它的权限吗？"});
  };
  text.resize(static_cast<std::size_t>(in.gcount()));
  text.shrink_to_fit();
  return text;
}

// "netease/provider.toml" -> "netease"; nothing for other files.
std::optional<std::string_view> provider_of(std::string_view path) {
  if (!path.ends_with(kProviderFile)) return std::nullopt;
  return path.substr(0, path.size() - kProviderFile.size());
}

bool is_scenario(std::string_view path) {
  return !provider_of(path) && !path.starts_with(kKnowledge) && !path.starts_with(kLabs);
}

// Whether its greeting is this reply, or a rule gives it.
bool uses(const Scenario& scenario, std::size_t reply) {
  const auto gives = [&](const Rule& rule) { return rule.reply == reply; };
  return scenario.greeting == reply || std::any_of(scenario.rules.begin(), scenario.rules.end(), gives) ||
         std::any_of(scenario.called_rules.begin(), scenario.called_rules.end(), gives);
}

std::string_view without_suffix(std::string_view path) { return path.substr(0, path.size() - kSuffix.size()); }

}  // namespace

Catalogue Catalogue::embedded() {
  Catalogue catalogue;
  for (const scenarios::EmbeddedFile& file : scenarios::embedded_files()) {
    catalogue.files_.emplace(std::string(file.path), std::string(file.text));
  }
  return catalogue;
}

core::Result<Catalogue> Catalogue::from_folder(const std::string& folder) {
  Catalogue catalogue;
  catalogue.prefix_ = folder.ends_with('/') ? folder : folder + "/";
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->path().extension() != kSuffix || !at->is_regular_file(error)) continue;
    auto text = read_file(at->path().string());
    if (!text) return core::Failure(text.error());
    catalogue.files_.emplace(at->path().lexically_relative(folder).generic_string(), std::move(*text));
  }
  if (error)
    return cannot_read(core::phrase("the folder cannot be read: {0}", "文件夹读不了：{0}", {core::system_text(error.value())}),
                       folder);
  return catalogue;
}

std::vector<std::string> Catalogue::ids() const { return ids_with({}); }

std::vector<std::string> Catalogue::ids_with(std::string_view octets) const {
  std::vector<std::string> ids;
  for (const auto& [path, text] : files_) {
    if (is_scenario(path) && text.find(octets) != std::string::npos) ids.emplace_back(without_suffix(path));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> Catalogue::provider_names() const {
  std::vector<std::string> names;
  for (const auto& file : files_) {
    if (const auto provider = provider_of(file.first)) names.emplace_back(*provider);
  }
  return names;
}

// Nothing when the file has to be loaded to know, or to say what is wrong with it.
std::optional<Head> Catalogue::skim(std::string_view text, Titles& known) const {
  auto head = skim_scenario(text);
  if (!head) return std::nullopt;
  auto title = known.find(head->provider);
  if (title == known.end()) {
    const auto file = files_.find(head->provider + std::string(kProviderFile));
    title = known.emplace(head->provider, file == files_.end() ? std::nullopt : skim_provider(file->second)).first;
  }
  if (!title->second) return std::nullopt;
  head->provider_title = *title->second;
  return head;
}

Listing Catalogue::list() const {
  Listing listing;
  Titles titles;
  for (const std::string& id : ids()) {
    if (auto head = skim(files_.find(id + std::string(kSuffix))->second, titles)) {
      head->id = id;
      listing.heads.push_back(std::move(*head));
    } else if (auto scenario = load(id)) {
      listing.heads.push_back(std::move(*scenario));
    } else {
      listing.faults.push_back(scenario.error());
    }
  }
  return listing;
}

core::Result<Scenario> Catalogue::load(std::string_view id_or_path, Gives gives) const {
  const std::size_t hash = id_or_path.rfind('#');
  const std::string_view what = id_or_path.substr(0, hash);
  const std::string_view reply = hash == std::string_view::npos ? std::string_view() : id_or_path.substr(hash + 1);
  if (id_or_path.ends_with(kSuffix)) return load_file(std::string(id_or_path));
  if (what.ends_with(kSuffix)) return with_reply(load_file(std::string(what)), reply, gives);
  if (hash != std::string_view::npos) return load_provider_with(what, reply, gives);
  const std::string id(id_or_path);
  const auto file = files_.find(id + std::string(kSuffix));
  if (file != files_.end() && is_scenario(file->first)) {
    return load_scenario(id, source_of(file->first, file->second), providers(), Extends::kRequired);
  }
  return load_provider_with(id_or_path, {}, gives);
}

Source Catalogue::source_of(std::string_view path, std::string_view text) const { return {prefix_ + std::string(path), text}; }

Providers Catalogue::providers() const {
  Providers all{{}, read_};
  for (const auto& [path, text] : files_) {
    if (const auto provider = provider_of(path)) all.files.emplace(*provider, source_of(path, text));
  }
  all.scenarios.find = [this](const std::string& id) -> std::optional<Source> {
    const auto file = files_.find(id + std::string(kSuffix));
    if (file == files_.end() || !is_scenario(file->first)) return std::nullopt;
    return source_of(file->first, file->second);
  };
  all.scenarios.ids = [this] { return ids(); };
  return all;
}

// Scenarios that lie beside a file of somebody's own, by the name of their folder: "mine/first".
Scenarios Catalogue::beside(const std::string& file, const std::string& folder, const Scenarios& known) {
  const auto texts = std::make_shared<std::deque<std::string>>();  // that were read
  Scenarios all = known;
  all.find = [=](const std::string& id) -> std::optional<Source> {
    const bool is_beside = id.starts_with(folder + "/") && id.find('/', folder.size() + 1) == std::string::npos;
    const fs::path path = fs::path(file).parent_path() / (id.substr(std::min(id.size(), folder.size() + 1)) + ".toml");
    std::error_code error;
    if (!is_beside || !fs::is_regular_file(path, error)) return known.find(id);
    auto text = read_file(path.string());
    if (!text) return std::nullopt;
    return Source{path.string(), texts->emplace_back(std::move(*text))};
  };
  return all;
}

// A file of somebody's own may extend the provider whose file lies beside it, and the scenarios there, by the name of their
// folder.
core::Result<Scenario> Catalogue::load_file(const std::string& path) const {
  const auto text = read_file(path);
  if (!text) return core::Failure(text.error());
  std::error_code error;
  const std::string folder = fs::absolute(path, error).parent_path().filename().string();
  const fs::path beside = fs::path(path).parent_path() / kProviderFile.substr(1);
  if (fs::path(path).filename() == beside.filename()) return load_provider(folder.empty() ? path : folder, {path, *text});
  Providers known = providers();
  core::Result<std::string> own = std::string();
  if (fs::is_regular_file(beside, error)) {
    own = read_file(beside.string());
    if (!own) return core::Failure(own.error());
    known.files.insert_or_assign(folder, Source{beside.string(), *own});
    known.read = std::make_shared<ReadProviders>();
  }
  known.scenarios = Catalogue::beside(path, folder, known.scenarios);
  return load_scenario(path, {path, *text}, known, Extends::kOptional);
}

core::Result<Scenario> Catalogue::load_provider_with(std::string_view provider, std::string_view reply, Gives gives) const {
  const auto file = files_.find(std::string(provider) + std::string(kProviderFile));
  if (file == files_.end()) return unknown(provider);
  std::shared_ptr<const Scenario>& read = (*alone_)[file->first];
  if (read == nullptr) {
    auto loaded = load_provider(std::string(provider), source_of(file->first, file->second));
    if (!loaded) return loaded;
    read = std::make_shared<const Scenario>(std::move(*loaded));
  }
  return with_reply(*read, reply, gives);
}

// By their text, since most have nothing to do with it.
std::vector<std::string> Catalogue::lessons_with(std::string_view provider, std::string_view reply) const {
  std::vector<std::string> lessons;
  const std::string folder = std::string(provider) + "/";
  const std::string use = "\"@" + std::string(reply) + "\"";
  for (auto file = files_.lower_bound(folder); file != files_.end() && file->first.starts_with(folder); ++file) {
    if (!is_scenario(file->first) || file->second.find(use) == std::string::npos) continue;
    lessons.emplace_back(without_suffix(file->first));
  }
  return lessons;
}

core::Result<Scenario> Catalogue::with_reply(core::Result<Scenario> provider, std::string_view reply, Gives gives) const {
  if (!provider || reply.empty()) return provider;
  const auto index = find_reply(*provider, reply);
  if (!index) return core::Failure(index.error());
  if (gives == Gives::kAlways) return with_forced_reply(std::move(*provider), *index);
  if (auto earned = with_earned_reply(*provider, *index)) return std::move(*earned);
  for (const std::string& id : lessons_with(provider->provider, reply)) {
    auto lesson = load(id);
    const auto same = lesson ? find_reply(*lesson, reply) : core::Result<std::size_t>(0);
    if (!lesson || !same || !uses(*lesson, *same)) continue;
    if (auto earned = with_earned_reply(std::move(*lesson), *same)) return std::move(*earned);
  }
  return with_forced_reply(std::move(*provider), *index);
}

core::Failure Catalogue::unknown(std::string_view id) const {
  std::error_code error;
  if (fs::is_regular_file(std::string(id), error)) {
    return cannot_read({"the name of a scenario's file ends in .toml", "场景文件的名字要以 .toml 结尾"}, std::string(id),
                       {"rename it", "请改名"});
  }
  const std::vector<std::string> scenarios = ids();
  std::vector<std::string_view> known(scenarios.begin(), scenarios.end());
  for (const auto& file : files_) {
    if (const auto provider = provider_of(file.first)) known.push_back(*provider);
  }
  // Who knows the folder wants one of its scenarios; there are too many others to be told.
  const std::string_view folder = id.substr(0, id.find('/') + 1);
  const auto is_in_it = [&](std::string_view one) { return one.starts_with(folder); };
  if (!folder.empty() && std::any_of(known.begin(), known.end(), is_in_it)) {
    std::erase_if(known, [&](std::string_view one) { return !is_in_it(one); });
  }
  return core::Failure(core::Error{core::Blame::kInput,
                                   core::phrase("unknown scenario '{0}'", "没有场景 '{0}'", {core::show_server(id)}),
                                   {},
                                   core::proposal(id, known),
                                   "scenario-unknown"});
}

}  // namespace scenario
