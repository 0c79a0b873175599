#include "client/stepper/meaning.h"

#include <algorithm>

#include "client/base/source_text.h"
#include "client/base/spoken.h"
#include "client/base/within.h"
#include "client/base/words.h"
#include "client/stepper/sasl_meaning.h"
#include "core/ascii.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"
#include "knowledge/terms.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

constexpr std::size_t kLongestDetail = 30;  // octets of a response code that are repeated

// Without its end; of a BDAT without the chunk behind it.
std::string_view first_line(std::string_view octets) { return core::without_line_end(octets.substr(0, octets.find('\n'))); }

// "5.7.8"; a response code as it is written, "[AUTH]".
std::string shown_detail(const protocol::Answer& answer) {
  std::string detail = core::show_bytes(answer.detail());
  if (!answer.lines.front().starts_with('[')) return detail;
  if (detail.size() > kLongestDetail) detail = detail.substr(0, detail.find(' ')) + " …";
  return "[" + detail + "]";
}

// Collects the paragraphs of one event.
class Teller {
 public:
  Teller(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn, const protocol::Protocol& spoken,
         const knowledge::Knowledge& knowledge, const MeaningOptions& options)
      : event_(event),
        turn_(turn),
        protocol_(spoken),
        knowledge_(knowledge),
        options_(options),
        full_(options.detail == Detail::kFull) {}

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
    if (const auto* entry = knowledge_.command(protocol_.input(protocol::Role::kConnect))) add("", in(entry->purpose));
  }

  // The forgetting belongs to TLS that a command began; before the greeting there is nothing to forget.
  void secured() {
    const bool from_the_start = !event_.change || event_.change->from == &protocol_.states().front();
    add("TLS", core::show_bytes(event_.note.in(options_.language)), Role::kStrong);
    add("", client::word(from_the_start ? Word::kTlsFromTheStart : Word::kTlsForgotten, protocol_, options_.language));
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
    const protocol::Answer& reply = *event_.reply;
    if (reply.outcome == protocol::Outcome::kNews) return data(reply);
    if (full_) code(reply);
    if (const auto* entry = full_ ? knowledge_.detail(reply.detail()) : nullptr) add(shown_detail(reply), in(entry->meaning));
    if (!event_.decoded.empty()) add("base64", "\"" + core::show_bytes(event_.decoded) + "\"", Role::kDim);
    login();
    why(reply);
    if (event_.input && event_.input->row().lists_offers && reply.is_positive()) keywords(reply);
    if (full_) state_and_source();
  }

  // What is told on the way to an answer, or unasked. It changes nothing by itself.
  void data(const protocol::Answer& reply) {
    if (full_) {
      if (const auto* entry = knowledge_.code(reply.code)) add(reply.code, in(entry->meaning), Role::kStrong);
      terms(event_.bytes);
    }
    if (event_.explanation != nullptr) own_words();
    if (full_ && event_.input && event_.input->row().lists_offers) offers(reply.lines.front());
    if (full_) state_and_source();
  }

  // The words of a line that have a meaning of their own.
  void terms(std::string_view line) {
    for (const knowledge::Term& term : knowledge::terms_in(knowledge_, protocol_.name(), line))
      add(core::show_bytes(term.word), in(term.meaning), Role::kDim);
  }

  // "553": what each digit says (RFC 5321 §4.2.1); "-ERR".
  void code(const protocol::Answer& reply) {
    const std::string& code = reply.code;
    if (code.empty()) return;
    if (!core::is_digit(code.front())) {
      if (const auto* entry = knowledge_.code(code)) add(code, in(entry->meaning), Role::kStrong);
      return;
    }
    std::string text;
    if (const auto* first = knowledge_.first_digit(code[0] - '0')) text = code.substr(0, 1) + " " + in(first->meaning);
    if (const auto* second = knowledge_.second_digit(code[1] - '0')) {
      text += (text.empty() ? "" : " · ") + code.substr(1, 1) + " " + in(second->meaning);
    }
    add(code, text, Role::kStrong);
  }

  void why(const protocol::Answer& reply) {
    if (event_.explanation != nullptr && !event_.explanation->because.empty()) {
      add(say(Word::kWhy), in(event_.explanation->because));
      if (full_ || reply.is_negative()) add(say(Word::kDo), in(event_.explanation->fix));
      return;
    }
    // Of a reply that answers nothing the words of its code are as untrue as those of the command. The note behind it says
    // more.
    if (event_.is_out_of_place) {
      if (const auto* const failure = knowledge_.failure("reply-out-of-place")) add("!", in(failure->what), Role::kWarning);
      return;
    }
    // Nothing is known of this server's own reasons. What was accepted is told by what it changes …
    const auto* command = event_.input ? knowledge_.command(*event_.input) : nullptr;
    if (command != nullptr && !reply.is_negative() && !command->changes.empty()) {
      add(say(Word::kChanges), in(command->changes));
      return;
    }
    // … and a refusal by what the standard says of the code; that it is only that is said too.
    const auto* entry = knowledge_.code(reply.code);
    if (entry == nullptr && core::is_digit(reply.code.front())) entry = knowledge_.first_digit(reply.code.front() - '0');
    if (entry == nullptr) return;
    add(say(Word::kWhy), in(entry->meaning) + " (" + say(Word::kGeneric) + ")");
    if (full_ || reply.is_negative()) add(say(Word::kDo), in(entry->fix));
    for (const dialogue::Likeness& one : event_.likenesses)
      add(say(Word::kKnownFrom), in(one.who) + " · " + in(one.why->because));
  }

  void keywords(const protocol::Answer& reply) {
    for (std::size_t i = 1; i < reply.lines.size(); ++i) keyword(reply.lines[i]);
  }

  // All on one line, behind the word that says what it is.
  void offers(std::string_view line) {
    for (line = line.substr(std::min(line.find(' '), line.size())); !line.empty();) {
      line.remove_prefix(1);
      const std::size_t end = std::min(line.find(' '), line.size());
      if (end > 0) keyword(line.substr(0, end));
      line.remove_prefix(end);
    }
  }

  void keyword(std::string_view line) {
    const std::size_t end = std::min(line.find_first_of(" ="), line.size());
    const std::string_view word = line.substr(0, end);
    const auto* entry = knowledge_.keyword(protocol_.name(), line.substr(0, line.find(' ')));
    if (entry == nullptr) entry = knowledge_.keyword(protocol_.name(), word);
    const bool is_old = line.substr(end).starts_with('=');  // "AUTH=LOGIN" is not AUTH
    add(core::show_bytes(word) + (is_old ? "=" : ""), entry != nullptr ? in(entry->meaning) : say(Word::kUnknownKeyword),
        entry != nullptr ? Role::kPlain : Role::kDim);
  }

  void state_and_source() {
    if (event_.change && event_.change->from != event_.change->to) {
      add(say(Word::kState),
          std::string(event_.change->from->name.in(options_.language)) + " → " +
              std::string(event_.change->to->name.in(options_.language)) + "  (" + std::string(event_.change->rule) + ")",
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
    const protocol::Input input = event_.input.value_or(protocol_.input(protocol::Role::kUnknown));
    if (event_.is_command) {
      if (full_) command(input);
    } else if (input.is(protocol::Role::kLoginLine)) {
      if (full_) entry(input);
      decoded();
    } else if (input.is(protocol::Role::kContent)) {
      if (full_) entry(input);
    } else if (event_.bytes.ends_with('\n') && event_.secrets.empty() && !event_.is_unread) {
      malformed();
    }
    if (event_.is_command && !event_.decoded.empty()) decoded();
    login();
    if (!full_) mistakes();
  }

  void mistakes() {
    if (options_.is_judged && event_.bytes.ends_with('\n')) return;
    for (const protocol::Remark& remark : event_.remarks) {
      const std::string_view id = remark.kind.text();
      if (std::find(options_.told.begin(), options_.told.end(), id) == options_.told.end()) mistake(id);
    }
  }

  void entry(protocol::Input input) {
    const auto* entry = knowledge_.command(input);
    if (entry == nullptr) return;
    add("", in(entry->purpose));
    parts(*entry, input);
    add(say(Word::kChanges), in(entry->changes));
  }

  // The pieces of this very line with what each of them is; of what was cut on its way, those of the grammar.
  void parts(const knowledge::CommandEntry& entry, protocol::Input input) {
    const std::string_view line = first_line(event_.bytes);
    bool is_told = false;
    for (const protocol::Part& one : event_.is_command ? protocol_.parts_of(input, line) : std::vector<protocol::Part>()) {
      const auto part = std::find_if(entry.parts.begin(), entry.parts.end(),
                                     [&](const knowledge::GrammarPart& of) { return of.part == one.name; });
      const std::string_view piece = line.substr(one.where.begin, one.where.end - one.where.begin);
      if (part == entry.parts.end()) {
        if (const auto* const term = knowledge_.term(protocol_.name(), one.name))
          add(core::show_bytes(piece), in(term->meaning), Role::kDim);
        continue;
      }
      const auto secrets = options_.show_secrets ? std::vector<core::Span>() : client::within(event_.secrets, one.where);
      const std::string name = part->part == piece ? "" : part->part + " · ";
      add(core::show_masked(piece, secrets), name + in(part->meaning), Role::kDim);
      if (event_.secrets.empty() && piece != part->part) terms(piece);
      is_told = true;
    }
    if (is_told) return;
    for (const knowledge::GrammarPart& part : entry.parts) add(part.part, in(part.meaning), Role::kDim);
  }

  void grammar(const protocol::InputRow& row) {
    add(std::string(row.verb), std::string(row.grammar) + "  (" + std::string(row.rule) + ")", Role::kStrong);
  }

  void command(protocol::Input input) {
    grammar(input.row());
    entry(input);
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
    const protocol::ReadLine read = protocol_.read_line(core::without_line_end(event_.bytes));
    if (!read.fault) return;
    if (full_ && read.command) grammar(read.command->row());
    const std::string colon(client::colon(options_.language));
    add("", say(Word::kNotWellFormed) + colon + core::describe(*read.fault, options_.language), Role::kWarning);
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
  const protocol::Protocol& protocol_;
  const knowledge::Knowledge& knowledge_;
  const MeaningOptions& options_;
  bool full_;
  Meaning meaning_;
};

}  // namespace

std::string aside_text(const dialogue::Event& event, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  const std::string note = core::show_bytes(event.note.in(language));
  const std::string colon(client::colon(language));
  switch (event.kind) {
    case dialogue::Kind::kConnected: return say(Word::kConnectedTo) + " " + note;
    case dialogue::Kind::kSecured: return note + " · " + say(Word::kTlsFromHere);
    case dialogue::Kind::kClosed: break;
    case dialogue::Kind::kClient:
    case dialogue::Kind::kServer:
    case dialogue::Kind::kNote: return note;
  }
  switch (event.closed_by) {
    case dialogue::ClosedBy::kServer: return say(Word::kServerClosed) + (note.empty() ? "" : colon + note);
    case dialogue::ClosedBy::kClient: return say(Word::kYouClosed);
    case dialogue::ClosedBy::kFailure: break;
  }
  return say(Word::kConnectionFailed) + colon + note;
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
                   const protocol::Protocol& spoken, const knowledge::Knowledge& knowledge, const MeaningOptions& options) {
  return Teller(event, turn, spoken, knowledge, options).tell();
}

}  // namespace stepper
