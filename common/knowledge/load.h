// From a file's tree to the entries it holds, one function for each of the files.
#pragma once

#include <map>
#include <string>

#include "knowledge/fields.h"
#include "knowledge/knowledge.h"
#include "protocol/protocol.h"

namespace knowledge {

template <typename Entry>
using Named = std::map<std::string, Entry, std::less<>>;

struct Marks {
  std::vector<MarkEntry> programs;
  std::vector<MarkEntry> providers;
};

struct Keywords {
  Named<KeywordEntry> words;          // of the first protocol
  Named<KeywordEntry> login_methods;  // of all
};

struct SaslTables {
  Named<SaslEntry> mechanisms;
  Named<core::Text> parts;
};

// Each takes the table at the top of the file and adds what is wrong to `problems`. The key list of each file stands at its
// head. Said twice is wrong too.
// what: whose verbs they are; keyed by the names of inputs.
[[nodiscard]] Named<CommandEntry> load_commands(const document::Node& root, const protocol::Protocol& what, Problems& problems);
// what: whose states they are; keyed by their names.
[[nodiscard]] Named<StateEntry> load_states(const document::Node& root, const protocol::Protocol& what, Problems& problems);
[[nodiscard]] Named<CodeEntry> load_codes(const document::Node& root, Problems& problems);
[[nodiscard]] Keywords load_keywords(const document::Node& root, Problems& problems);
[[nodiscard]] Named<KeywordEntry> load_terms(const document::Node& root, Problems& problems);
[[nodiscard]] Named<MistakeEntry> load_mistakes(const document::Node& root, Problems& problems);
[[nodiscard]] Named<FailureEntry> load_failures(const document::Node& root, Problems& problems);
[[nodiscard]] Named<FailureEntry> load_causes(const document::Node& root, Problems& problems);
[[nodiscard]] std::vector<PhraseEntry> load_phrases(const document::Node& root, Problems& problems);
[[nodiscard]] Marks load_marks(const document::Node& root, Problems& problems);
// What one file holds of a protocol whose answers are no numbers.
struct ProtocolTables {
  Named<CommandEntry> commands;
  Named<StateEntry> states;
  Named<KeywordEntry> keywords;
  Named<CodeEntry> answers;
};
[[nodiscard]] ProtocolTables load_protocol(const document::Node& root, const protocol::Protocol& what, Problems& problems);
[[nodiscard]] SaslTables load_sasl(const document::Node& root, Problems& problems);

}  // namespace knowledge
