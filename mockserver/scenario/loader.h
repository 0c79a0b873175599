// Puts a scenario together: what it extends first, a provider or another scenario, then its own file; every problem of one file
// told at once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// A file not yet read.
struct Source {
  std::string path;       // as it stands in messages
  std::string_view text;  // REQUIRES: outlives the call it is given to
};

// A provider's file as read, waiting for a scenario to be laid over it; inside of loader.cpp.
struct Draft;
using ReadProviders = std::map<std::string, std::shared_ptr<const Draft>, std::less<>>;

// Scenarios that may be extended, too, asked for only where one is.
struct Scenarios {
  std::function<std::optional<Source>(const std::string& id)> find = {};  // the text outlives the call of load_scenario()
  std::function<std::vector<std::string>()> ids = {};                     // to propose one in place of another
};

// Provider files by the name of their folder. Each is read once, for all scenarios that extend it: `read` keeps it.
struct Providers {
  std::map<std::string, Source, std::less<>> files;
  std::shared_ptr<ReadProviders> read = std::make_shared<ReadProviders>();
  Scenarios scenarios = {};
};

// Whether a scenario must extend something: one of the collection must, a file of somebody's own need not.
enum class Extends : std::uint8_t { kRequired, kOptional };

// Errors (Blame::kInput) list everything wrong with the file, or with the first one below it, in the form of problems.h; that
// it extends itself, by others perhaps, is one of them.
core::Result<Scenario> load_scenario(std::string id, const Source& file, const Providers& providers, Extends extends);

// The provider by itself: its greeting, replies and rules, its accounts, no steps. Its title stands in for the summary.
core::Result<Scenario> load_provider(std::string name, const Source& file);

}  // namespace scenario
