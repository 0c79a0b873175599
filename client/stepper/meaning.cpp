#include "client/stepper/meaning.h"

#include <algorithm>

#include "client/base/source_text.h"
#include "client/base/within.h"
#include "client/base/words.h"
#include "client/stepper/sasl_meaning.h"
#include "client/stepper/state_names.h"
#include "core/base64.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"
#include "knowledge/line_parts.h"
#include "smtp/command.h"
#include "smtp/reply_classes.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

// Without its end; of a BDAT without the chunk behind it.
std::string_view first_line(std::string_view octets) { return core::without_line_end(octets.substr(0, octets.find('\n'))); }

// Octets sent before it was known how the server would read them.
bool is_early(const dialogue::Event& event) {
  return std::any_of(event.remarks.begin(), event.remarks.end(),
                     [](const smtp::Remark& remark) { return remark.kind == smtp::RemarkKind::kSendsBeforeReply; });
}

// Collects the paragraphs of one event.
class Teller {
 public:
  Teller(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn, const knowledge::Knowledge& knowledge,
         const MeaningOptions& options)
      : event_(event), turn_(turn), knowledge_(knowledge), options_(options), full_(options.detail == Detail::kFull) {}

  Meaning tell() {
    switch (event_.kind) {
      case dialogue::Kind::kServer: reply(); break;
      case dialogue::Kind::kClient: client(); break;
      case dialogue::Kind::kConnected: connected(); break;
      case dialogue::Kind::kSecured: secured(); break;
      case dialogue::Kind::kNote:
      case dialogue::Kind::kClosed: aside(); break;
    }
    return std::move(meaning_);
  }

 private:
  void add(std::string label, std::string text, Role role = Role::kPlain) {
    if (!text.empty()) meaning_.push_back({std::move(label), std::move(text), role});
  }
  [[nodiscard]] std::string in(const core::Text& text) const { return text.in(options_.language); }
  [[nodiscard]] std::string say(Word word) const { return std::string(client::word(word, options_.language)); }

  void connected() {
    if (!full_) return;
    if (const auto* entry = knowledge_.command(smtp::Input::kConnect)) add("", in(entry->purpose));
  }

  // The forgetting belongs to STARTTLS; before the greeting there is nothing to forget.
  void secured() {
    const bool from_the_start = !event_.change || event_.change->from == smtp::State::kConnected;
    add("TLS", core::show_bytes(event_.note.in(options_.language)), Role::kStrong);
    add("", say(from_the_start ? Word::kTlsFromTheStart : Word::kTlsForgotten));
    if (full_) state_and_source();
  }

  void aside() {
    Meaning failure = failure_meaning(event_.failure, knowledge_, options_.language);
    if (failure.empty() || full_) add("", aside_text(event_, options_.language));
    if (event_.explanation != nullptr) {
      if (!failure.empty()) meaning_.push_back(std::move(failure.front()));
      own_words();
      return;
    }
    if (failure.empty()) return;
    for (Paragraph& one : failure) meaning_.push_back(std::move(one));
  }

  // What the base64 of a login says, piece by piece.
  void login() {
    if (!turn_) return;
    for (Paragraph& one : sasl_meaning(event_, *turn_, knowledge_, options_)) meaning_.push_back(std::move(one));
  }

  // Why this server does this now, where it is known.
  void own_words() {
    add(say(Word::kWhy), in(event_.explanation->because));
    add(say(Word::kDo), in(event_.explanation->fix));
  }

  void reply() {
    if (!event_.reply) {
      if (event_.explanation != nullptr) own_words();
      return;
    }
    const smtp::Reply& reply = *event_.reply;
    if (full_) digits(reply);
    if (const auto enhanced = reply.enhanced(); enhanced && full_) {
      if (const auto* entry = knowledge_.enhanced(*enhanced)) add(enhanced->text(), in(entry->meaning));
    }
    if (!event_.decoded.empty()) add("base64", "\"" + core::show_bytes(event_.decoded) + "\"", Role::kDim);
    login();
    why(reply);
    if (event_.input == smtp::Input::kEhlo && reply.code.is_positive()) keywords(reply);
    if (full_) state_and_source();
  }

