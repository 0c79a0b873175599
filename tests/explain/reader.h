// The reader of pasted texts with everything it knows, made once.
#pragma once

#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "client/explain/finding.h"
#include "mockserver/scenario/catalogue.h"
#include "tests/knowledge/known.h"

namespace test {

inline const explain::Phrases& phrases() {
  static const explain::Phrases kPhrases(known());
  return kPhrases;
}

inline const scenario::Catalogue& catalogue() {
  static const scenario::Catalogue kCatalogue = scenario::Catalogue::embedded();
  return kCatalogue;
}

inline const explain::Vocabulary& vocabulary() {
  static const explain::Vocabulary kVocabulary(catalogue(), known(), phrases());
  return kVocabulary;
}

inline const explain::Reader& reader() {
  static const explain::Reader kReader(known(), phrases(), vocabulary());
  return kReader;
}

// Every refusal that a provider of this protocol is known to give in words of its own.
inline std::vector<scenario::ReplyEntry> refusals(std::string_view protocol) {
  std::vector<scenario::ReplyEntry> all;
  for (const std::string& name : catalogue().provider_names()) {
    const auto provider = catalogue().load(name);
    REQUIRE(provider.has_value());
    if (provider->protocol->name() != protocol) continue;
    for (const scenario::ReplyEntry& entry : provider->replies) {
      const bool explained = entry.explanation != nullptr && !entry.explanation->because.empty();
      if (explained && !entry.lines.empty() && entry.code.is_negative() && !entry.code_comes_late) all.push_back(entry);
    }
  }
  return all;
}

}  // namespace test
