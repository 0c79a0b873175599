#include "client/commands/explain.h"

#include <algorithm>
#include <string>
#include <vector>

#include "client/base/options.h"
#include "client/commands/explain_line.h"
#include "client/commands/explain_sasl.h"
#include "client/commands/known_replies.h"
#include "client/commands/printer.h"
#include "client/commands/recognise.h"
#include "core/nearest.h"
#include "core/show.h"
#include "smtp/credentials.h"

namespace commands {
namespace {

using client::Word;

constexpr std::size_t kMostInFull = 3;    // providers' replies that are explained, when many fit
constexpr std::size_t kMostNamed = 8;     // and of the others, how many are named
constexpr std::size_t kMostProposed = 4;  // replies that may have been meant

std::string shown(std::string_view text) { return core::show_bytes(text); }

class Explainer {
 public:
  Explainer(const knowledge::Knowledge& knowledge, const KnownReplies& known, Printer& printer, bool show_secrets)
      : knowledge_(knowledge), known_(known), printer_(printer), show_secrets_(show_secrets) {}

  // Whether there was something to say.
  bool operator()(const Unrecognised& /*meant*/) { return false; }
  bool operator()(const NoReplyCode& /*meant*/) { return false; }

  bool operator()(const FirstDigit& meant) {
    printer_.heading(std::to_string(meant.digit) + "xx");
    digit_rows(smtp::ReplyCode(meant.digit * 100), false);
    if (const auto* const entry = knowledge_.first_digit(meant.digit)) {
      printer_.row(Word::kDo, printer_.in(entry->fix));
      printer_.row("", entry->rfc);
    }
    return true;
  }

  bool operator()(const EnhancedAlone& meant) {
    printer_.heading(meant.code.text());
    enhanced_rows(meant.code);
    return true;
  }

  bool operator()(const WholeReply& meant) {
    const smtp::Reply& reply = meant.reply;
    reply_heading(reply);
    const bool announces = explain_keywords(reply);
    std::vector<const KnownReply*> matches;
    // One line of an answer to EHLO stands in many answers; which one it was does not matter.
    if (has_words(reply) && !(announces && reply.lines.size() == 1)) matches = known_.matching(reply);
    for (std::size_t i = 0; i < std::min(matches.size(), kMostInFull); ++i) known_reply(*matches[i]);
    name_others(matches);
    code_in_general(reply, announces || !matches.empty());
    if (!has_words(reply)) known_texts(reply.code);
    return true;
  }

  bool operator()(const CommandLine& meant) {
    explain_command(meant, knowledge_, show_secrets_, printer_);
    // STARTTLS, AUTH and HELP are both a command and a line of the answer to EHLO.
    if (const auto* const entry = meant.bare ? knowledge_.keyword(meant.line) : nullptr) {
      printer_.heading(core::to_upper(meant.line) + " · " + std::string(printer_.say(Word::kAnnounced)));
      printer_.row("", printer_.in(entry->meaning));
      printer_.row("", entry->rfc);
    }
    return true;
  }

  bool operator()(const OtherInput& meant) {
    printer_.heading(smtp::name(meant.input));
    command_rows(knowledge_.command(meant.input), printer_);
    return true;
  }

  bool operator()(const KeywordLine& meant) {
    explain_keyword_line(meant.line, knowledge_, printer_);
    return true;
  }

  bool operator()(const MistakeName& meant) {
    const auto* const entry = knowledge_.mistake(meant.id);
    if (entry == nullptr) return false;
    printer_.heading(printer_.in(entry->title) + " · " + meant.id);
    mistake_rows(*entry, printer_);
    const Word severity = entry->severity == knowledge::Severity::kError     ? Word::kError
                          : entry->severity == knowledge::Severity::kWarning ? Word::kWarning
                                                                             : Word::kAdvice;
    printer_.row("", printer_.say(severity));
    printer_.row("", entry->rfc);
    return true;
  }

  bool operator()(const FailureName& meant) {
    const auto* const entry = knowledge_.failure(meant.id);
    if (entry == nullptr) return false;
    printer_.heading(printer_.in(entry->what) + " · " + meant.id);
    printer_.row(Word::kWhy, printer_.in(entry->why));
    printer_.row(Word::kDo, printer_.in(entry->fix));
    printer_.row("", entry->rfc);
    return true;
  }

  bool operator()(const Base64Text& meant) {
    explain_base64(meant.text, knowledge_, show_secrets_, printer_);
    return true;
  }

