#include "client/labs/hand/replay.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "client/base/options.h"
#include "client/conversation/conversation.h"
#include "client/labs/hand/answered.h"
#include "client/labs/hand/following.h"
#include "client/labs/hand/told.h"
#include "core/show.h"
#include "dialogue/text_lines.h"
#include "net/loop.h"
#include "net/timer.h"

namespace hand {
namespace {

using dialogue::Kind;

// When so long nothing has happened, nothing more comes.
constexpr std::chrono::milliseconds kPatience{5000};

// Of a reply what is the same each time: code, +OK, * … Ids and times in its text are not.
std::string first_word(std::string_view bytes) { return core::show_bytes(bytes.substr(0, bytes.find_first_of(" -\r\n"))); }

client::Manners manners_of(const Record& record, const knowledge::Knowledge& knowledge) {
  client::Manners manners;
  manners.trusts_anybody = true;
  manners.findings = &knowledge;
  manners.seed = record.seed;
  return manners;
}

// One connection after the other, as far as each was led.
std::deque<client::Deed> deeds_of(const Record& record) {
  std::vector<const Happened*> events;
  for (const Happened& one : record.events) events.push_back(&one);
  std::stable_sort(events.begin(), events.end(), [](const auto* a, const auto* b) { return a->connection < b->connection; });
  std::deque<client::Deed> deeds;
  bool is_first = true;
  for (const Happened* one : events) {
    client::Deed deed;
    if (one->event.kind == Kind::kConnected) {
      deed.connects = !std::exchange(is_first, false);
      if (deed.connects) deeds.push_back(std::move(deed));
    } else if (one->event.kind == Kind::kClient) {
      deed.bytes = one->event.bytes;
      deeds.push_back(std::move(deed));
    }
  }
  return deeds;
}

class Replay {
 public:
  Replay(const Record& record, const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
         core::Language language, std::ostream& out)
      : record_(record),
        language_(language),
        out_(out),
        following_(lab, scenario),
        desk_(lab, knowledge),
        silence_(loop_, [this] { loop_.stop(); }),
        conversation_(
            loop_, scenario, [this] { changed(); }, manners_of(record, knowledge)) {}

  core::Result<void> run() {
    is_begun_ = false;
    if (auto opened = conversation_.open(); !opened) return opened;
    is_begun_ = true;
    conversation_.replay(deeds_of(record_));
    silence_.start(kPatience);
    loop_.run();
    return {};
  }

  // Whether all is as the record has it.
  bool judge() {
    answer_again(record_, desk_);
    const std::vector<std::string> others = other_replies();
    for (const std::string& other : others) out_ << "! " << other << '\n';
    const bool is_same = compare_tasks(desk_, record_, language_, out_);
    if (const core::Text origins = origins_told(record_); !origins.empty()) out_ << origins.in(language_) << '\n';
    return is_same && others.empty();
  }

 private:
  void changed() {
    if (!is_begun_) return;
    const std::uint64_t connection = following_.follow(conversation_);
    const auto& events = conversation_.log().events();
    for (; told_ < events.size(); ++told_) {
      for (const std::string& line : dialogue::text_lines(events[told_])) out_ << line << '\n';
    }
    if (connection != 0) {
      for (const std::size_t task : desk_.look(following_.gathering(), connection, conversation_.now()))
        out_ << fulfilled_told(desk_, task, language_) << '\n';
    }
    const bool is_over = !conversation_.is_replaying() && (conversation_.is_closed() || conversation_.is_settled());
    silence_.start(is_over ? kLast : kPatience);
  }

  // The first reply that is not as the record has it.
  [[nodiscard]] std::vector<std::string> other_replies() const {
    std::vector<std::string> recorded;
    std::vector<std::string> now;
    for (const Happened& one : record_.events) {
      if (one.event.kind == Kind::kServer) recorded.push_back(first_word(one.event.bytes));
    }
    for (const dialogue::Event& event : conversation_.log().events()) {
      if (event.kind == Kind::kServer) now.push_back(first_word(event.bytes));
    }
    const auto pair = std::mismatch(recorded.begin(), recorded.end(), now.begin(), now.end());
    if (pair.first == recorded.end()) return {};
    const core::Part other = pair.second == now.end() ? core::Part(core::Text{"none", "没有"}) : core::Part(*pair.second);
    return {core::phrase("reply {0} was {1} in the record, and is {2} now", "第 {0} 条回复，记录里是 {1}，现在是 {2}",
                         {pair.first - recorded.begin() + 1, *pair.first, other})
                .in(language_)};
  }

  // Mistakes that silence shows come a moment later.
  static constexpr std::chrono::milliseconds kLast{50};

  const Record& record_;
  core::Language language_;
  std::ostream& out_;
  net::Loop loop_;
  Following following_;
  Desk desk_;
  net::Timer silence_;
  client::Conversation conversation_;
  bool is_begun_ = false;
  std::size_t told_ = 0;  // events
};

}  // namespace

int replay(const Record& record, const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
           core::Language language, std::ostream& out, std::ostream& err) {
  Replay again(record, lab, scenario, knowledge, language, out);
  if (const auto run = again.run(); !run) {
    err << "smtplab: " << core::describe(run.error(), language) << '\n';
    return client::kNetwork;
  }
  return again.judge() ? client::kDone : client::kFailed;
}

}  // namespace hand
