#include "client/program/telling.h"

#include <algorithm>

#include <sys/wait.h>

#include "core/show.h"

namespace program {
namespace {

constexpr std::string_view kIndent = "     ";

class Teller {
 public:
  Teller(const Story& story, const knowledge::Knowledge& knowledge, core::Language language)
      : story_(story), outcome_(story.outcome), knowledge_(knowledge), language_(language) {}

  std::string all() {
    text_ = story_.services.report();
    ending();
    stumble();
    for (const Symptom& symptom : story_.symptoms) tell(symptom);
    assumptions();
    return std::move(text_);
  }

 private:
  void say(const core::Text& text) { text_ += "smtplab: " + text.in(language_) + "\n"; }

  void ending() {
    const std::string command = core::show_bytes(outcome_.command.front());
    const int status = outcome_.status;
    if (WIFSIGNALED(status)) {
      say(core::phrase("{0} was ended by signal {1}", "{0} 被信号 {1} 结束", {command, WTERMSIG(status)}));
    } else {
      say(core::phrase("{0} ended with exit status {1}", "{0} 结束，退出状态 {1}", {command, WEXITSTATUS(status)}));
    }
    if (outcome_.is_over_time) say({"it was still running when its time was over", "时间到了它还没有结束"});
    if (outcome_.is_over_output) say({"it wrote more than it may, and was ended", "它输出得太多，已被结束"});
    if (outcome_.has_left_processes)
      say({"what it had started was still running, and was ended", "它启动的进程还在运行，已经结束它们"});
  }

  void explain(const std::string& id) {
    const auto meaning = meaning_of(id, knowledge_);
    if (!meaning) return;
    text_ += std::string(kIndent) + meaning->why.in(language_) + "\n";
    text_ += std::string(kIndent) + core::Text{"Do: ", "做法："}.in(language_) + meaning->fix.in(language_) + "\n";
  }

  static std::string mark(const std::string& id) { return id.empty() ? "" : " [" + id + "]"; }

  void stumble() {
    if (!story_.stumble) return;
    const core::Text words = core::same(story_.stumble->words + mark(story_.stumble->id));
    say(core::phrase("it stopped with an error: {0}", "它因错误而停止：{0}", {words}));
    explain(story_.stumble->id);
  }

  void tell(const Symptom& symptom) {
    say(core::phrase("{0}{1}", "{0}{1}", {symptom.seen, core::same(mark(symptom.id))}));
    explain(symptom.id);
  }

  void assumptions() {
    for (const std::string& user : story_.services.guests())
      say(core::phrase("{0} was taken for an account, since its password has the form of one there",
                       "{0} 被当作那里的账号，因为它的密码符合那里的形式", {core::show_bytes(user)}));
    if (was_taken_for_no_code())
      say({"codes there have one form; if yours has another one: smtplab run --account ADDRESS asks for it",
           "那里的授权码有固定的形式；如果你的授权码是别的形式，用 smtplab run --account 地址，它会问你授权码"});
    for (const std::string& name : story_.services.strangers())
      say(core::phrase("{0} is none of the providers known here: it led to localhost",
                       "{0} 不是这里认识的服务商，连到了 localhost", {core::show_bytes(name)}));
  }

  // A password was refused for its form alone.
  [[nodiscard]] bool was_taken_for_no_code() const {
    const auto is_guess = [](const findings::Finding& one) {
      return !one.certain && (one.id == "web-password" || one.id == "login-password-not-code");
    };
    return std::any_of(story_.services.visits().begin(), story_.services.visits().end(),
                       [&](const Visit& visit) { return std::any_of(visit.wrong.begin(), visit.wrong.end(), is_guess); });
  }

  const Story& story_;
  const Outcome& outcome_;
  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  std::string text_;
};

}  // namespace

std::optional<Meaning> meaning_of(const std::string& id, const knowledge::Knowledge& knowledge) {
  if (const auto* const mistake = knowledge.mistake(id)) return Meaning{mistake->title, mistake->explain, mistake->fix};
  const auto* entry = knowledge.failure(id);
  if (entry == nullptr) entry = knowledge.cause(id);
  if (entry == nullptr) return std::nullopt;
  return Meaning{entry->what, entry->why, entry->fix};
}

std::string in_words(const Story& story, const knowledge::Knowledge& knowledge, core::Language language) {
  return Teller(story, knowledge, language).all();
}

}  // namespace program