 private:
  // Something besides the code and the enhanced code.
  static bool has_words(const smtp::Reply& reply) {
    const auto enhanced = reply.enhanced();
    return reply.lines.size() > 1 || (!reply.lines.front().empty() && !(enhanced && enhanced->text() == reply.lines.front()));
  }

  // A server that repeats the line it does not know repeats the password in it.
  [[nodiscard]] std::string hidden(const std::string& line) const {
    return show_secrets_ ? line : core::mask(line, smtp::repeated_auths(line));
  }

  void reply_heading(const smtp::Reply& reply) {
    const std::string code = std::to_string(reply.code.value());
    std::string text;
    for (std::size_t i = 0; i < reply.lines.size(); ++i) {
      const bool last = i + 1 == reply.lines.size();
      text += code + (!last ? "-" : reply.lines[i].empty() ? "" : " ") + shown(hidden(reply.lines[i])) + (last ? "" : "\n");
    }
    printer_.heading(text);
    if (reply.code.value() != 334) return;
    // The question of AUTH LOGIN: VXNlcm5hbWU6 is "Username:".
    const auto decoded = readable_base64(reply.lines.front());
    if (!decoded) return;
    decoded_row(reply.lines.front(), shown(*decoded), printer_);
    if (const auto guess = recognise_sasl(*decoded); guess && guess->speaker == sasl::Speaker::kServer)
      explain_sasl(*guess, *decoded, knowledge_, show_secrets_, printer_);
  }

  // Lines of an answer to EHLO: all behind the first, or a single one that is nothing else. Whether there are any.
  bool explain_keywords(const smtp::Reply& reply) {
    bool any = false;
    if (reply.code.value() != 250) return any;
    for (std::size_t i = reply.lines.size() > 1 ? 1 : 0; i < reply.lines.size(); ++i) {
      const auto* const entry = knowledge_.keyword(split_keyword(reply.lines[i]).keyword);
      if (entry == nullptr) continue;
      printer_.heading(shown(reply.lines[i]) + " · " + std::string(printer_.say(Word::kAnnounced)));
      printer_.row("", printer_.in(entry->meaning));
      printer_.row("", entry->rfc);
      any = true;
    }
    return any;
  }

  void known_reply(const KnownReply& known) {
    const dialogue::Explanation& why = *known.entry.explanation;
    std::string title = printer_.in(known.provider) + " · " + why.id;
    if (!why.seen.empty()) title += " · " + std::string(printer_.say(Word::kSeen)) + " " + why.seen;
    if (known.entry.reported) title += " · " + std::string(printer_.say(Word::kReported));
    printer_.heading(title);
    printer_.row(Word::kWhy, printer_.in(why.because));
    printer_.row(Word::kDo, printer_.in(why.fix));
    std::string sources;
    for (const std::string& source : why.source) sources += (sources.empty() ? "" : "\n") + source;
    printer_.row(Word::kSource, sources);
  }

  void name_others(const std::vector<const KnownReply*>& matches) {
    if (matches.size() <= kMostInFull) return;
    std::string names;
    for (std::size_t i = kMostInFull; i < std::min(matches.size(), kMostInFull + kMostNamed); ++i) {
      names += (i == kMostInFull ? "" : ", ") + matches[i]->entry.explanation->id;
    }
    if (matches.size() > kMostInFull + kMostNamed) names += ", …";
    printer_.heading(std::string(printer_.say(Word::kAlso)) + "  " + names);
  }

  void code_in_general(const smtp::Reply& reply, bool has_specific) {
    if (has_specific) printer_.heading(std::to_string(reply.code.value()) + " · " + std::string(printer_.say(Word::kGeneric)));
    digit_rows(reply.code, true);
    const knowledge::CodeEntry* entry = knowledge_.code(reply.code);
    printer_.row(std::to_string(reply.code.value()),
                 entry != nullptr ? printer_.in(entry->meaning) : printer_.say(Word::kCodeUnknown));
    if (entry == nullptr) entry = knowledge_.first_digit(reply.code.first_digit());
    if (entry != nullptr) {
      printer_.row(Word::kDo, printer_.in(entry->fix));
      printer_.row("", entry->rfc);
    }
    if (const auto enhanced = reply.enhanced()) enhanced_rows(*enhanced);
  }

  // The exact words behind a bare code.
  void known_texts(smtp::ReplyCode code) {
    const std::vector<const KnownReply*> texts = known_.with_code(code);
    if (texts.empty()) return;
    printer_.heading(printer_.say(Word::kKnownTexts));
    for (std::size_t i = 0; i < std::min(texts.size(), kMostNamed); ++i) {
      printer_.line("  " + texts[i]->entry.lines.front() + "  (" + texts[i]->entry.explanation->id + ")");
    }
    if (texts.size() > kMostNamed) printer_.line("  …");
  }

