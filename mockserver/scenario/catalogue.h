// Where scenarios come from: the ones built into the program, a folder that replaces them, or a file.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// The heads of the scenarios that can be listed, in the order of their ids, and what is wrong with the others.
struct Listing {
  std::vector<Head> heads;
  std::vector<core::Error> faults;
};

// How a provider gives a reply that it was called with.
enum class Gives : std::uint8_t {
  kEarned,  // by its own rules, else by those of one of its scenarios, else for nothing: there are steps that earn it
  kAlways,  // for nothing, to whatever comes where it can stand: for clients that take no steps of ours
};

class Catalogue {
 public:
  // The scenarios built into the program.
  static Catalogue embedded();
  // Every *.toml under `folder`, instead of the embedded ones. Errors when the folder cannot be read.
  static core::Result<Catalogue> from_folder(const std::string& folder);

  // The ids of all scenarios (not the provider files), sorted.
  [[nodiscard]] std::vector<std::string> ids() const;
  // Those in whose files this stands somewhere, sorted: a file is searched much faster than it is loaded.
  [[nodiscard]] std::vector<std::string> ids_with(std::string_view octets) const;
  // The names of all providers, sorted; load() takes them too.
  [[nodiscard]] std::vector<std::string> provider_names() const;

  // All scenarios, without reading more of their files than lists show: what is wrong below that, load() finds.
  [[nodiscard]] Listing list() const;

  // Loads by id ("netease/auth-required"), a provider by itself ("netease": its habits, no steps) or giving one of its replies
  // ("netease#auth-required") as `gives` says; or from a path to a TOML file (a name with ".toml" at its end, perhaps "#" and a
  // reply behind it). Its `extends` may be missing, and is looked up here, or in the folder that it lies in under the folder's
  // name: its provider.toml, or another scenario.
  // An unknown id is an error that proposes the nearest ones.
  [[nodiscard]] core::Result<Scenario> load(std::string_view id_or_path, Gives gives = Gives::kEarned) const;

 private:
  using Titles = std::map<std::string, std::optional<core::Text>, std::less<>>;  // of providers; nothing: unreadable or none
  std::optional<Head> skim(std::string_view text, Titles& known) const;
  [[nodiscard]] Source source_of(std::string_view path, std::string_view text) const;
  [[nodiscard]] Providers providers() const;
  [[nodiscard]] static Scenarios beside(const std::string& file, const std::string& folder, const Scenarios& known);
  [[nodiscard]] core::Result<Scenario> load_file(const std::string& path) const;
  [[nodiscard]] core::Result<Scenario> load_provider_with(std::string_view provider, std::string_view reply, Gives gives) const;
  [[nodiscard]] core::Result<Scenario> with_reply(core::Result<Scenario> provider, std::string_view reply, Gives gives) const;
  [[nodiscard]] std::vector<std::string> lessons_with(std::string_view provider, std::string_view reply) const;
  [[nodiscard]] core::Failure unknown(std::string_view id) const;

  std::string prefix_ = "scenarios/";                      // of paths in messages
  std::map<std::string, std::string, std::less<>> files_;  // "netease/provider.toml" -> its text
  // Shared by copies: their files are the same.
  using Alone = std::map<std::string, std::shared_ptr<const Scenario>, std::less<>>;  // providers by themselves, by their file
  std::shared_ptr<ReadProviders> read_ = std::make_shared<ReadProviders>();
  std::shared_ptr<Alone> alone_ = std::make_shared<Alone>();
};

}  // namespace scenario
