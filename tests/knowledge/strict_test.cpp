// Small tables with one fault each: where it is found and what is said.
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "smtp/input.h"

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

const std::string kCommands = R"([[command]]
verb = "NOOP"
purpose.en = "p"
purpose.zh = "目的"
changes.en = "c"
changes.zh = "变化"
example = "NOOP"
rfc = "RFC 5321"
[[command.grammar_parts]]
part = "NOOP"
meaning.en = "m"
meaning.zh = "意思"
)";

const std::string kCodes = R"([[digit]]
position = 1
digit = 5
meaning.en = "m"
meaning.zh = "意思"
fix.en = "f"
fix.zh = "办法"
rfc = "RFC 5321"
[[code]]
code = 535
text = "t"
meaning.en = "m"
meaning.zh = "意思"
fix.en = "f"
fix.zh = "办法"
rfc = "RFC 4954"
[[class]]
class = 5
meaning.en = "m"
meaning.zh = "意思"
rfc = "RFC 3463"
[[subject]]
subject = 7
meaning.en = "m"
meaning.zh = "意思"
rfc = "RFC 3463"
[[enhanced]]
code = "X.7.8"
text = "t"
meaning.en = "m"
meaning.zh = "意思"
basic = [535]
rfc = "RFC 4954"
)";

const std::string kKeywords = R"([[keyword]]
keyword = "SIZE"
meaning.en = "m"
meaning.zh = "意思"
rfc = "RFC 1870"
[[login_method]]
keyword = "PLAIN"
meaning.en = "how"
meaning.zh = "方式"
rfc = "RFC 4616"
)";

const std::string kMistakes = R"([[mistake]]
id = "bare-cr"
severity = "advice"
title.en = "t"
title.zh = "题目"
explain.en = "e"
explain.zh = "说明"
fix.en = "f"
fix.zh = "办法"
rfc = "RFC 5321"
)";

const std::string kFailures = R"([[failure]]
id = "refused"
what.en = "w"
what.zh = "什么"
why.en = "y"
why.zh = "原因"
fix.en = "f"
fix.zh = "办法"
rfc = "RFC 6409"
)";

const std::string kCauses = R"([[cause]]
id = "wrong-password"
what.en = "w"
what.zh = "什么"
why.en = "y"
why.zh = "原因"
fix.en = "f"
fix.zh = "办法"
rfc = "RFC 4954"
)";

const std::string kPhrases = R"([[phrase]]
words = ["connection refused"]
from = "the system"
weight = 3
codes = []
means = ["refused"]
)";

const std::string kMarks = R"([[program]]
name = "swaks"
marks = ["<**"]
[[provider]]
name = "netease"
software = 0
marks = ["163.com"]
)";

const std::string kSasl = R"([[mechanism]]
name = "LOGIN"
what.en = "w"
what.zh = "是什么"
password.en = "p"
password.zh = "密码"
remember.en = "r"
remember.zh = "记住"
rfc = "private: a draft"
[[mechanism.message]]
speaker = "server"
round = 0
made.en = "m"
made.zh = "做法"
[[part]]
name = "prompt"
meaning.en = "m"
meaning.zh = "意思"
)";

const std::string kStates = R"([[state]]
state = "ready"
meaning.en = "m"
meaning.zh = "意思"
next.en = "n"
next.zh = "下一步"
rfc = "RFC 5321"
)";

Files files() {
  return {{"k/states.toml", kStates},     {"k/commands.toml", kCommands}, {"k/codes.toml", kCodes},
          {"k/keywords.toml", kKeywords}, {"k/mistakes.toml", kMistakes}, {"k/failures.toml", kFailures},
          {"k/sasl.toml", kSasl},         {"k/causes.toml", kCauses},     {"k/phrases.toml", kPhrases},
          {"k/marks.toml", kMarks}};
}

// What is said of the tables when `from` is replaced by `to` in one of them; "" when they load.
std::string said(const std::string& file, const std::string& from, const std::string& to) {
  Files all = files();
  std::string& text = all.at("k/" + file + ".toml");
  REQUIRE(text.find(from) != std::string::npos);
  text = core::replace_all(text, from, to);
  const auto loaded = knowledge::Knowledge::from_files(all);
  return loaded ? "" : core::describe(loaded.error(), core::Language::kEnglish);
}

struct StrictRow {
  std::string name;
  std::string file;
  std::string from;
  std::string to;
  std::string want;  // the whole of what is said
};

