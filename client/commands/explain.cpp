#include "client/commands/explain.h"

#include <algorithm>
#include <string>
#include <vector>

#include "client/base/options.h"
#include "client/commands/explain_line.h"
#include "client/commands/explain_pasted.h"
#include "client/commands/explain_sasl.h"
#include "client/commands/pasted_words.h"
#include "client/commands/printer.h"
#include "client/commands/recognise.h"
#include "client/commands/reply_rows.h"
#include "client/explain/finding.h"
#include "client/explain/secrets.h"
#include "core/nearest.h"
#include "core/show.h"
#include "knowledge/terms.h"
#include "protocol/known.h"

namespace commands {
namespace {

using client::Word;

constexpr std::size_t kMostInFull = 3;      // providers' replies that are explained, when many fit
constexpr std::size_t kMostNamed = 8;       // and of the others, how many are named
constexpr std::size_t kMostProposed = 4;    // replies that may have been meant
constexpr std::size_t kLongestShown = 200;  // octets of what is not known

std::string shown(std::string_view text) { return core::show_bytes(text); }

std::string without_secrets(std::string_view text, bool show_secrets) {
  return show_secrets ? std::string(text) : core::mask(text, explain::find_secrets(text));
}

// Something besides the code and the enhanced code.
bool has_words(const protocol::Answer& answer) {
  const std::string_view line = answer.lines.front();
  const std::string_view detail = answer.detail();
  const bool is_detail = line == detail || (line.starts_with('[') && line.size() == detail.size() + 2);
  return answer.lines.size() > 1 || (!line.empty() && !is_detail);
}

class Explainer {
 public:
  Explainer(const knowledge::Knowledge& knowledge, const explain::Vocabulary& known, Printer& printer, bool show_secrets)
      : knowledge_(knowledge), known_(known), printer_(printer), show_secrets_(show_secrets) {}

  // A reply by its name, as other explanations give it.
  void known_reply(const explain::KnownReply& known) {
    std::string lines;
    for (const std::string& line : known.entry.lines) lines += (lines.empty() ? "" : "\n") + shown(line);
    printer_.heading(lines);
    known_reply_rows(known, printer_);
    code_in_general({known.code, {known.code.outcome, known.code.text, {""}}}, true);
  }

  // Whether there was something to say.
  bool operator()(const Unrecognised& /*meant*/) { return false; }
  bool operator()(const NoReplyCode& /*meant*/) { return false; }

  bool operator()(const FirstDigit& meant) {
    printer_.heading(std::to_string(meant.digit) + "xx");
    first_digit_row(meant.digit, knowledge_, printer_);
    if (const auto* const entry = knowledge_.first_digit(meant.digit)) {
      printer_.row(Word::kDo, printer_.in(entry->fix));
      printer_.row("", entry->rfc);
    }
    return true;
  }

  bool operator()(const DetailAlone& meant) {
    const bool is_enhanced = !protocol::enhanced_code(meant.detail).empty();
    printer_.heading(is_enhanced ? meant.detail : "[" + meant.detail + "]");
    detail_rows(meant.detail, knowledge_, printer_);
    return true;
  }

  bool operator()(const WholeReply& meant) {
    const protocol::Answer& answer = meant.answer;
    reply_heading(meant);
    const bool announces = explain_keywords(meant);
    std::vector<explain::Match> matches;
    // One line of an answer to EHLO stands in many answers; which one it was does not matter.
    if (has_words(answer) && !(announces && answer.lines.size() == 1))
      matches = known_.matching(words_of(answer), {meant.code, explain::detail_of(answer.lines.front()), {}, {}});
    const bool is_anybodys = matches.size() > 1;  // words that several say are first what they mean in general
    if (is_anybodys) code_in_general(meant, announces);
    for (std::size_t i = 0; i < std::min(matches.size(), kMostInFull); ++i) known_reply_rows(*matches[i].known, printer_);
    name_others(matches);
    if (!is_anybodys) code_in_general(meant, announces || !matches.empty());
    if (!has_words(answer)) known_texts(meant.code);
    return true;
  }

  bool operator()(const CommandLine& meant) {
    explain_command(meant, knowledge_, show_secrets_, printer_);
    // STARTTLS, AUTH and HELP are both a command and a line of the answer to EHLO, UIDL and TOP of that to CAPA.
    const protocol::Protocol& protocol = *protocol::find(meant.commands.front().row().protocol);
    if (const auto* const entry = meant.bare ? knowledge_.keyword(protocol.name(), meant.line) : nullptr)
      keyword_rows(protocol, core::to_upper(meant.line), *entry, printer_);
    return true;
  }

  bool operator()(const OtherInput& meant) {
    for (const protocol::Input input : meant.inputs) {
      printer_.heading(with_protocol(input.name(), input, meant.inputs.size() > 1));
      command_rows(knowledge_.command(input), printer_);
    }
    return true;
  }

