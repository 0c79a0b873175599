#include "client/commands/rule_words.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>

#include "client/base/words.h"
#include "smtp/input.h"

namespace commands {
namespace {

using client::Word;

// Conditions set one behind the other.
class Sentence {
 public:
  explicit Sentence(core::Language language) : language_(language) {}

  void add(Word what) { add(client::word(what, language_)); }
  void add(Word what, std::string_view value) { add(std::string(client::word(what, language_)) + " " + std::string(value)); }
  void add(std::string_view text) {
    if (!text_.empty()) text_ += language_ == core::Language::kChinese ? "，" : ", ";
    text_ += text;
  }
  void add_if(const std::optional<bool>& condition, Word yes, Word no) {
    if (condition) add(*condition ? yes : no);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  core::Language language_;
  std::string text_;
};

void add_subject(Sentence& sentence, const scenario::Rule& rule) {
  switch (rule.on) {
    case scenario::On::kConnect: sentence.add(Word::kOnConnect); break;
    case scenario::On::kCommand: sentence.add(smtp::row(rule.verb).verb); break;
    case scenario::On::kChallenge: sentence.add(Word::kOnChallenge); break;
    case scenario::On::kAuth: sentence.add(Word::kOnAuth); break;
    case scenario::On::kMessage: sentence.add(Word::kOnMessage); break;
    case scenario::On::kUnknown: sentence.add(Word::kOnUnknown); break;
    case scenario::On::kTimeout: sentence.add(Word::kOnTimeout); break;
    case scenario::On::kAny: sentence.add(Word::kOnAny); break;
  }
}

Word hello_word(scenario::Hello hello) {
  switch (hello) {
    case scenario::Hello::kNone: return Word::kBeforeHello;
    case scenario::Hello::kHelo: return Word::kAfterHelo;
    case scenario::Hello::kEhlo: return Word::kAfterEhlo;
  }
  return Word::kBeforeHello;
}

Word wants_word(sasl::Wants wants) {
  switch (wants) {
    case sasl::Wants::kUser: return Word::kAskingUser;
    case sasl::Wants::kPassword: return Word::kAskingPassword;
    case sasl::Wants::kResponse: return Word::kAskingResponse;
  }
  return Word::kAskingResponse;
}

Word password_word(scenario::PasswordUsed used) {
  switch (used) {
    case scenario::PasswordUsed::kRight: return Word::kPasswordRight;
    case scenario::PasswordUsed::kWeb: return Word::kPasswordWeb;
    case scenario::PasswordUsed::kNewline: return Word::kPasswordNewline;
    case scenario::PasswordUsed::kEmpty: return Word::kPasswordEmpty;
    case scenario::PasswordUsed::kWrong: return Word::kPasswordWrong;
  }
  return Word::kPasswordWrong;
}

void add_form(Sentence& sentence, const scenario::Rule& rule) {
  const scenario::When& when = rule.when;
  // What can be wrong with the form of a message is its size.
  const Word wrong = rule.on == scenario::On::kMessage ? Word::kTooLarge : Word::kSyntaxWrong;
  if (when.order != scenario::Wanted::kRight) {
    sentence.add(when.order == scenario::Wanted::kWrong ? Word::kOrderWrong : Word::kOrderAny);
  }
  if (when.syntax != scenario::Wanted::kRight) {
    sentence.add(when.syntax == scenario::Wanted::kWrong ? wrong : Word::kSyntaxAny);
  }
}

void add_login(Sentence& sentence, const scenario::When& when) {
  sentence.add_if(when.authenticated, Word::kLoggedIn, Word::kNotLoggedIn);
  if (when.hello) sentence.add(hello_word(*when.hello));
  if (when.argument) sentence.add(Word::kArgumentLike, *when.argument);
  if (when.mechanism) sentence.add(Word::kMechanism, *when.mechanism);
  sentence.add_if(when.initial_response, Word::kWithInitialResponse, Word::kWithoutInitialResponse);
  if (when.wants) sentence.add(wants_word(*when.wants));
  if (when.password) sentence.add(password_word(*when.password));
  sentence.add_if(when.user_known, Word::kUserKnown, Word::kUserUnknown);
}

void add_envelope(Sentence& sentence, const scenario::When& when) {
  if (when.sender && when.sender->empty()) sentence.add(Word::kSenderNull);
  if (when.sender && !when.sender->empty()) sentence.add(Word::kSenderLike, *when.sender);
  sentence.add_if(when.sender_is_login, Word::kSenderIsLogin, Word::kSenderIsNotLogin);
  if (when.recipient) sentence.add(Word::kRecipientLike, *when.recipient);
  sentence.add_if(when.recipient_known, Word::kRecipientKnown, Word::kRecipientUnknown);
}

// "1.5", "2".
std::string seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", static_cast<double>(time.count()) / 1000);
  return text;
}

}  // namespace

std::string situation_of(const scenario::Rule& rule, core::Language language) {
  Sentence sentence(language);
  add_subject(sentence, rule);
  add_form(sentence, rule);
  add_login(sentence, rule.when);
  add_envelope(sentence, rule.when);
  return sentence.text();
}

std::string answer_of(const scenario::Rule& rule, const scenario::Scenario& scenario, core::Language language) {
  const scenario::ReplyEntry& reply = scenario.replies[rule.reply];
  std::string words;
  for (const std::string& line : reply.lines) words += (words.empty() ? "" : " / ") + line;
  // A reply written out in the rule has no name a person gave it.
  if (reply.explanation != nullptr && !reply.explanation->id.empty()) words += " (" + reply.id + ")";
  Sentence sentence(language);
  sentence.add(words);
  if (rule.delay.count() > 0)
    sentence.add(seconds(rule.delay) + " " + std::string(client::word(Word::kAfterSeconds, language)));
  if (rule.close) sentence.add(Word::kThenCloses);
  return sentence.text();
}

}  // namespace commands
