#include "client/commands/explain_pasted.h"

#include <algorithm>
#include <string>
#include <vector>

#include "client/commands/pasted_words.h"
#include "client/commands/reply_rows.h"
#include "core/show.h"

namespace commands {
namespace {

using client::Word;

constexpr std::size_t kLongestRepeated = 400;  // octets of the text
constexpr std::size_t kMostMeanings = 2;       // explained in full
constexpr std::size_t kMostCandidates = 2;     // replies explained in full, when several fit
constexpr std::size_t kMostOthers = 8;         // and of the others, how many are named

// An entry that an id names, whichever table it stands in.
struct Meaning {
  std::string id;
  core::Text title;
  core::Text why;
  core::Text fix;
  std::string rfc;
};

std::optional<Meaning> meaning_of(const std::string& id, const knowledge::Knowledge& knowledge) {
  if (const auto* const mistake = knowledge.mistake(id))
    return Meaning{id, mistake->title, mistake->explain, mistake->fix, mistake->rfc};
  const auto* entry = knowledge.failure(id);
  if (entry == nullptr) entry = knowledge.cause(id);
  if (entry == nullptr) return std::nullopt;
  return Meaning{id, entry->what, entry->why, entry->fix, entry->rfc};
}

class Composer {
 public:
  Composer(const explain::Finding& finding, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer)
      : finding_(finding), knowledge_(knowledge), show_secrets_(show_secrets), printer_(printer) {
    for (const std::string& id : finding.means) {
      if (auto meaning = meaning_of(id, knowledge)) meanings_.push_back(std::move(*meaning));
    }
  }

  void compose() {
    what_decides();
    if (finding_.is_success) {
      printer_.row("", say(Pasted::kSuccess));
    } else if (finding_.is_certain) {
      known_reply_rows(*finding_.said_by.front().known, printer_);
      for (std::size_t i = 0; i < meanings_.size(); ++i) {
        const Meaning& one = meanings_[i];
        printer_.row(say(i == 0 ? Pasted::kInGeneral : Pasted::kPerhaps), printer_.in(one.title) + " · " + one.id);
      }
    } else {
      meanings();
      candidates();
    }
    numbers();
  }

 private:
  [[nodiscard]] const std::string& say(Pasted which) const { return printer_.in(text(which)); }

  // The words as they stand in the text, without passwords.
  [[nodiscard]] std::string repeated() const {
    std::string words = show_secrets_ ? finding_.words : core::mask(finding_.words, finding_.secrets);
    if (words.size() <= kLongestRepeated) return words;
    std::size_t end = kLongestRepeated;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
    return words.substr(0, end) + "…";
  }

  void what_decides() {
    std::string words = repeated();
    if (finding_.code) {
      const std::string& code = finding_.code->text;
      words = words.empty() ? code : code + " " + words;
    }
    printer_.heading(words);
    if (finding_.lines > 1) {
      const std::string number = std::to_string(finding_.line);
      const std::string all = std::to_string(finding_.lines);
      printer_.row(say(Pasted::kWhere), say(Pasted::kLine) + " " + number + " " + say(Pasted::kOfLines) + " " + all +
                                            (printer_.is_chinese() ? " 行" : ""));
    }
    if (!finding_.from.empty()) {
      printer_.row(say(Pasted::kSaidBy), finding_.from);
    } else if (finding_.is_certain) {
      printer_.row(say(Pasted::kSaidBy), printer_.in(finding_.said_by.front().known->title));
    } else {
      printer_.row(say(Pasted::kSaidBy), say(Pasted::kAServer));
    }
    printer_.row(say(Pasted::kPrintedBy), finding_.program);
    if (finding_.expected) {
      const std::string comma = printer_.is_chinese() ? "，" : " ";
      printer_.row("", say(Pasted::kExpected) + " " + *finding_.expected + comma + say(Pasted::kOutOfStep));
    }
  }

  void meanings() {
    for (std::size_t i = 0; i < meanings_.size(); ++i) {
      const Meaning& one = meanings_[i];
      const std::string title = printer_.in(one.title) + " · " + one.id;
      printer_.heading(i == 0 ? title : say(Pasted::kPerhaps) + ": " + title);
      if (i >= kMostMeanings) continue;
      printer_.row(Word::kWhy, printer_.in(one.why));
      printer_.row(Word::kDo, printer_.in(one.fix));
      printer_.row("", one.rfc);
    }
  }

  // Replies that could be meant, named as such.
  void candidates() {
    const auto& all = finding_.said_by;
    if (all.empty()) return;
    printer_.heading(say(Pasted::kOthersSay));
    for (std::size_t i = 0; i < std::min(all.size(), kMostCandidates); ++i) known_reply_rows(*all[i].known, printer_);
    if (all.size() <= kMostCandidates) return;
    std::string names;
    for (std::size_t i = kMostCandidates; i < std::min(all.size(), kMostCandidates + kMostOthers); ++i) {
      names += (names.empty() ? "" : ", ") + all[i].known->entry.explanation->id;
    }
    printer_.heading(std::string(printer_.say(Word::kAlso)) + "  " + names +
                     (all.size() > kMostCandidates + kMostOthers ? ", …" : ""));
  }

  // The code in general, and what is no code.
  void numbers() {
    const bool has_specific = finding_.is_certain || !meanings_.empty();
    const std::string& number = finding_.code ? finding_.code->text : finding_.detail;
    if (has_specific && !number.empty()) printer_.heading(number + " · " + std::string(printer_.say(Word::kGeneric)));
    if (finding_.code) code_rows(*finding_.code, !has_specific, knowledge_, printer_);
    if (!finding_.detail.empty()) detail_rows(finding_.detail, knowledge_, printer_);
    if (finding_.ignored.empty()) return;
    printer_.heading(say(Pasted::kNumbers));
    for (const explain::Ignored& one : finding_.ignored) {
      printer_.row(one.code, printer_.in(text(one.against)));
    }
  }

  const explain::Finding& finding_;
  const knowledge::Knowledge& knowledge_;
  bool show_secrets_;
  Printer& printer_;
  std::vector<Meaning> meanings_;
};

}  // namespace

void explain_pasted(const explain::Finding& finding, const knowledge::Knowledge& knowledge, bool show_secrets,
                    Printer& printer) {
  Composer(finding, knowledge, show_secrets, printer).compose();
}

}  // namespace commands