  bool operator()(const KeywordLine& meant) {
    explain_keyword_line(*meant.protocol, hidden(meant.line), knowledge_, printer_);
    return true;
  }

  bool operator()(const TermLine& meant) {
    printer_.heading(shown(hidden(meant.line)));
    if (const auto* const entry = meant.line.starts_with("* ") ? knowledge_.code("*") : nullptr)
      printer_.row("*", printer_.in(entry->meaning));
    for (const knowledge::Term& term : knowledge::terms_in(knowledge_, meant.protocol->name(), meant.line)) {
      printer_.row(term.word, printer_.in(term.meaning));
      printer_.row("", term.rfc);
    }
    return true;
  }

  bool operator()(const StateName& meant) {
    for (const StateName::Of& one : meant.states) {
      const auto* const entry = knowledge_.state(one.protocol->name(), one.state->name.en);
      if (entry == nullptr) continue;
      const std::string_view state = printer_.say(Word::kState);
      printer_.heading(std::string(one.state->name.in(printer_.language())) + " · " + std::string(one.protocol->title()) +
                       " · " + std::string(state));
      printer_.row("", printer_.in(entry->meaning));
      printer_.row(Word::kDo, printer_.in(entry->next));
      printer_.row("", entry->rfc);
    }
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
    const auto* entry = knowledge_.failure(meant.id);
    if (entry == nullptr) entry = knowledge_.cause(meant.id);
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
  static std::string words_of(const protocol::Answer& answer) {
    std::string words;
    for (const std::string& line : answer.lines) words += line + "\n";
    return words;
  }

  // A server that repeats the line it does not know repeats the password in it.
  [[nodiscard]] std::string hidden(std::string_view line) const { return without_secrets(line, show_secrets_); }

  void reply_heading(const WholeReply& whole) {
    const std::vector<std::string>& lines = whole.answer.lines;
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool has_code = whole.code.is_number() || i == 0;
      const bool goes_on = whole.code.is_number() && i + 1 < lines.size();
      if (has_code) text += whole.code.text + (goes_on ? "-" : lines[i].empty() ? "" : " ");
      text += shown(hidden(lines[i])) + (i + 1 < lines.size() ? "\n" : "");
    }
    printer_.heading(text);
    if (!whole.answer.is_more()) return;
    // The question of AUTH LOGIN: VXNlcm5hbWU6 is "Username:".
    const auto decoded = readable_base64(lines.front());
    if (!decoded) return;
    decoded_row(lines.front(), shown(*decoded), printer_);
    if (const auto guess = recognise_sasl(*decoded); guess && guess->speaker == sasl::Speaker::kServer)
      explain_sasl(*guess, *decoded, knowledge_, show_secrets_, printer_);
  }

  // Lines of an answer that lists what is offered: all behind the first, or a single one that has a code as each line has and
  // is nothing else. Whether there are any.
  bool explain_keywords(const WholeReply& whole) {
    const protocol::Protocol& protocol = *whole.code.protocol;
    const std::vector<std::string>& lines = whole.answer.lines;
    bool any = false;
    if (whole.code.text != protocol.done_code() || (lines.size() == 1 && !whole.code.is_number())) return any;
    for (std::size_t i = lines.size() > 1 ? 1 : 0; i < lines.size(); ++i) {
      const auto* const entry = knowledge_.keyword(protocol.name(), split_keyword(lines[i]).keyword);
      if (entry == nullptr) continue;
      keyword_rows(protocol, hidden(lines[i]), *entry, printer_);
      any = true;
    }
    return any;
  }

  void name_others(const std::vector<explain::Match>& matches) {
    if (matches.size() <= kMostInFull) return;
    std::string names;
    for (std::size_t i = kMostInFull; i < std::min(matches.size(), kMostInFull + kMostNamed); ++i) {
      names += (i == kMostInFull ? "" : ", ") + matches[i].known->entry.explanation->id;
    }
    if (matches.size() > kMostInFull + kMostNamed) names += ", …";
    printer_.heading(std::string(printer_.say(Word::kAlso)) + "  " + names);
  }

  void code_in_general(const WholeReply& whole, bool has_specific) {
    if (has_specific) printer_.heading(whole.code.text + " · " + std::string(printer_.say(Word::kGeneric)));
    code_rows(whole.code, true, knowledge_, printer_);
    if (const auto detail = whole.answer.detail(); !detail.empty()) detail_rows(detail, knowledge_, printer_);
  }