  // "553": what each digit says (RFC 5321 §4.2.1).
  void digits(const smtp::Reply& reply) {
    const std::string code = std::to_string(reply.code.value());
    std::string text;
    if (const auto* first = knowledge_.first_digit(reply.code.first_digit()))
      text = code.substr(0, 1) + " " + in(first->meaning);
    if (const auto* second = knowledge_.second_digit(reply.code.value() / 10 % 10)) {
      text += (text.empty() ? "" : " · ") + code.substr(1, 1) + " " + in(second->meaning);
    }
    add(code, text, Role::kStrong);
  }

  void why(const smtp::Reply& reply) {
    if (event_.explanation != nullptr && !event_.explanation->because.empty()) {
      add(say(Word::kWhy), in(event_.explanation->because));
      if (full_ || reply.code.is_negative()) add(say(Word::kDo), in(event_.explanation->fix));
      return;
    }
    // Of a reply that answers nothing the words of its code are as untrue as those of the command. The note behind it says
    // more.
    if (event_.input && !smtp::can_answer(*event_.input, reply.code)) {
      if (const auto* const failure = knowledge_.failure("reply-out-of-place")) add("!", in(failure->what), Role::kWarning);
      return;
    }
    // Nothing is known of this server's own reasons. What was accepted is told by what it changes …
    const auto* command = event_.input ? knowledge_.command(*event_.input) : nullptr;
    if (command != nullptr && !reply.code.is_negative() && !command->changes.empty()) {
      add(say(Word::kChanges), in(command->changes));
      return;
    }
    // … and a refusal by what the standard says of the code; that it is only that is said too.
    const auto* entry = knowledge_.code(reply.code);
    if (entry == nullptr) entry = knowledge_.first_digit(reply.code.first_digit());
    if (entry == nullptr) return;
    add(say(Word::kWhy), in(entry->meaning) + " (" + say(Word::kGeneric) + ")");
    if (full_ || reply.code.is_negative()) add(say(Word::kDo), in(entry->fix));
    for (const dialogue::Likeness& one : event_.likenesses)
      add(say(Word::kKnownFrom), in(one.who) + " · " + in(one.why->because));
  }

  void keywords(const smtp::Reply& reply) {
    for (std::size_t i = 1; i < reply.lines.size(); ++i) {
      const std::string_view line = reply.lines[i];
      const std::string_view word = line.substr(0, line.find_first_of(" ="));
      const auto* entry = knowledge_.keyword(line.substr(0, line.find(' ')));
      if (entry == nullptr) entry = knowledge_.keyword(word);
      add(core::show_bytes(word), entry != nullptr ? in(entry->meaning) : say(Word::kUnknownKeyword),
          entry != nullptr ? Role::kPlain : Role::kDim);
    }
  }

  void state_and_source() {
    if (event_.change && event_.change->from != event_.change->to) {
      add(say(Word::kState),
          std::string(state_name(event_.change->from, options_.language)) + " → " +
              std::string(state_name(event_.change->to, options_.language)) + "  (" + std::string(event_.change->rule) + ")",
          Role::kDim);
    }
    if (event_.explanation == nullptr || event_.explanation->source.empty()) return;
    std::string text = client::source_text(event_.explanation->source.front(), options_.language);
    if (!event_.explanation->seen.empty()) text += " · " + say(Word::kSeen) + " " + core::show_bytes(event_.explanation->seen);
    add(say(Word::kSource), text, Role::kDim);
  }

  // In the pane a mistake comes first: the grammar may reach below its end.
  void client() {
    if (full_) mistakes();
    if (event_.command) {
      if (full_) command(*event_.command);
    } else if (event_.input == smtp::Input::kAuthResponse) {
      response();
    } else if (event_.input == smtp::Input::kMessage) {
      if (full_) entry(smtp::Input::kMessage);
    } else if (event_.bytes.ends_with('\n') && event_.secrets.empty() && !is_early(event_)) {
      malformed();
    }
    if (event_.command && !event_.decoded.empty()) decoded();
    login();
    if (!full_) mistakes();
  }

  void mistakes() {
    for (const smtp::Remark& remark : event_.remarks) mistake(smtp::id(remark.kind));
  }

  void entry(smtp::Input input) {
    const auto* entry = knowledge_.command(input);
    if (entry == nullptr) return;
    add("", in(entry->purpose));
    parts(*entry, input);
    add(say(Word::kChanges), in(entry->changes));
  }

