// What texts are known by: the words of programs and servers, and the signs of programs and providers.
#include <string>
#include <string_view>
#include <utility>

#include "knowledge/load.h"

namespace knowledge {
namespace {

// kind outlives `file`, which keeps the keys it was asked for.
std::vector<MarkEntry> load_marks_of(Fields& file, std::string_view kind, Problems& problems) {
  std::vector<MarkEntry> entries;
  for (const document::Node* const table : file.tables(kind)) {
    Fields fields(*table, "[[" + std::string(kind) + "]]", problems);
    MarkEntry entry;
    entry.name = fields.string("name");
    if (kind == "provider") entry.is_software = fields.integer("software", 0, 1) == 1;
    entry.marks = fields.strings("marks");
    fields.finish();
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::vector<PhraseEntry> load_phrases(const document::Node& root, Problems& problems) {
  std::vector<PhraseEntry> phrases;
  Fields file(root, "the file", problems);
  for (const document::Node* const table : file.tables("phrase")) {
    Fields fields(*table, "[[phrase]]", problems);
    PhraseEntry entry;
    entry.words = fields.strings("words");
    entry.from = fields.string("from");
    entry.weight = fields.integer("weight", 1, 3);
    entry.codes = fields.integers("codes", 200, 599);
    entry.means = fields.strings("means");
    fields.finish();
    phrases.push_back(std::move(entry));
  }
  file.finish();
  return phrases;
}

Marks load_marks(const document::Node& root, Problems& problems) {
  Fields file(root, "the file", problems);
  Marks marks;
  marks.programs = load_marks_of(file, "program", problems);
  marks.providers = load_marks_of(file, "provider", problems);
  file.finish();
  return marks;
}

}  // namespace knowledge