  // The exact words behind a bare code.
  void known_texts(const explain::Code& code) {
    const std::vector<const explain::KnownReply*> texts = known_.with_code(code);
    if (texts.empty()) return;
    printer_.heading(printer_.say(Word::kKnownTexts));
    for (std::size_t i = 0; i < std::min(texts.size(), kMostNamed); ++i) {
      printer_.line("  " + texts[i]->entry.lines.front() + "  (" + texts[i]->entry.explanation->id + ")");
    }
    if (texts.size() > kMostNamed) printer_.line("  …");
  }

  const knowledge::Knowledge& knowledge_;
  const explain::Vocabulary& known_;
  Printer& printer_;
  bool show_secrets_;
};

// Everything that could be misspelt: verbs, keywords, names of mistakes and failures.
std::vector<std::string_view> known_words(const knowledge::Knowledge& knowledge) {
  std::vector<std::string_view> words;
  const auto add = [&](std::string_view word) {
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (const protocol::Protocol* const one : protocol::known()) {
    for (const protocol::InputRow& row : one->inputs()) add(row.verb);
    for (const auto& keyword : knowledge.keywords(one->name())) add(keyword.first);
  }
  for (const auto& mistake : knowledge.mistakes()) words.emplace_back(mistake.first);
  for (const auto& failure : knowledge.failures()) words.emplace_back(failure.first);
  for (const auto& cause : knowledge.causes()) words.emplace_back(cause.first);
  return words;
}

// input: without its passwords.
void say_unknown(std::string_view input, const knowledge::Knowledge& knowledge, const explain::Vocabulary& known,
                 Printer& printer) {
  const std::string quoted = "'" + shown(input) + "'";
  const std::string_view first = input.substr(0, input.find(' '));
  printer.line("smtplab: " + (printer.is_chinese() ? std::string(printer.say(Word::kUnknownInput)) + " " + quoted
                                                   : quoted + " " + std::string(printer.say(Word::kUnknownInput))));
  std::string proposals;
  for (const std::string_view word : core::nearest(first, known_words(knowledge))) {
    proposals += (proposals.empty() ? "" : ", ") + std::string(word);
  }
  if (!proposals.empty()) printer.line(std::string(printer.say(Word::kDidYouMean)) + "  " + proposals);
  for (const explain::KnownReply* const reply : known.containing(input, kMostProposed)) {
    printer.line(std::string(printer.say(Word::kDidYouMean)) + "  " + reply->entry.lines.front() + "  (" +
                 reply->entry.explanation->id + ")");
  }
  printer.line(printer.say(Word::kExplainTakes));
}

// Whether the whole input may be a text that was pasted rather than a word or a line somebody asks about.
bool may_be_pasted(const Meant& meant) {
  if (const auto* const command = std::get_if<CommandLine>(&meant)) return !command->bare;
  if (const auto* const keyword = std::get_if<KeywordLine>(&meant)) return keyword->line.find(' ') != std::string::npos;
  if (const auto* const whole = std::get_if<WholeReply>(&meant)) return has_words(whole->answer);
  return std::holds_alternative<Unrecognised>(meant) || std::holds_alternative<NoReplyCode>(meant) ||
         std::holds_alternative<TermLine>(meant);
}

// What a server says when all is well is told as a reply; "220 reply not received from server." is a program's.
bool is_plain_success(const Meant& meant, const explain::Finding& finding) {
  return std::holds_alternative<WholeReply>(meant) && finding.is_success;
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
  if (options.left_out > 0)
    complaints.line("smtplab: " + std::to_string(options.left_out) + " " + complaints.in(text(Pasted::kLeftOut)));
  const Meant meant = recognise(input, knowledge);
  const explain::Phrases phrases(knowledge);
  const explain::Vocabulary known(catalogue, knowledge, phrases);
  for (const core::Error& failure : known.failures()) complaints.line(core::describe(failure, options.language));
  if (const auto* const reply = known.with_id(core::trim(input))) {
    Explainer(knowledge, known, printer, options.show_secrets).known_reply(*reply);
    return client::kDone;
  }
  if (may_be_pasted(meant)) {
    const auto finding = explain::Reader(knowledge, phrases, known).read(input, options.gap);
    if (finding && !is_plain_success(meant, *finding)) {
      explain_pasted(*finding, knowledge, options.show_secrets, printer);
      return client::kDone;
    }
  }
  if (std::visit(Explainer(knowledge, known, printer, options.show_secrets), meant)) return client::kDone;
  const std::string repeated = without_secrets(input, options.show_secrets);
  if (std::holds_alternative<NoReplyCode>(meant)) {
    complaints.line("smtplab: '" + shown(std::string_view(repeated).substr(0, 60)) + "' " +
                    std::string(complaints.say(Word::kNoReplyCode)));
  } else {
    say_unknown(std::string_view(repeated).substr(0, kLongestShown), knowledge, known, complaints);
  }
  return client::kUsage;
}

}  // namespace commands