  // The pieces of this very line with what each of them is; of what was cut on its way, those of the grammar.
  void parts(const knowledge::CommandEntry& entry, smtp::Input input) {
    const std::string_view line = first_line(event_.bytes);
    const auto named = event_.command ? knowledge::name_parts(entry, input, line) : std::vector<knowledge::LinePart>();
    for (const knowledge::LinePart& one : named) {
      const std::string_view piece = line.substr(one.where.begin, one.where.end - one.where.begin);
      const auto secrets = options_.show_secrets ? std::vector<core::Span>() : client::within(event_.secrets, one.where);
      const std::string name = one.part->part == piece ? "" : one.part->part + " · ";
      add(core::show_masked(piece, secrets), name + in(one.part->meaning), Role::kDim);
    }
    if (!named.empty()) return;
    for (const knowledge::GrammarPart& part : entry.parts) add(part.part, in(part.meaning), Role::kDim);
  }

  void grammar(smtp::Input verb) {
    const smtp::CommandRow& row = smtp::row(verb);
    add(std::string(row.verb), std::string(row.grammar) + "  (" + std::string(row.rule) + ")", Role::kStrong);
  }

  void command(const smtp::Command& command) {
    grammar(command.verb);
    entry(command.verb);
  }

  void response() {
    if (full_) entry(smtp::Input::kAuthResponse);
    decoded();
  }

  void decoded() {
    if (event_.decoded.empty()) return;
    // The end of a hidden password is shown when it is the mistake: a line end inside the base64.
    const std::size_t end = event_.decoded.find_last_not_of("\r\n") + 1;
    const std::string text = event_.decoded_is_secret && !options_.show_secrets
                                 ? std::string(core::kMask) + core::show_bytes(std::string_view(event_.decoded).substr(end))
                                 : core::show_bytes(event_.decoded);
    add("base64", "\"" + text + "\"", Role::kDim);
  }

  void malformed() {
    const smtp::ParsedCommand parsed = smtp::parse_command(core::without_line_end(event_.bytes), {});
    if (parsed.command) return;
    const smtp::CommandError& fault = parsed.command.error();
    if (full_ && fault.verb != smtp::Input::kUnknown) grammar(fault.verb);
    const bool in_english = options_.language == core::Language::kEnglish;
    add("", say(Word::kNotWellFormed) + (in_english ? ": " : "：") + core::describe(fault.error, options_.language),
        Role::kWarning);
  }

  void mistake(std::string_view id) {
    const auto* mistake = knowledge_.mistake(id);
    if (mistake == nullptr) {
      add("!", std::string(id), Role::kWarning);
      return;
    }
    add("!", in(mistake->title), Role::kWarning);
    add("", in(mistake->explain));
    add(say(Word::kDo), in(mistake->fix));
  }

  const dialogue::Event& event_;
  const std::optional<dialogue::AuthTurn>& turn_;
  const knowledge::Knowledge& knowledge_;
  const MeaningOptions& options_;
  bool full_;
  Meaning meaning_;
};

}  // namespace

std::string aside_text(const dialogue::Event& event, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  const std::string note = core::show_bytes(event.note.in(language));
  switch (event.kind) {
    case dialogue::Kind::kConnected: return say(Word::kConnectedTo) + " " + note;
    case dialogue::Kind::kSecured: return note + " · " + say(Word::kTlsFromHere);
    case dialogue::Kind::kClosed: break;
    case dialogue::Kind::kClient:
    case dialogue::Kind::kServer:
    case dialogue::Kind::kNote: return note;
  }
  switch (event.closed_by) {
    case dialogue::ClosedBy::kServer: return say(Word::kServerClosed) + (note.empty() ? "" : ": " + note);
    case dialogue::ClosedBy::kClient: return say(Word::kYouClosed);
    case dialogue::ClosedBy::kFailure: break;
  }
  return say(Word::kConnectionFailed) + ": " + note;
}

Meaning failure_meaning(std::string_view id, const knowledge::Knowledge& knowledge, core::Language language) {
  const auto* const failure = knowledge.failure(id);
  if (failure == nullptr) return {};
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  return {{"!", failure->what.in(language), Role::kWarning},
          {say(Word::kWhy), failure->why.in(language), Role::kPlain},
          {say(Word::kDo), failure->fix.in(language), Role::kPlain}};
}

Meaning meaning_of(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn,
                   const knowledge::Knowledge& knowledge, const MeaningOptions& options) {
  return Teller(event, turn, knowledge, options).tell();
}

}  // namespace stepper