const std::vector<StrictRow> kStrictRows{
    {"an unknown key", "commands",
     "example =", "exampel = \"x\"\nexample =", "k/commands.toml:7: unknown key 'exampel' in [[command]]"},
    {"a missing key", "commands", "example = \"NOOP\"\n", "", "k/commands.toml:1: 'example' is missing in [[command]]"},
    {"no Chinese", "commands", "purpose.zh = \"目的\"\n", "", "k/commands.toml:3: 'zh' is missing in 'purpose'"},
    {"no English", "commands", "changes.en = \"c\"\n", "", "k/commands.toml:5: 'en' is missing in 'changes'"},
    {"an empty text", "commands", "\"变化\"", "\"\"", "k/commands.toml:6: 'zh' must be a text that is not empty"},
    {"a third language", "commands", "changes.en", "changes.fr = \"f\"\nchanges.en",
     "k/commands.toml:5: unknown key 'fr' in 'changes'"},
    {"one text for both languages", "keywords", "meaning.en = \"m\"\nmeaning.zh = \"意思\"", "meaning = \"m\"",
     "k/keywords.toml:3: 'meaning' must have two languages: meaning.en and meaning.zh"},
    {"an unknown state", "states", "\"ready\"", "\"steady\"", "k/states.toml:1: 'steady' is no state"},
    {"a state told twice", "states", kStates, kStates + kStates, "k/states.toml:8: 'ready' stands here twice"},
    {"a state that leads nowhere", "states", "next.en = \"n\"\nnext.zh = \"下一步\"\n", "",
     "k/states.toml:1: 'next' is missing in [[state]]"},
    {"an unknown verb", "commands", "verb = \"NOOP\"", "verb = \"NOPE\"", "k/commands.toml:1: 'NOPE' is no command"},
    {"an unknown key of a part", "commands",
     "part = ", "kind = \"x\"\npart = ", "k/commands.toml:10: unknown key 'kind' in [[command.grammar_parts]]"},
    {"a number where a text belongs", "keywords", "\"RFC 1870\"", "1870",
     "k/keywords.toml:5: 'rfc' must be a text that is not empty"},
    {"a table that nobody knows", "keywords", "[[keyword]]", "[[keywords]]\na = 1\n[[keyword]]",
     "k/keywords.toml:1: unknown key 'keywords' in the file"},
    {"a table where a list belongs", "keywords", "[[keyword]]", "[keyword]",
     "k/keywords.toml:1: write [[keyword]] for each one"},
    {"nothing in the file", "keywords", kKeywords, "",
     "k/keywords.toml:1: 'keyword' is missing in the file\nk/keywords.toml:1: 'login_method' is missing in the file"},
    {"the same keyword in small letters", "keywords", "[[keyword]]",
     "[[keyword]]\nkeyword = \"size\"\nmeaning.en = \"m\"\nmeaning.zh = \"意思\"\nrfc = \"r\"\n[[keyword]]",
     "k/keywords.toml:6: 'SIZE' stands here twice"},
    {"a severity of one's own", "mistakes", "\"advice\"", "\"fatal\"",
     "k/mistakes.toml:1: severity must be error, warning or advice, not 'fatal'"},
    {"a mistake told twice", "mistakes", kMistakes, kMistakes + kMistakes, "k/mistakes.toml:11: 'bare-cr' stands here twice"},
    {"a code out of range", "codes", "code = 535", "code = 600",
     "k/codes.toml:10: 'code' must be a whole number from 200 to 599"},
    {"a code as a text", "codes", "code = 535", "code = \"535\"",
     "k/codes.toml:10: 'code' must be a whole number from 200 to 599"},
    {"an enhanced code with its class", "codes", "\"X.7.8\"", "\"5.7.8\"",
     "k/codes.toml:27: '5.7.8' is no enhanced code: \"X.7.8\""},
    {"a third digit", "codes", "position = 1", "position = 3", "k/codes.toml:2: 'position' must be a whole number from 1 to 2"},
    {"a word among the basic codes", "codes", "[535]", "[535, \"x\"]",
     "k/codes.toml:32: 'basic' must be a whole number from 200 to 599"},
    {"one basic code that is no list", "codes", "[535]", "535", "k/codes.toml:32: 'basic' must be a list: [535, 554]"},
    {"a mechanism that nobody knows", "sasl", "\"LOGIN\"", "\"NTLM\"", "k/sasl.toml:1: 'NTLM' is no mechanism"},
    {"a mechanism told twice", "sasl", "[[part]]", kSasl.substr(0, kSasl.find("[[part]]")) + "[[part]]",
     "k/sasl.toml:15: 'LOGIN' stands here twice"},
    {"a mechanism without messages", "sasl",
     "[[mechanism.message]]\nspeaker = \"server\"\nround = 0\nmade.en = \"m\"\nmade.zh = \"做法\"\n", "",
     "k/sasl.toml:1: 'message' is missing in [[mechanism]]"},
    {"a message of nobody", "sasl", "\"server\"", "\"proxy\"", "k/sasl.toml:10: speaker must be server or client, not 'proxy'"},
    {"a message told twice", "sasl", "[[part]]",
     "[[mechanism.message]]\nspeaker = \"server\"\nround = 0\nmade.en = \"m\"\nmade.zh = \"做法\"\n[[part]]",
     "k/sasl.toml:15: this message stands here twice"},
    {"a round out of range", "sasl", "round = 0", "round = -1", "k/sasl.toml:12: 'round' must be a whole number from 0 to 9"},
    {"a message without Chinese", "sasl", "made.zh = \"做法\"\n", "", "k/sasl.toml:13: 'zh' is missing in 'made'"},
    {"an unknown key of a mechanism", "sasl", "what.en", "how = \"x\"\nwhat.en",
     "k/sasl.toml:3: unknown key 'how' in [[mechanism]]"},
    {"a part that no message has", "sasl", "\"prompt\"", "\"question\"",
     "k/sasl.toml:15: 'question' is no part of any message"},
    {"a part told twice", "sasl", "[[part]]", kSasl.substr(kSasl.find("[[part]]")) + "[[part]]",
     "k/sasl.toml:19: 'prompt' stands here twice"},
    {"a cause told twice", "causes", kCauses, kCauses + kCauses, "k/causes.toml:10: 'wrong-password' stands here twice"},
    {"a phrase without words", "phrases", "words = [\"connection refused\"]", "words = []",
     "k/phrases.toml:2: 'words' must be a list of texts, none of them empty"},
    {"an empty word", "phrases", "[\"connection refused\"]", "[\"\"]",
     "k/phrases.toml:2: 'words' must be a list of texts, none of them empty"},
    {"words that are no list", "phrases", "[\"connection refused\"]", "\"connection refused\"",
     "k/phrases.toml:2: 'words' must be a list of texts, none of them empty"},
    {"a weight that is none", "phrases", "weight = 3", "weight = 4",
     "k/phrases.toml:4: 'weight' must be a whole number from 1 to 3"},
    {"a phrase that means nothing", "phrases", "means = [\"refused\"]\n", "",
     "k/phrases.toml:1: 'means' is missing in [[phrase]]"},
    {"a program without marks", "marks", "marks = [\"<**\"]\n", "", "k/marks.toml:1: 'marks' is missing in [[program]]"},
    {"a provider that is half software", "marks", "software = 0", "software = 2",
     "k/marks.toml:6: 'software' must be a whole number from 0 to 1"},
    {"a failure told twice", "failures", kFailures, kFailures + kFailures, "k/failures.toml:10: 'refused' stands here twice"},
    {"a failure without a way out", "failures", "fix.en = \"f\"\nfix.zh = \"办法\"\n", "",
     "k/failures.toml:1: 'fix' is missing in [[failure]]"},
    {"a failure without Chinese", "failures", "why.zh = \"原因\"\n", "", "k/failures.toml:5: 'zh' is missing in 'why'"},
    {"an unknown key of a failure", "failures",
     "rfc =", "hint = \"x\"\nrfc =", "k/failures.toml:9: unknown key 'hint' in [[failure]]"},
    {"two faults", "keywords", "keyword = \"SIZE\"\nmeaning.en = \"m\"\n", "keywrd = \"SIZE\"\n",
     "k/keywords.toml:1: 'keyword' is missing in [[keyword]]\nk/keywords.toml:3: 'en' is missing in 'meaning'\n"
     "k/keywords.toml:2: unknown key 'keywrd' in [[keyword]]"},
};

}  // namespace

