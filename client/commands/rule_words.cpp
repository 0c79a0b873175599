#include "client/commands/rule_words.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>

#include "core/phrase.h"
#include "core/show.h"

namespace commands {
namespace {

using core::Phrase;
using scenario::On;

// Pieces set one behind the other.
class Sentence {
 public:
  explicit Sentence(core::Language language) : language_(language) {}

  void add(std::string_view text) {
    if (!text_.empty()) text_ += is_chinese() ? "，" : ", ";
    text_ += text;
  }
  void add(const Phrase& phrase) { add(words(phrase)); }
  void add(const Phrase& phrase, std::string_view value) { add(core::replace_all(words(phrase), "{}", value)); }
  void add(const Phrase& phrase, const std::optional<std::size_t>& number) {
    if (number) add(phrase, std::to_string(*number));
  }
  void add_if(const std::optional<bool>& condition, const Phrase& yes, const Phrase& no) {
    if (condition) add(*condition ? yes : no);
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view words(const Phrase& phrase) const { return phrase.in(language_); }

 private:
  [[nodiscard]] bool is_chinese() const { return language_ == core::Language::kChinese; }

  core::Language language_;
  std::string text_;
};

// "1.5", "2".
std::string seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", static_cast<double>(time.count()) / 1000);
  return text;
}

void add_subject(Sentence& sentence, const scenario::Rule& rule) {
  switch (rule.on) {
    case On::kConnect: sentence.add(Phrase{"the connection", "连接"}); break;
    case On::kCommand: sentence.add(rule.verb->verb()); break;
    case On::kChallenge: sentence.add(Phrase{"what the server asks for (334)", "服务器的提问（334）"}); break;
    case On::kAuth: sentence.add(Phrase{"the login", "登录"}); break;
    case On::kMidway: sentence.add(Phrase{"the middle of the message", "邮件内容传到一半"}); break;
    case On::kMessage: sentence.add(Phrase{"the complete message", "整封邮件"}); break;
    case On::kUnknown: sentence.add(Phrase{"an unknown command", "未知命令"}); break;
    case On::kTimeout: sentence.add(Phrase{"a long silence", "长时间没有动静"}); break;
    case On::kAny: sentence.add(Phrase{"anything", "任何输入"}); break;
  }
}

Phrase per_phrase(scenario::Per per) {
  switch (per) {
    case scenario::Per::kAll: return {};
    case scenario::Per::kConnection: return {"counted in each connection", "每个连接单独计数"};
    case scenario::Per::kClientIp: return {"counted for each client address", "按客户端地址计数"};
    case scenario::Per::kSender: return {"counted for each sender", "按发件人计数"};
    case scenario::Per::kRecipient: return {"counted for each recipient", "按收件人计数"};
    case scenario::Per::kUser: return {"counted for each user", "按用户计数"};
    case scenario::Per::kTriplet:
      return {"counted for each client address, sender and recipient", "按客户端地址、发件人和收件人计数"};
  }
  return {};
}

void add_form(Sentence& sentence, const scenario::Rule& rule) {
  const scenario::When& when = rule.when;
  if (when.order == scenario::Wanted::kWrong) sentence.add(Phrase{"out of order", "顺序不对"});
  if (when.order == scenario::Wanted::kAny) sentence.add(Phrase{"in any order", "不论顺序"});
  // What can be wrong with the form of a message is its size.
  const Phrase wrong = rule.on == On::kMessage ? Phrase{"too large", "太大"} : Phrase{"malformed", "格式不对"};
  if (when.syntax == scenario::Wanted::kWrong) sentence.add(wrong);
  if (when.syntax == scenario::Wanted::kAny) sentence.add(Phrase{"well-formed or not", "不论格式"});
}

void add_counting(Sentence& sentence, const scenario::Counting& counting) {
  sentence.add({"the first {} times", "前 {} 次"}, counting.times);
  sentence.add({"time number {}", "第 {} 次"}, counting.nth);
  if (counting.rate) {
    const std::string_view words = sentence.words({"more than {} times in # s", "# 秒内超过 {} 次"});
    const std::string counted = core::replace_all(words, "{}", std::to_string(*counting.rate));
    sentence.add(core::replace_all(counted, "#", seconds(counting.window)));
  }
  if (counting.since_first_under) {
    sentence.add({"less than {} s after the first time", "距第一次不到 {} 秒"}, seconds(*counting.since_first_under));
  }
  if (counting.per != scenario::Per::kAll) sentence.add(per_phrase(counting.per));
}

// What goes out: lines, octets, or whatever the server says anyway.
std::string words_of(const scenario::Rule& rule, const scenario::Scenario& scenario, const Sentence& sentence) {
  if (!rule.reply) return std::string(sentence.words({"what is said otherwise", "照常回答"}));
  const scenario::ReplyEntry& reply = scenario.replies[*rule.reply];
  if (reply.raw && reply.raw->empty()) return std::string(sentence.words({"nothing", "什么也不说"}));
  constexpr std::size_t kShown = 200;
  std::string words = reply.raw ? core::show_bytes(std::string_view(*reply.raw).substr(0, kShown)) : std::string();
  if (reply.raw && reply.raw->size() > kShown) words += "…";
  for (const std::string& line : reply.lines) words += (words.empty() ? "" : " / ") + line;
  // A reply written out in the rule has no name a person gave it.
  if (reply.explanation != nullptr && !reply.explanation->id.empty()) words += " (" + reply.id + ")";
  return words;
}

void add_effects(Sentence& sentence, const scenario::Effects& effects) {
  if (effects.delay.count() > 0) sentence.add({"{} seconds later", "{} 秒后"}, seconds(effects.delay));
  if (effects.split) sentence.add(Phrase{"in pieces", "分成几段发出"});
  sentence.add_if(effects.keep, {"the message is kept", "邮件照样保存"}, {"the message is dropped", "邮件被丢弃"});
  if (!effects.then) return;
  switch (*effects.then) {
    case scenario::Then::kClose: sentence.add(Phrase{"then closes", "然后断开"}); break;
    case scenario::Then::kReset: sentence.add(Phrase{"then resets the connection", "然后重置连接（RST）"}); break;
    case scenario::Then::kStall: sentence.add(Phrase{"then says nothing more", "然后不再出声"}); break;
  }
}

}  // namespace

std::string situation_of(const scenario::Rule& rule, core::Language language) {
  Sentence sentence(language);
  add_subject(sentence, rule);
  add_form(sentence, rule);
  for (const scenario::Condition& condition : rule.when.conditions) sentence.add(scenario::words_for(condition, language));
  if (rule.when.chance) sentence.add({"by chance {}", "按概率 {}"}, std::to_string(*rule.when.chance).substr(0, 5));
  if (rule.when.counting) add_counting(sentence, *rule.when.counting);
  return sentence.text();
}

std::string answer_of(const scenario::Rule& rule, const scenario::Scenario& scenario, core::Language language) {
  Sentence sentence(language);
  sentence.add(words_of(rule, scenario, sentence));
  add_effects(sentence, rule.effects);
  return sentence.text();
}

}  // namespace commands
