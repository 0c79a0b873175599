#include "mockserver/scenario/loader.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "core/show.h"
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
  read_folders(reading);
  read_mails(reading);
  std::vector<Rule> rules = read_rules(reading);
  const auto called = std::stable_partition(rules.begin(), rules.end(), [](const Rule& rule) { return !rule.only_called; });
  scenario.called_rules.insert(scenario.called_rules.end(), std::make_move_iterator(called),
                               std::make_move_iterator(rules.end()));
  rules.erase(called, rules.end());
  rules.insert(rules.end(), std::make_move_iterator(scenario.rules.begin()), std::make_move_iterator(scenario.rules.end()));
  scenario.rules = std::move(rules);
  read_head(reading.document.root, scenario);
  check_code(reading, reading.document.root, "code", *scenario.protocol);
}

// with = ["slow", …]; a file that has some replaces those before.
void read_probes(const Reading& reading) {
  const document::Node* const list = reading.document.root.find("with");
  if (list == nullptr) return;
  reading.draft.probes.clear();
  for (const document::Node* const one : strings_of(list)) {
    Scenario tried = reading.draft.scenario;
    auto probe = parse_probe(one->text);
    const auto laid = probe ? scenario::lay_over({*probe}, tried) : core::Result<void>(core::Failure(probe.error()));
    if (laid) {
      reading.draft.probes.push_back(std::move(*probe));
    } else {
      reading.problems.add(one->where, laid.error().text, laid.error().hint);
    }
  }
}

// Whether a file is all there is, or another one will be laid over it.
enum class Use : std::uint8_t { kAlone, kBase };

// Where it stands is no longer at hand when the next file is laid over it.
void forget_places(Draft& draft) {
  draft.extensions.where.reset();
  if (draft.extensions_tls) draft.extensions_tls->where.reset();
  if (draft.extensions_auth) draft.extensions_auth->where.reset();
}

core::Result<Draft> draft_of_provider(const std::string& name, const Source& file, Use use) {
  const auto document = document::parse_document(file.path, file.text);
  if (!document) return core::Failure(document.error());
  document::Problems problems(*document);
  check_shape(*document, FileKind::kProvider, keys(*protocol_of(document->root, nullptr)), problems);
  Draft draft;
  const Reading reading{*document, name, draft, problems};
  lay_over(reading);
  if (use == Use::kAlone) finish_server(reading);
  if (!problems.empty()) return core::Failure(problems.error());
  forget_places(draft);
  draft.scenario.provider = name;
  draft.scenario.provider_title = draft.scenario.title;
  return draft;
}

core::Result<Draft> provider_below(const std::string& name, const Source& file, const Providers& providers) {
  std::shared_ptr<const Draft>& read = (*providers.read)[name];
  if (read == nullptr) {
    auto draft = draft_of_provider(name, file, Use::kBase);
    if (!draft) return draft;
    read = std::make_shared<const Draft>(std::move(*draft));
  }
  return *read;
}

// Scenarios each of which extends the next one, the last one being read.
struct Extending {
  std::string id;
  std::string path;
};
using Chain = std::vector<Extending>;

core::Result<Draft> draft_of_scenario(const std::string& id, const Source& file, const Providers& providers, Extends extends,
                                      Chain chain, Use use);

void report_circle(const document::Node& wanted, const Chain& chain, document::Problems& problems) {
  std::string way;
  for (const Extending& one : chain) way += core::show_bytes(one.id) + " → ";
  way += core::show_bytes(wanted.text);
  problems.add(wanted.where, core::phrase("it extends itself: {0}", "它绕了一圈又以自己为基础：{0}", {way}),
               {"extend a provider, or a scenario that does not lead back here", "请改成服务商，或者不会绕回这里的场景"});
}

void report_unknown_provider(const document::Node& wanted, const Providers& providers, document::Problems& problems) {
  std::vector<std::string_view> known;
  for (const auto& one : providers.files) known.push_back(one.first);
  problems.add(wanted.where, core::phrase("unknown provider '{0}'", "没有服务商 '{0}'", {wanted.text}),
               core::proposal(wanted.text, known));
}

void report_unknown(const document::Node& wanted, const Providers& providers, document::Problems& problems) {
  if (wanted.text.find('/') == std::string::npos) return report_unknown_provider(wanted, providers, problems);
  std::vector<std::string_view> known;
  for (const auto& one : providers.files) known.push_back(one.first);
  const std::vector<std::string> ids = providers.scenarios.ids ? providers.scenarios.ids() : std::vector<std::string>();
  known.insert(known.end(), ids.begin(), ids.end());
  problems.add(wanted.where, core::phrase("unknown scenario '{0}'", "没有场景 '{0}'", {wanted.text}),
               core::proposal(wanted.text, known));
}