TEST_CASE("knowledge: tables without a fault load") {
  const auto loaded = knowledge::Knowledge::from_files(files());
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? std::string() : core::describe(loaded.error(), core::Language::kEnglish)));
  CHECK(loaded->command(smtp::Input::kNoop)->purpose.zh == "目的");
  CHECK(loaded->command(smtp::Input::kMail) == nullptr);
  CHECK(loaded->mistake("bare-cr")->severity == knowledge::Severity::kAdvice);
  CHECK(loaded->code("535")->fix.en == "f");
  CHECK(loaded->code("550") == nullptr);
  CHECK(loaded->first_digit(5)->code == "5xx");
  CHECK(loaded->failure("refused")->why.zh == "原因");
  CHECK(loaded->failure("reset") == nullptr);
  CHECK(loaded->sasl("LOGIN")->password.zh == "密码");
  CHECK(loaded->sasl("LOGIN")->message(sasl::Speaker::kServer, 0)->made.en == "m");
  CHECK(loaded->sasl("LOGIN")->message(sasl::Speaker::kClient, 0) == nullptr);
  CHECK(loaded->sasl("PLAIN") == nullptr);
  CHECK(loaded->sasl_part("prompt")->en == "m");
  CHECK(loaded->sasl_part("user") == nullptr);
}

TEST_CASE("knowledge: each fault is told with its file and line") {
  for (const StrictRow& row : kStrictRows) {
    CAPTURE(row.name);
    CHECK(said(row.file, row.from, row.to) == row.want);
  }
}

TEST_CASE("knowledge: what is not TOML is told with its line") {
  const std::string text = said("mistakes", "severity =", "severity");
  CHECK(text.starts_with("k/mistakes.toml:3:"));
  CHECK(text.find(": this is not TOML: ") != std::string::npos);
}

TEST_CASE("knowledge: a file that is missing or that nobody knows is an error") {
  Files all = files();
  all.erase("k/codes.toml");
  all.emplace("k/lessons.toml", "");
  const auto loaded = knowledge::Knowledge::from_files(all);
  REQUIRE_FALSE(loaded.has_value());
  CHECK(core::describe(loaded.error(), core::Language::kEnglish) ==
        "k/lessons.toml:1: nothing is known about a file of this name\nknowledge: the file codes.toml is missing");
}
