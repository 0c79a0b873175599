#include "mockserver/scenario/loader.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "document/document.h"
#include "document/problems.h"
#include "mockserver/scenario/keys.h"
#include "mockserver/scenario/probe.h"
#include "mockserver/scenario/reading.h"
#include "mockserver/scenario/shape.h"

namespace scenario {
namespace {

// Lays one file over the draft; its rules come before those the draft has.
void lay_over(const Reading& reading) {
  Scenario& scenario = reading.draft.scenario;
  read_protocol(reading);
  read_replies(reading);
  read_server(reading);
  read_tls(reading);
  read_accounts(reading);
  read_mails(reading);
  std::vector<Rule> rules = read_rules(reading);
  const auto called = std::stable_partition(rules.begin(), rules.end(), [](const Rule& rule) { return !rule.only_called; });
  scenario.called_rules.insert(scenario.called_rules.end(), std::make_move_iterator(called),
                               std::make_move_iterator(rules.end()));
  rules.erase(called, rules.end());
  rules.insert(rules.end(), std::make_move_iterator(scenario.rules.begin()), std::make_move_iterator(scenario.rules.end()));
  scenario.rules = std::move(rules);
  read_head(reading.document.root, scenario);
  check_code(reading, reading.document.root, "code");
}

// with = ["slow", …], over all rules.
void read_probes(const Reading& reading) {
  for (const document::Node* const one : strings_of(reading.document.root.find("with"))) {
    auto laid = parse_probe(one->text).and_then([&](const Probe& probe) { return lay_over({probe}, reading.draft.scenario); });
    if (!laid) reading.problems.add(one->where, laid.error().text, laid.error().hint);
  }
}

// Whether a provider's file is all there is, or a scenario will be laid over it.
enum class Provider : std::uint8_t { kAlone, kBase };

core::Result<Draft> draft_of_provider(const std::string& name, const Source& file, Provider use) {
  const auto document = document::parse_document(file.path, file.text);
  if (!document) return core::Failure(document.error());
  document::Problems problems(*document);
  check_shape(*document, FileKind::kProvider, keys(*protocol_of(document->root, nullptr)), problems);
  Draft draft;
  const Reading reading{*document, name, draft, problems};
  lay_over(reading);
  if (use == Provider::kAlone) finish_server(reading);
  if (!problems.empty()) return core::Failure(problems.error());
  draft.extensions.where.reset();
  if (draft.extensions_tls) draft.extensions_tls->where.reset();
  if (draft.extensions_auth) draft.extensions_auth->where.reset();
  draft.scenario.provider = name;
  draft.scenario.provider_title = draft.scenario.title;
  return draft;
}

// The provider a scenario extends, or an empty draft when it extends none. Nothing when that is a problem.
core::Result<std::optional<Draft>> draft_of_base(const document::Document& document, const Providers& providers,
                                                 Extends extends, document::Problems& problems) {
  const document::Node* const wanted = document.root.find("extends");
  if (wanted == nullptr) {
    if (extends == Extends::kOptional) return Draft();
    problems.add({1, 1}, {"'extends' is missing at the top of the file", "文件开头缺少 'extends'"},
                 {"the provider's folder, such as extends = \"netease\"", "写服务商的文件夹名，例如 extends = \"netease\""});
    return std::optional<Draft>();
  }
  if (wanted->type != document::NodeType::kText) return std::optional<Draft>();
  const auto hit = providers.files.find(wanted->text);
  if (hit == providers.files.end()) {
    std::vector<std::string_view> known;
    for (const auto& one : providers.files) known.push_back(one.first);
    problems.add(wanted->where, core::phrase("unknown provider '{0}'", "没有服务商 '{0}'", {wanted->text}),
                 core::proposal(wanted->text, known));
    return std::optional<Draft>();
  }
  std::shared_ptr<const Draft>& read = (*providers.read)[hit->first];
  if (read == nullptr) {
    auto draft = draft_of_provider(hit->first, hit->second, Provider::kBase);
    if (!draft) return core::Failure(draft.error());
    read = std::make_shared<const Draft>(std::move(*draft));
  }
  return *read;
}

}  // namespace

core::Result<Scenario> load_scenario(std::string id, const Source& file, const Providers& providers, Extends extends) {
  const auto document = document::parse_document(file.path, file.text);
  if (!document) return core::Failure(document.error());
  document::Problems problems(*document);
  auto base = draft_of_base(*document, providers, extends, problems);
  if (!base) return core::Failure(base.error());
  const Scenario* const provider = *base ? &(*base)->scenario : nullptr;
  check_shape(*document, FileKind::kScenario, keys(*protocol_of(document->root, provider)), problems);
  if (*base) {
    const Reading reading{*document, id, **base, problems};
    lay_over(reading);
    read_steps(reading);
    finish_server(reading);
    read_probes(reading);
    Scenario& scenario = (*base)->scenario;
    scenario.failure = string_in(document->root, "failure").value_or("");
    if (scenario.provider.empty()) scenario.provider_title = scenario.title;
  }
  if (!problems.empty()) return core::Failure(problems.error());
  (*base)->scenario.id = std::move(id);
  return std::move((*base)->scenario);
}

core::Result<Scenario> load_provider(std::string name, const Source& file) {
  auto draft = draft_of_provider(name, file, Provider::kAlone);
  if (!draft) return core::Failure(draft.error());
  Scenario& scenario = draft->scenario;
  scenario.id = std::move(name);
  scenario.summary = scenario.title;
  scenario.subject = "basics";
  return std::move(scenario);
}

}  // namespace scenario
