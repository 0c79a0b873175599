#include "client/labs/hand/asking.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <utility>

#include "client/base/options.h"
#include "client/labs/files.h"
#include "client/labs/hand/answered.h"
#include "client/labs/hand/clock.h"
#include "client/labs/hand/desk.h"
#include "client/labs/hand/told.h"
#include "client/lines/keyboard.h"
#include "core/show.h"
#include "mockserver/output_files.h"
#include "net/loop.h"
#include "net/signal.h"

namespace hand {
namespace {

class Asking {
 public:
  Asking(const lab::Lab& lab, const knowledge::Knowledge& knowledge, const AskOptions& options, std::ostream& out,
         std::ostream& err)
      : options_(options),
        out_(out),
        err_(err),
        desk_(lab, knowledge),
        keyboard_(loop_, [this](const std::optional<std::string>& line) { typed(line); }),
        interrupted_(loop_, SIGINT, [this] { loop_.stop(); }),
        terminated_(loop_, SIGTERM, [this] { loop_.stop(); }) {
    record_.lab = lab.id;
    record_.version = options.version;
  }

  int run() {
    record_.began = now_in_utc();
    began_ = net::Loop::precise_now();
    say_all(assignment(desk_.lab(), options_.language));
    for (const lab::GivenFile& file : desk_.lab().files) {
      if (const auto laid = lay(file); !laid) return complain(laid.error());
    }
    say({});
    say(core::Text{"Type the answers here: h hint, p another question, t the assignment, q the end.",
                   "在这里输入答案：h 提示，p 下一个问题，t 看题目，q 结束。"});
    say({});
    say_all(current_told(desk_, options_.language));
    out_.flush();
    loop_.run();
    return finish();
  }

 private:
  void say(const core::Text& text) { out_ << text.in(options_.language) << '\n'; }
  void say_all(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) out_ << line << '\n';
  }

  core::Result<void> lay(const lab::GivenFile& file) {
    if (std::filesystem::exists(file.name)) return {};
    if (auto written = mockserver::write_whole(file.name, lab::octets_of(file, desk_.lab().given)); !written) return written;
    say(core::phrase("{0} lies in this folder now.", "{0} 已经放进这个文件夹。", {core::show_bytes(file.name)}));
    return {};
  }

  void typed(const std::optional<std::string>& line) {
    if (!line || *line == "q") return loop_.stop();
    if (*line == "t") say_all(assignment(desk_.lab(), options_.language));
    if (*line == "p") desk_.turn();
    if (*line == "h" && desk_.hint() == nullptr) say(no_more_hints());
    if (*line != "t" && *line != "p" && *line != "h" && !core::trim(*line).empty())
      take_answer(*line, net::Loop::precise_now() - began_, desk_, record_, options_.language, out_);
    if (desk_.is_finished()) return loop_.stop();
    say_all(current_told(desk_, options_.language));
    out_.flush();
  }

  int complain(const core::Error& error) {
    err_ << "smtplab: " << core::describe(error, options_.language) << '\n';
    return client::kUsage;
  }

  int finish() {
    say({});
    say_all(tasks_told(desk_, options_.language));
    record_.tasks = fulfilled(desk_);
    if (const auto written = mockserver::write_whole(options_.record, as_json(record_)); !written)
      return complain(written.error());
    say(record_told(options_.record));
    return desk_.is_finished() ? client::kDone : client::kFailed;
  }

  const AskOptions& options_;
  std::ostream& out_;
  std::ostream& err_;
  net::Loop loop_;
  Desk desk_;
  Record record_;
  std::chrono::microseconds began_{};
  lines::Keyboard keyboard_;
  net::Signal interrupted_;
  net::Signal terminated_;
};

}  // namespace

int ask(const lab::Lab& lab, const knowledge::Knowledge& knowledge, const AskOptions& options, std::ostream& out,
        std::ostream& err) {
  return Asking(lab, knowledge, options, out, err).run();
}

int ask_again(const Record& record, const lab::Lab& lab, const knowledge::Knowledge& knowledge, core::Language language,
              std::ostream& out) {
  Desk desk(lab, knowledge);
  for (const Answered& one : record.answers) {
    const bool is_known = desk.choose(one.task);
    const bool is_right = is_known && desk.answer(one.answer, std::chrono::microseconds(0));
    out << (is_right ? "✓ " : "✗ ") << core::show_bytes(one.task + ": " + one.answer) << '\n';
  }
  return compare_tasks(desk, record, language, out) ? client::kDone : client::kFailed;
}

}  // namespace hand