  void digit_rows(smtp::ReplyCode code, bool with_second) {
    const int second = code.value() / 10 % 10;
    if (const auto* const entry = knowledge_.first_digit(code.first_digit()))
      printer_.row(entry->code, printer_.in(entry->meaning));
    const auto* const entry = with_second ? knowledge_.second_digit(second) : nullptr;
    if (entry != nullptr) printer_.row(entry->code, printer_.in(entry->meaning));
  }

  void enhanced_rows(const smtp::EnhancedCode& code) {
    for (const knowledge::CodeEntry* const entry :
         {knowledge_.enhanced_class(code.status), knowledge_.enhanced_subject(code.subject)}) {
      if (entry != nullptr) printer_.row(entry->code, printer_.in(entry->meaning));
    }
    const auto* const entry = knowledge_.enhanced(code);
    printer_.row(code.text(), entry != nullptr ? printer_.in(entry->meaning) : printer_.say(Word::kEnhancedUnknown));
    if (entry == nullptr) return;
    std::string usual;
    for (const int basic : entry->basic) usual += (usual.empty() ? "" : ", ") + std::to_string(basic);
    printer_.row(Word::kComesWith, usual);
    printer_.row("", entry->text + ", " + entry->rfc);
  }

  const knowledge::Knowledge& knowledge_;
  const KnownReplies& known_;
  Printer& printer_;
  bool show_secrets_;
};

// Everything that could be misspelt: verbs, keywords, names of mistakes and failures.
std::vector<std::string_view> known_words(const knowledge::Knowledge& knowledge) {
  std::vector<std::string_view> words;
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (!row.verb.empty()) words.push_back(row.verb);
  }
  for (const auto& keyword : knowledge.keywords()) {
    if (std::find(words.begin(), words.end(), keyword.first) == words.end()) words.emplace_back(keyword.first);
  }
  for (const auto& mistake : knowledge.mistakes()) words.emplace_back(mistake.first);
  for (const auto& failure : knowledge.failures()) words.emplace_back(failure.first);
  return words;
}

void say_unknown(std::string_view input, const knowledge::Knowledge& knowledge, const KnownReplies& known, Printer& printer) {
  const std::string quoted = "'" + shown(input) + "' ";
  const std::string_view first = input.substr(0, input.find(' '));
  printer.line("smtplab: " + (printer.is_chinese() ? std::string(printer.say(Word::kUnknownInput)) + " " + quoted
                                                   : quoted + std::string(printer.say(Word::kUnknownInput))));
  std::string proposals;
  for (const std::string_view word : core::nearest(first, known_words(knowledge))) {
    proposals += (proposals.empty() ? "" : ", ") + std::string(word);
  }
  if (!proposals.empty()) printer.line(std::string(printer.say(Word::kDidYouMean)) + "  " + proposals);
  for (const KnownReply* const reply : known.containing(input, kMostProposed)) {
    printer.line(std::string(printer.say(Word::kDidYouMean)) + "  " + reply->entry.lines.front() + "  (" +
                 reply->entry.explanation->id + ")");
  }
  printer.line(printer.say(Word::kExplainTakes));
}

}  // namespace

int explain(std::string_view input, const knowledge::Knowledge& knowledge, const scenario::Catalogue& catalogue,
            const ExplainOptions& options, std::ostream& out, std::ostream& err) {
  Printer printer(options.language, out);
  Printer complaints(options.language, err);
  if (core::trim(input).empty()) {
    complaints.line("smtplab: " + std::string(complaints.say(Word::kExplainWhat)));
    complaints.line(complaints.say(Word::kExplainTakes));
    return client::kUsage;
  }
  const Meant meant = recognise(input, knowledge);
  const KnownReplies known(catalogue);
  for (const core::Error& failure : known.failures()) complaints.line(core::describe(failure));
  if (std::visit(Explainer(knowledge, known, printer, options.show_secrets), meant)) return client::kDone;
  if (std::holds_alternative<NoReplyCode>(meant)) {
    complaints.line("smtplab: '" + shown(input.substr(0, 60)) + "' " + std::string(complaints.say(Word::kNoReplyCode)));
  } else {
    say_unknown(input.substr(0, 200), knowledge, known, complaints);
  }
  return client::kUsage;
}

}  // namespace commands
