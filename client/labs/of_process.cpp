// Conditions on how the program ended and what it printed.
#include <sys/wait.h>

#include "client/labs/held.h"
#include "client/labs/times.h"
#include "core/show.h"

namespace lab {

Held look_ends(const Values&, const Evidence& evidence) {
  const program::Outcome& outcome = evidence.outcome;
  if (outcome.is_over_output) return no({"it wrote without end, and was ended", "它不停地输出，被结束了"});
  if (outcome.is_over_memory) return no({"it took too much memory, and was ended", "它占用太多内存，被结束了"});
  if (outcome.is_stuck || outcome.is_over_time)
    return no({"it did not end by itself: it waited for what never came", "它没有自己结束：一直在等不会来的东西"});
  return yes();
}

Held look_exit(const Values& values, const Evidence& evidence) {
  if (was_ended(evidence.outcome)) return look_ends({}, evidence);
  const int status = evidence.outcome.status;
  const bool is_zero = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  // A message got through although something was to be refused: nobody asked for that.
  if (values.front() == "error" && !evidence.messages.empty()) return yes();
  if (is_zero == (values.front() == "0")) return yes();
  if (is_zero) return no({"it ended with exit status 0, as if all were well", "它以退出状态 0 结束，好像一切顺利"});
  if (WIFSIGNALED(status)) return no(core::phrase("it was ended by signal {0}", "它被信号 {0} 结束", {WTERMSIG(status)}));
  return no(core::phrase("it ended with exit status {0}", "它的退出状态是 {0}", {WEXITSTATUS(status)}));
}

Held look_output(const Values& values, const Evidence& evidence) {
  for (const std::string& value : values) {
    const std::string pattern = value.empty() ? value : "*" + value + "*";
    if (core::matches_glob(evidence.printed, pattern)) continue;
    if (value.empty()) return no({"it printed something", "它打印了东西"});
    Held held = no(core::phrase("it did not print {0}", "它没有输出 {0}", {core::show_bytes(value)}));
    held.expected = value;
    held.actual = evidence.printed;
    return held;
  }
  return yes();
}

Held look_refused_named(const Values&, const Evidence& evidence) {
  for (const program::Visit& visit : evidence.visits) {
    std::string asked;  // the recipient that the next answer is about
    for (const dialogue::Event& event : visit.events) {
      if (event.kind == dialogue::Kind::kClient) asked = event.input && event.input->verb() == "RCPT" ? event.bytes : "";
      if (event.kind != dialogue::Kind::kServer || !event.reply || !event.reply->is_negative() || asked.empty()) continue;
      const std::string address = asked.substr(asked.find('<') + 1, asked.find('>') - asked.find('<') - 1);
      if (core::to_lower(evidence.printed).find(core::to_lower(address)) == std::string::npos)
        return no(core::phrase("it did not say that {0} was refused", "它没有说 {0} 被拒绝", {core::show_bytes(address)}));
    }
  }
  return yes();
}

Held look_answer(const Values& values, const Evidence& evidence) {
  for (const std::string& value : values) {
    if (core::matches_glob(core::trim(evidence.answer), value)) return yes();
  }
  return no({"this is not the answer", "回答不对"});
}

Held look_output_lacks(const Values& values, const Evidence& evidence) {
  for (const std::string& value : values) {
    if (!value.empty() && evidence.printed.find(value) != std::string::npos)
      return no({"it printed what it should not", "它输出了不该输出的东西"});
  }
  return yes();
}

}  // namespace lab
