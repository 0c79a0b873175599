// SIGKILL in the middle of the work: what was acknowledged is there, and UIDs that were told mean what they meant.
#include <csignal>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/store/stores.h"

namespace {

using test::kAlice;

// What the child says it has done, a line each: "delivered 7", "told VALIDITY UID 7", "expunges UID", "expunged UID".
struct ToldByChild {
  std::set<std::uint32_t> delivered;
  std::map<std::uint32_t, std::uint32_t> uids;  // UID: message
  std::set<std::uint32_t> expunging;
  std::set<std::uint32_t> expunged;
  std::set<std::uint32_t> validities;

  void take(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    std::uint32_t number = 0;
    words >> what >> number;
    if (what == "delivered") delivered.insert(number);
    if (what == "expunges") expunging.insert(number);
    if (what == "expunged") expunged.insert(number);
    if (what == "told") {
      validities.insert(number);
      std::uint32_t uid = 0;
      std::uint32_t message = 0;
      words >> uid >> message;
      CHECK(uids.emplace(uid, message).first->second == message);  // both children are told the same, in every life
    }
  }
};

class KilledChild {
 public:
  KilledChild(std::string folder, int out, std::uint32_t first)
      : store_(folder, store::Owners{{kAlice}}, envelope), out_(out), next_(first) {
    inbox_ = *(*store_.mailbox_of(kAlice)).open(mailbox::FolderName::inbox());
  }

  // Until it is killed, or something fails.
  bool work() {
    for (std::uint32_t step = 0;; ++step) {
      if (!deliver()) return false;
      if (step % 5 == 4 && !(tell() && expunge())) return false;
    }
  }

 private:
  static std::string envelope(const store::Message&) { return "{}\n"; }

  void say(const std::string& line) const {
    const std::string text = line + '\n';
    if (write(out_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) _exit(2);
  }

  bool deliver() {
    store::Message message;
    message.forward_paths = {kAlice};
    message.content = std::to_string(next_);
    if (!store_.deliver(std::move(message))) return false;
    say("delivered " + std::to_string(next_++));
    return true;
  }

  bool tell() {
    const auto listing = inbox_->list();
    if (!listing) return false;
    for (const mailbox::Entry& entry : (*listing)->entries) {
      if (entry.uid <= told_to_) continue;
      const auto content = inbox_->content(entry.uid, mailbox::Lines::kAsStored);
      if (!content && content.error().id == "message-gone") continue;  // the other child has just deleted it
      const auto text = content ? (*content)->next() : core::Result<std::string_view>();
      if (!content || !text) return false;
      say("told " + std::to_string((*listing)->uid_validity) + ' ' + std::to_string(entry.uid.value) + ' ' +
          std::string(*text));
      told_to_ = entry.uid;
    }
    return inbox_->mark({told_to_}, mailbox::Change::kAdd, {.seen = true, .keywords = {"last"}}).has_value();
  }

  bool expunge() {
    const std::string uid = std::to_string(told_to_.value);
    say("expunges " + uid);
    if (!inbox_->expunge({told_to_})) return false;
    say("expunged " + uid);
    return true;
  }

  store::Maildir store_;
  int out_;
  std::uint32_t next_;
  std::shared_ptr<mailbox::Folder> inbox_;
  mailbox::Uid told_to_;
};

pid_t begin_life(const std::string& folder, const int (&ends)[2], std::uint32_t first) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child != 0) return child;
  close(ends[0]);
  KilledChild(folder, ends[1], first).work();
  _exit(1);
}

// Lets two children work at the same mailbox until they have reported so many deliveries more, and a moment longer, kills them,
// and takes down all that they have said.
void live_and_die(const std::string& folder, ToldByChild& told, std::uint32_t first, std::size_t deliveries, unsigned moment) {
  int ends[2] = {};
  REQUIRE(pipe(ends) == 0);
  const pid_t children[] = {begin_life(folder, ends, first), begin_life(folder, ends, first + 500)};
  close(ends[1]);
  std::string said;
  bool are_alive = true;
  const std::size_t enough = told.delivered.size() + deliveries;
  char piece[4096];
  for (ssize_t got = 0; (got = read(ends[0], piece, sizeof piece)) > 0;) {
    said.append(piece, static_cast<std::size_t>(got));
    for (std::size_t end = said.find('\n'); end != std::string::npos; end = said.find('\n')) {
      told.take(said.substr(0, end));
      said.erase(0, end + 1);
    }
    if (!are_alive || told.delivered.size() < enough) continue;
    for (volatile unsigned passed = 0; passed < moment;) passed = passed + 1;  // so that they die in other places, too
    for (const pid_t child : children) kill(child, SIGKILL);
    are_alive = false;
  }
  close(ends[0]);
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));  // it has not failed
  }
}

TEST_CASE("maildir: kill -9 loses nothing that was acknowledged, and no UID changes its meaning") {
  constexpr int kLives = 30;
  const test::Folder folder;
  std::mt19937 random(20261130);  // the same each time
  ToldByChild told;
  for (int life = 0; life < kLives; ++life) {
    CAPTURE(life);
    const auto first = static_cast<std::uint32_t>(1'000 * (life + 1));
    live_and_die(folder.path(), told, first, 1 + random() % 40, static_cast<unsigned>(random() % 200'000));
    const auto store = test::maildir_in(folder.path());
    const auto inbox = test::open(*store->mailbox_of(kAlice));
    const auto listing = test::listed(*inbox);
    std::map<std::uint32_t, std::uint32_t> there;  // message: UID
    for (const mailbox::Entry& entry : listing->entries) {
      const std::uint32_t message = static_cast<std::uint32_t>(std::stoul(test::content(*inbox, entry.uid.value)));
      CHECK(there.emplace(message, entry.uid.value).second);
    }
    for (const auto& [uid, message] : told.uids) {
      const auto found = there.find(message);
      if (told.expunged.contains(uid)) {
        CHECK(found == there.end());
        there.emplace(message, uid);  // has been acknowledged, and deleted since
      } else if (!told.expunging.contains(uid)) {
        REQUIRE(found != there.end());
        CHECK(found->second == uid);
      } else {
        there.emplace(message, uid);
      }
    }
    for (const std::uint32_t message : told.delivered) CHECK_MESSAGE(there.contains(message), message);
    for (const std::uint32_t validity : told.validities) CHECK(validity == listing->uid_validity);
  }
  CHECK(told.delivered.size() > 200);
  CHECK(told.expunged.size() > 20);
}

}  // namespace
