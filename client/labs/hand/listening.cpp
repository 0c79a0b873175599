#include "client/labs/hand/listening.h"

#include <csignal>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "client/base/options.h"
#include "client/labs/hand/answered.h"
#include "client/labs/hand/clock.h"
#include "client/labs/hand/desk.h"
#include "client/labs/hand/gathering.h"
#include "client/labs/hand/record.h"
#include "client/labs/hand/told.h"
#include "client/lines/keyboard.h"
#include "core/text.h"
#include "mockserver/judging.h"
#include "mockserver/mock_server.h"
#include "mockserver/output_files.h"
#include "mockserver/speaker.h"
#include "net/loop.h"
#include "net/signal.h"

namespace hand {
namespace {

class Listening {
 public:
  Listening(const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
            const ListenOptions& options, std::ostream& out, std::ostream& err)
      : scenario_(scenario),
        options_(options),
        out_(out),
        err_(err),
        speaker_(knowledge, options.language, false),
        judging_(scenario),
        gathering_(lab, scenario),
        desk_(lab, knowledge),
        keyboard_(loop_, [this](const std::optional<std::string>& line) { typed(line); }),
        interrupted_(loop_, SIGINT, [this] { leave(); }),
        terminated_(loop_, SIGTERM, [this] { leave(); }) {
    record_.lab = lab.id;
    record_.scenario = scenario.id;
    record_.seed = options.seed;
    record_.version = options.version;
    mockserver::Options served;
    served.port = options.port;
    served.seed = options.seed;
    served.patient = true;
    served.kept_whole = true;
    served.observer = [this](mockserver::ConnectionId id, const dialogue::Event& event, const protocol::Knows&) {
      take(id, event);
    };
    served.kept = [this](const mockserver::Kept& message) { kept_.push_back(message); };
    served.watch.quiet = [this](mockserver::ConnectionId id, const mockserver::Silence& silence) {
      tell(id, judging_.quiet(id, silence));
    };
    server_ = std::make_unique<mockserver::MockServer>(loop_, scenario, std::move(served));
  }

  int run() {
    if (const auto listening = server_->listen(); !listening) return complain(listening.error(), client::kNetwork);
    record_.began = now_in_utc();
    began_ = net::Loop::precise_now();
    for (const std::string& line : assignment(desk_.lab(), options_.language)) say(line);
    say(speaker_.accounts(scenario_));
    const std::string place = "127.0.0.1 " + std::to_string(server_->port());
    say(core::phrase(
            "The server listens at {0}: telnet {0}, or nc -C {0}. Here: h hint, p another task, t the task, q the end.",
            "服务器在 {0}：telnet {0}，或者 nc -C {0}。在这里输入：h 提示，p 下一个任务，t 看任务，q 结束。", {place})
            .in(options_.language));
    say("");
    tell_tasks();
    if (desk_.asks()) tell_current();
    out_.flush();
    loop_.run();
    return finish();
  }

 private:
  void say(std::string_view line) { out_ << line << '\n'; }
  void tell_tasks() {
    for (const std::string& line : tasks_told(desk_, options_.language)) say(line);
  }
  void tell_current() {
    for (const std::string& line : current_told(desk_, options_.language)) say(line);
  }

  void take(mockserver::ConnectionId id, const dialogue::Event& event) {
    if (event.kind == dialogue::Kind::kConnected) ++open_;
    record_.events.push_back({id, event, Origin::kUnknown});
    gathering_.take(id, event);
    for (const mockserver::Kept& message : std::exchange(kept_, {})) gathering_.take(id, message.message);
    out_ << speaker_.event(id, event);
    tell(id, judging_.take(id, server_->visit(id), event));
    look(id);
    out_.flush();
    if (event.kind != dialogue::Kind::kClosed) return;
    --open_;
    if (open_ == 0 && desk_.is_finished()) leave();
  }

  void tell(mockserver::ConnectionId id, const std::vector<findings::Finding>& wrong) {
    for (const findings::Finding& finding : wrong) {
      gathering_.take(id, finding);
      out_ << speaker_.finding(id, finding);
    }
  }

  void look(mockserver::ConnectionId id) {
    const auto now = std::chrono::microseconds(net::Loop::precise_now() - began_);
    const std::vector<std::size_t> fulfilled = desk_.look(gathering_, id, now);
    for (const std::size_t task : fulfilled) say(fulfilled_told(desk_, task, options_.language));
    const bool was_hindered = std::exchange(is_hindered_, desk_.is_hindered());
    if (!fulfilled.empty() || (is_hindered_ && !was_hindered)) tell_current();
  }

  void typed(const std::optional<std::string>& line) {
    if (!line) return;  // nobody sits there
    if (*line == "q") return leave();
    if (*line == "h") {
      if (desk_.hint() == nullptr) say(no_more_hints().in(options_.language));
    } else if (*line == "p") {
      desk_.turn();
    } else if (*line == "t") {
      for (const std::string& one : assignment(desk_.lab(), options_.language)) say(one);
      tell_tasks();
    } else if (desk_.asks() && !core::trim(*line).empty()) {
      take_answer(*line, net::Loop::precise_now() - began_, desk_, record_, options_.language, out_);
      if (desk_.is_finished() && open_ == 0) return leave();
    }
    tell_current();
    out_.flush();
  }

  void leave() { loop_.stop(); }

  int complain(const core::Error& error, client::ExitStatus status) {
    err_ << "smtplab: " << core::describe(error, options_.language) << '\n';
    return status;
  }

  int finish() {
    say("");
    tell_tasks();
    record_.tasks = fulfilled(desk_);
    if (const auto written = mockserver::write_whole(options_.record, as_json(record_)); !written)
      return complain(written.error(), client::kUsage);
    say(record_told(options_.record).in(options_.language));
    return desk_.is_finished() ? client::kDone : client::kFailed;
  }

  const scenario::Scenario& scenario_;
  const ListenOptions& options_;
  std::ostream& out_;
  std::ostream& err_;
  net::Loop loop_;
  mockserver::Speaker speaker_;
  mockserver::Judging judging_;
  Gathering gathering_;
  Desk desk_;
  Record record_;
  std::chrono::microseconds began_{};
  std::vector<mockserver::Kept> kept_;  // since the last event
  std::size_t open_ = 0;
  bool is_hindered_ = false;
  std::unique_ptr<mockserver::MockServer> server_;
  lines::Keyboard keyboard_;
  net::Signal interrupted_;
  net::Signal terminated_;
};

}  // namespace

int listen(const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
           const ListenOptions& options, std::ostream& out, std::ostream& err) {
  return Listening(lab, scenario, knowledge, options, out, err).run();
}

}  // namespace hand
