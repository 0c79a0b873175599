#include "client/lesson.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "client/external_editor.h"
#include "client/progress.h"
#include "core/base64.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/catalogue.h"
#include "net/timer.h"
#include "smtp/transitions.h"
#include "tests/net/peer.h"

namespace {

// A folder of its own for the test, in which it works, and its progress.
class Folder {
 public:
  Folder() : before_(std::filesystem::current_path()) {
    std::string name = (std::filesystem::temp_directory_path() / "smtplab-lesson-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
    std::filesystem::current_path(path_);
    setenv("XDG_STATE_HOME", path_.c_str(), 1);
  }
  ~Folder() {
    for (const char* const name : {"XDG_STATE_HOME", "TMPDIR", "VISUAL"}) unsetenv(name);
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path before_;
  std::filesystem::path path_;
};

std::string read(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A lesson in a loop, keys pressed on it as the program does.
struct Learner {
  explicit Learner(const std::string& id) : patience(loop) {
    options.scenario = id;
    auto setup = client::set_up(options);
    REQUIRE_MESSAGE(setup, core::describe(setup.error(), core::Language::kEnglish));
    if (client::shows_silence(*setup->scenario))
      setup->manners = {.patience = std::chrono::milliseconds(200), .gives_up = true};
    lesson = std::make_unique<client::Lesson>(loop, std::move(*setup), options, [this] { loop.stop(); });
    REQUIRE(lesson->open());
    settle();
  }

  void settle() {
    REQUIRE(patience.run_until([&] {
      const bool is_settled = lesson->view().is_settled && !lesson->view().is_replaying;
      // Who is gone, or no longer makes sense, answers nothing more.
      return is_settled || (has_failed() && (lesson->view().is_closed || lesson->view().scenario->failure == "not-a-reply"));
    }));
  }
  // What the lesson shows, where no reply can, has come.
  [[nodiscard]] bool has_failed() const { return client::has_failed_on_purpose(*lesson->view().scenario, lesson->view().log); }
  // It ends here: there is no connection any more, and the path makes none.
  [[nodiscard]] bool is_at_its_end() const {
    return lesson->view().is_closed && has_failed() && !lesson->stepper().connects_again();
  }
  void key(screen::KeyName name, std::string text = {}) {
    for (const stepper::Request& request : lesson->stepper().press({name, std::move(text)}, lesson->view(), true)) {
      if (const auto* const send = std::get_if<stepper::SendBytes>(&request)) lesson->send(send->bytes, send->wait);
      if (const auto* const again = std::get_if<stepper::ConnectAgain>(&request)) lesson->connect_again(*again);
      if (std::holds_alternative<stepper::GoBack>(request)) lesson->go_back();
    }
  }
  void type(std::string_view text) {
    for (const char c : text) key(screen::KeyName::kText, std::string(1, c));
  }
  void step() {
    key(screen::KeyName::kEnter);
    settle();
  }
  // The proposed step, when its time has come.
  void pass_step() {
    REQUIRE(patience.run_until([&] { return lesson->stepper().pause(lesson->view()).count() <= 0; }));
    step();
  }
  [[nodiscard]] screen::StepScreen model() const { return lesson->stepper().model(lesson->view(), true); }

  net::Loop loop;
  test::Patience patience;
  client::StepOptions options;
  std::unique_ptr<client::Lesson> lesson;
};

}  // namespace

TEST_CASE("lesson: Enter leads through every scenario against the embedded mock, and it is then done") {
  const Folder folder;
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    Learner learner(id);
    const std::size_t steps = learner.lesson->view().scenario->steps.size();
    for (std::size_t i = 0; i < steps && !learner.is_at_its_end(); ++i) {
      CHECK_FALSE(client::read_progress().contains(id));
      learner.pass_step();
    }
    if (!learner.lesson->view().scenario->failure.empty()) {
      CHECK(learner.patience.run_until([&] { return learner.has_failed(); }));
      CHECK(learner.patience.run_until([&] { return learner.lesson->stepper().is_finished() || learner.is_at_its_end(); }));
    } else {
      CHECK(learner.lesson->stepper().is_finished());
    }
    CHECK(client::read_progress().contains(id));
  }
}

TEST_CASE("lesson: z takes one step back, and another z one more, also before the first is done") {
  const Folder folder;
  Learner learner("any/accept-all");
  for (int i = 0; i < 3; ++i) learner.step();
  CHECK(learner.model().next.text == "RCPT TO:<carol@example.org>␍␊");
  learner.type("z");
  learner.settle();
  CHECK(learner.model().next.text == "RCPT TO:<bob@example.org>␍␊");
  learner.type("zz");  // two keys of one read
  learner.settle();
  CHECK(learner.model().next.text == "EHLO client.example␍␊");
  learner.type("z");
  CHECK(learner.model().notice == "nothing was sent yet");
}

TEST_CASE("lesson: going back into a login answers the new challenge, not the old one") {
  const Folder folder;
  for (const char* const id : {"any/cram-md5", "any/scram-sha-256"}) {
    CAPTURE(id);
    Learner learner(id);
    const std::size_t steps = learner.lesson->view().scenario->steps.size();
    const auto is_logged_in = [&] { return !learner.lesson->view().memory.text("user").empty(); };
    for (std::size_t i = 0; i < steps && !is_logged_in(); ++i) learner.step();
    REQUIRE(is_logged_in());
    learner.step();
    learner.type("z");
    learner.settle();
    CHECK(is_logged_in());
    for (std::size_t i = 0; i < steps && !learner.lesson->stepper().is_finished(); ++i) learner.step();
    CHECK(learner.lesson->stepper().is_finished());
  }
}

TEST_CASE("lesson: going back goes through STARTTLS again") {
  const Folder folder;
  Learner learner("any/submission");
  for (int i = 0; i < 4; ++i) learner.step();
  REQUIRE(learner.lesson->view().memory.flag("tls"));
  const std::string next = learner.model().next.text;
  learner.step();
  learner.type("z");
  learner.settle();
  CHECK(learner.lesson->view().memory.flag("tls"));
  CHECK(learner.lesson->view().tls != nullptr);
  CHECK(learner.model().status.find("TLS 1.") != std::string::npos);
  CHECK(learner.model().next.text.substr(0, 4) == next.substr(0, 4));
}

TEST_CASE("lesson: who asked for STARTTLS hears at once when there is none, or when it is refused") {
  struct Row {
    const char* id;
    bool say_starttls;
    std::string failure;
  };
  for (const Row& row : {Row{"faults/starttls-stripped", false, "starttls-not-offered"},
                         Row{"faults/starttls-refused", true, "starttls-refused"}, Row{"any/submission", true, ""}}) {
    CAPTURE(row.id);
    net::Loop loop;
    test::Patience patience(loop);
    mockserver::MockServer server(loop, scenario::Catalogue::embedded().load(row.id).value(), {});
    REQUIRE(server.listen());
    client::StepOptions options;
    options.server = "127.0.0.1";
    options.port = server.port();
    options.security = client::Security::kStarttls;
    options.insecure = true;
    auto setup = client::set_up(options);
    REQUIRE(setup);
    client::Lesson lesson(loop, std::move(*setup), options, [&] { loop.stop(); });
    REQUIRE(lesson.open());
    const auto settle = [&] { REQUIRE(patience.run_until([&] { return lesson.view().is_settled; })); };
    settle();
    lesson.send("EHLO client.example\r\n");
    settle();
    if (row.say_starttls) lesson.send("STARTTLS\r\n");
    settle();
    const dialogue::Event& last = lesson.log().events().back();
    CHECK(last.failure == row.failure);
    CHECK((last.kind == dialogue::Kind::kNote) == !row.failure.empty());
    CHECK(lesson.view().is_open);
    CHECK(lesson.stepper().model(lesson.view(), true).selected + 1 == lesson.log().events().size());
  }
}

TEST_CASE("lesson: while going back nothing else is sent") {
  const Folder folder;
  Learner learner("any/accept-all");
  for (int i = 0; i < 3; ++i) learner.step();
  learner.type("z");
  learner.key(screen::KeyName::kEnter);
  learner.type("H");
  CHECK_FALSE(learner.model().next.editing);
  learner.settle();
  CHECK(learner.model().next.text == "RCPT TO:<bob@example.org>␍␊");
  CHECK(&learner.lesson->view().session.state() == &smtp::row(smtp::State::kMail));
}

TEST_CASE("lesson: z works on a closed connection") {
  const Folder folder;
  Learner learner("any/accept-all");
  learner.step();
  learner.type("QUIT");
  learner.key(screen::KeyName::kEnter);
  REQUIRE(learner.patience.run_until([&] { return learner.lesson->view().is_closed; }));
  learner.type("z");
  learner.settle();
  CHECK(learner.lesson->view().is_open);
  CHECK(learner.model().next.text == "MAIL FROM:<alice@client.example>␍␊");
}

TEST_CASE("lesson: z goes back over a second connection, the first is led again too") {
  const Folder folder;
  Learner learner("any/hung-up");
  const auto connections = [&] {
    const auto& events = learner.lesson->log().events();
    return std::count_if(events.begin(), events.end(),
                         [](const dialogue::Event& event) { return event.kind == dialogue::Kind::kConnected; });
  };
  for (int i = 0; i < 5; ++i) learner.pass_step();
  CHECK(learner.model().next.text == "QUIT␍␊");
  CHECK(connections() == 2);
  learner.type("z");
  learner.settle();
  CHECK(learner.model().next.text == "MAIL FROM:<alice@client.example>␍␊");
  CHECK(connections() == 2);
  learner.type("z");  // the EHLO
  learner.type("z");  // the connection
  learner.settle();
  CHECK(learner.model().next.text == "(connect again)");
  CHECK(connections() == 1);
  learner.pass_step();
  CHECK(connections() == 2);
  CHECK(learner.model().next.text == "EHLO client.example␍␊");
}

TEST_CASE("lesson: the screen is drawn anew as the time before a step passes") {
  const Folder folder;
  Learner learner("any/hung-up");
  for (int i = 0; i < 2; ++i) learner.step();
  const auto left = [&] { return learner.lesson->stepper().pause(learner.lesson->view()); };
  REQUIRE(left().count() > 0);
  // Nothing but the lesson itself stops this loop before the patience is at its end.
  REQUIRE(learner.patience.run_until([&] { return left().count() <= 0; }));
}

TEST_CASE("lesson: a lesson may be left while it goes back") {
  const Folder folder;
  Learner learner("any/accept-all");
  learner.step();
  learner.type("z");
  learner.lesson.reset();
  net::Timer later(learner.loop, [&] { learner.loop.stop(); });
  later.start(std::chrono::milliseconds(0));
  learner.loop.run();
}

TEST_CASE("lesson: export writes dialogue and events beside each other, never over a file, passwords masked") {
  const Folder folder;
  Learner learner("netease/first-mail");
  for (int i = 0; i < 5; ++i) learner.step();
  learner.lesson->export_dialogue(core::Language::kEnglish, false);
  CHECK(learner.model().notice == "written to smtplab-netease-first-mail.txt, smtplab-netease-first-mail.jsonl");
  learner.lesson->export_dialogue(core::Language::kEnglish, true);
  CHECK(learner.model().notice == "written to smtplab-netease-first-mail-2.txt, smtplab-netease-first-mail-2.jsonl");
  const std::string& password = learner.lesson->view().scenario->accounts.front().password;
  const std::string masked = read("smtplab-netease-first-mail.txt") + read("smtplab-netease-first-mail.jsonl");
  CHECK(masked.find("C: AUTH LOGIN\n") != std::string::npos);
  CHECK(masked.find("\"kind\"") != std::string::npos);
  CHECK(masked.find(password) == std::string::npos);
  CHECK(masked.find(core::base64_encode(password)) == std::string::npos);
  CHECK(read("smtplab-netease-first-mail-2.txt").find(core::base64_encode(password)) != std::string::npos);
}

TEST_CASE("lesson: an export that cannot be written says so") {
  const Folder folder;
  Learner learner("any/accept-all");
  const std::string gone = folder.path() + "/gone";
  std::filesystem::create_directory(gone);
  std::filesystem::current_path(gone);
  std::filesystem::remove(gone);
  learner.lesson->export_dialogue(core::Language::kEnglish, false);
  CHECK(learner.model().notice.find("cannot be written") != std::string::npos);
}

TEST_CASE("progress: ids are kept once, and a folder that cannot be made is no error") {
  const Folder folder;
  CHECK(client::read_progress().empty());
  client::add_progress("a/b");
  client::add_progress("a/b");
  client::add_progress("c/d");
  CHECK(client::read_progress() == std::set<std::string>{"a/b", "c/d"});
  CHECK(read(folder.path() + "/smtplab/done") == "a/b\nc/d\n");
  setenv("XDG_STATE_HOME", "/dev/null", 1);
  client::add_progress("e/f");
  CHECK(client::read_progress().empty());
}

TEST_CASE("external editor: the text goes to a file, the command changes it, and the file is gone") {
  const Folder folder;
  const std::string spaced = folder.path() + "/with 'a' space";
  std::filesystem::create_directory(spaced);
  setenv("TMPDIR", spaced.c_str(), 1);
  setenv("VISUAL", "sed -i s/Hello/Goodbye/", 1);
  const auto edited = client::edit_outside("Hello\n");
  REQUIRE_MESSAGE(edited, core::describe(edited.error(), core::Language::kEnglish));
  CHECK(*edited == "Goodbye\n");
  CHECK(std::filesystem::is_empty(spaced));
  setenv("VISUAL", "false", 1);
  CHECK_FALSE(client::edit_outside("x"));
  setenv("VISUAL", "true", 1);
  setenv("TMPDIR", "/nowhere/at/all", 1);
  CHECK(client::edit_outside("kept").value() == "kept");
}