// Servers of other providers at which the steps of this file go on.
core::Result<void> load_others(const Reading& reading, const Providers& providers) {
  auto& others = reading.draft.scenario.others;
  const std::vector<const document::Node*> steps = tables_in(reading.document.root, "step");
  if (!steps.empty()) others.clear();
  for (const document::Node* const step : steps) {
    const document::Node* const at = step->find("at", document::NodeType::kText);
    if (at == nullptr || step->find("connect") == nullptr) continue;  // that it stands in the wrong step, the step says
    const auto is_it = [&](const std::shared_ptr<const Scenario>& one) { return one->id == at->text; };
    if (at->text == reading.draft.scenario.provider || std::any_of(others.begin(), others.end(), is_it)) continue;
    const auto provider = providers.files.find(at->text);
    if (provider == providers.files.end()) {
      report_unknown_provider(*at, providers, reading.problems);
      continue;
    }
    auto server = load_provider(provider->first, provider->second);
    if (!server) return core::Failure(server.error());
    others.push_back(std::make_shared<const Scenario>(std::move(*server)));
  }
  return {};
}

// What a scenario extends, or an empty draft when it extends nothing. Nothing when that is a problem.
core::Result<std::optional<Draft>> draft_of_base(const document::Document& document, const Providers& providers,
                                                 Extends extends, const Chain& chain, document::Problems& problems) {
  const document::Node* const wanted = document.root.find("extends");
  if (wanted == nullptr) {
    if (extends == Extends::kOptional) return Draft();
    problems.add({1, 1}, {"'extends' is missing at the top of the file", "文件开头缺少 'extends'"},
                 {"the provider's folder, such as extends = \"netease\"", "写服务商的文件夹名，例如 extends = \"netease\""});
    return std::optional<Draft>();
  }
  if (wanted->type != document::NodeType::kText) return std::optional<Draft>();
  const auto provider = providers.files.find(wanted->text);
  if (provider != providers.files.end()) return provider_below(provider->first, provider->second, providers);
  const auto below = providers.scenarios.find ? providers.scenarios.find(wanted->text) : std::nullopt;
  if (!below) {
    report_unknown(*wanted, providers, problems);
    return std::optional<Draft>();
  }
  const auto is_it = [&](const Extending& one) { return one.path == below->path; };
  if (std::any_of(chain.begin(), chain.end(), is_it)) {
    report_circle(*wanted, chain, problems);
    return std::optional<Draft>();
  }
  return draft_of_scenario(wanted->text, *below, providers, extends, chain, Use::kBase);
}

core::Result<Draft> draft_of_scenario(const std::string& id, const Source& file, const Providers& providers, Extends extends,
                                      Chain chain, Use use) {
  const auto document = document::parse_document(file.path, file.text);
  if (!document) return core::Failure(document.error());
  document::Problems problems(*document);
  chain.push_back({id, file.path});
  auto base = draft_of_base(*document, providers, extends, chain, problems);
  if (!base) return core::Failure(base.error());
  check_shape(*document, FileKind::kScenario, keys(*protocol_of(document->root, *base ? &(*base)->scenario : nullptr)),
              problems);
  if (*base) {
    const Reading reading{*document, id, **base, problems};
    lay_over(reading);
    if (auto loaded = load_others(reading, providers); !loaded) return core::Failure(loaded.error());
    read_steps(reading);
    if (use == Use::kAlone) finish_server(reading);
    read_probes(reading);
  }
  if (!problems.empty()) return core::Failure(problems.error());
  forget_places(**base);
  return std::move(**base);
}

}  // namespace

core::Result<Scenario> load_scenario(std::string id, const Source& file, const Providers& providers, Extends extends) {
  auto draft = draft_of_scenario(id, file, providers, extends, {}, Use::kAlone);
  if (!draft) return core::Failure(draft.error());
  Scenario& scenario = draft->scenario;
  for (const Probe& probe : draft->probes) {
    if (auto laid = lay_over({probe}, scenario); !laid) return core::Failure(laid.error());
  }
  if (scenario.provider.empty()) scenario.provider_title = scenario.title;
  scenario.id = std::move(id);
  return std::move(scenario);
}

core::Result<Scenario> load_provider(std::string name, const Source& file) {
  auto draft = draft_of_provider(name, file, Use::kAlone);
  if (!draft) return core::Failure(draft.error());
  Scenario& scenario = draft->scenario;
  scenario.id = std::move(name);
  scenario.summary = scenario.title;
  scenario.subject = "basics";
  return std::move(scenario);
}

}  // namespace scenario
