// Notes beside the mails: that they come back, and what becomes of them when their file is damaged.
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mockserver/store/note_file.h"
#include "tests/store/stores.h"

namespace {

using mailbox::Uid;
using store::NoteFile;
using test::deliver;
using test::kAlice;
using test::listed;

const std::string kNotes = kAlice + "/smtplab-notes";
constexpr std::string_view kFormat = "of-a-test";

struct NotedBox {
  explicit NotedBox(const test::StoreKind& kind) : store(kind.make(folder)) {
    for (const char* const text : {"1", "2", "3"}) REQUIRE(deliver(*store, {kAlice}, text));
    inbox = test::open(*store->mailbox_of(kAlice));
    listed(*inbox);
  }
  [[nodiscard]] mailbox::Notes& notes(std::string_view format = kFormat) const {
    mailbox::Notes* const found = inbox->notes(format);
    REQUIRE(found != nullptr);
    return *found;
  }
  test::Folder folder;
  std::unique_ptr<store::Store> store;
  std::shared_ptr<mailbox::Folder> inbox;
};

// A folder without mails is enough for the file.
struct NotedFolder {
  [[nodiscard]] std::unique_ptr<NoteFile> notes(std::uint32_t validity = 7) const {
    return std::make_unique<NoteFile>(folder.path(), kFormat, validity, [](Uid) { return true; });
  }
  [[nodiscard]] std::string file() const { return folder.content("smtplab-notes"); }
  test::Folder folder;
};

std::string note_of(std::uint32_t uid) { return "note " + std::to_string(uid) + std::string(uid % 97, 'x'); }

}  // namespace

TEST_CASE("notes: what is kept is found, in both stores") {
  test::for_each_store<NotedBox>([](NotedBox& box) {
    mailbox::Notes& notes = box.notes();
    CHECK_FALSE(notes.find({1}));
    notes.keep({1}, "one");
    notes.keep({3}, std::string("th\0ree", 6));
    CHECK(notes.find({1}) == "one");
    CHECK_FALSE(notes.find({2}));
    CHECK(notes.find({3}) == std::string_view("th\0ree", 6));
    notes.keep({1}, "another one");
    CHECK(notes.find({1}) == "another one");
    CHECK(box.notes().find({1}) == "another one");
  });
}

TEST_CASE("notes: those of another format are lost, in both stores") {
  test::for_each_store<NotedBox>([](NotedBox& box) {
    box.notes().keep({1}, "one");
    CHECK_FALSE(box.notes("of-another-test").find({1}));
    CHECK_FALSE(box.notes().find({1}));
  });
}

TEST_CASE("notes: a folder that has gone has none") {
  const test::Folder folder;
  const auto store = test::maildir_in(folder.path());
  mailbox::Mailbox& mailbox = *store->mailbox_of(kAlice);
  const auto name = mailbox::FolderName::parse("Work").value();
  REQUIRE(mailbox.create(name));
  const auto work = test::open(mailbox, "Work");
  listed(*work);
  REQUIRE(work->notes(kFormat) != nullptr);
  work->notes(kFormat)->keep({1}, "one");
  REQUIRE(mailbox.rename(name, mailbox::FolderName::parse("Play").value()));
  CHECK(work->notes(kFormat) == nullptr);
  const auto play = test::open(mailbox, "Play");
  listed(*play);
  CHECK_FALSE(play->notes(kFormat)->find({1}));  // UIDVALIDITY is another one
}

TEST_CASE("notes: they outlive the process, on the disk") {
  const NotedFolder here;
  here.notes()->keep({1}, "one");
  here.notes()->keep({5}, "five");
  const auto notes = here.notes();
  CHECK(notes->find({1}) == "one");
  CHECK(notes->find({5}) == "five");
  CHECK(here.file().starts_with("smtplab-notes 1 7 of-a-test\n"));
}

TEST_CASE("notes: many, in any order, and more than a window") {
  const NotedFolder here;
  {
    const auto notes = here.notes();
    for (std::uint32_t step = 0; step < 20'000; ++step) {
      const std::uint32_t uid = step * 7919 % 20'000 + 1;
      notes->keep({uid}, note_of(uid));
    }
    for (std::uint32_t uid = 1; uid <= 20'000; uid += 13) CHECK(notes->find({uid}) == note_of(uid));
  }
  REQUIRE(here.file().size() > 2 * NoteFile::kWindow);
  const auto notes = here.notes();
  for (std::uint32_t uid = 1; uid <= 20'000; ++uid) CHECK(notes->find({uid}) == note_of(uid));
  for (std::uint32_t uid = 20'000; uid > 17; uid -= 17) CHECK(notes->find({uid}) == note_of(uid));
}

TEST_CASE("notes: one that is too large is not kept") {
  const NotedFolder here;
  const auto notes = here.notes();
  notes->keep({1}, std::string(NoteFile::kLargest + 1, 'x'));
  CHECK_FALSE(notes->find({1}));
  notes->keep({2}, std::string(NoteFile::kLargest, 'x'));
  CHECK(notes->find({2})->size() == NoteFile::kLargest);
  notes->flush();
  CHECK(here.notes()->find({2})->size() == NoteFile::kLargest);
}

TEST_CASE("notes: cut off anywhere, what is left counts, and others can be added") {
  const NotedFolder here;
  for (const std::uint32_t uid : {1, 2, 3}) here.notes()->keep({uid}, note_of(uid));
  const std::string whole = here.file();
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CAPTURE(size);
    here.folder.write("smtplab-notes", whole.substr(0, size));
    {
      const auto notes = here.notes();
      bool is_before = true;  // of what was cut off nothing behind it is found
      for (const std::uint32_t uid : {1, 2, 3}) {
        const auto note = notes->find({uid});
        if (note) CHECK(*note == note_of(uid));
        CHECK_FALSE((note && !is_before));
        is_before = note.has_value();
      }
      notes->keep({4}, note_of(4));
    }
    CHECK(here.notes()->find({4}) == note_of(4));
  }
}

TEST_CASE("notes: damaged anywhere, none tells what was not kept") {
  const NotedFolder here;
  for (const std::uint32_t uid : {1, 2, 3}) here.notes()->keep({uid}, note_of(uid));
  const std::string whole = here.file();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CAPTURE(at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    here.folder.write("smtplab-notes", damaged);
    const auto notes = here.notes();
    for (std::uint32_t uid = 0; uid < 300; ++uid) {
      if (const auto note = notes->find({uid})) CHECK(*note == note_of(uid));
    }
    notes->keep({9}, note_of(9));
    notes->flush();
    CHECK(here.notes()->find({9}) == note_of(9));
  }
}

TEST_CASE("notes: of another version, another UIDVALIDITY, or no notes at all, they are begun anew") {
  for (const std::string& text :
       {std::string("smtplab-notes 2 7 of-a-test\nnew things"), std::string("smtplab-notes 1 8 of-a-test\n"),
        std::string("smtplab-notes 1 7 of-another-test\n"), std::string(100'000, '\0')}) {
    const NotedFolder here;
    here.folder.write("smtplab-notes", text);
    here.notes()->keep({1}, "one");
    CHECK(here.notes()->find({1}) == "one");
    CHECK(here.file().starts_with("smtplab-notes 1 7 of-a-test\n"));
  }
}

TEST_CASE("notes: two processes add to the same file") {
  const NotedFolder here;
  const auto one = here.notes();
  const auto other = here.notes();
  one->keep({1}, "one");
  one->flush();
  other->keep({2}, "two");
  other->flush();
  CHECK(other->find({1}) == "one");
  one->keep({3}, "three");
  one->flush();
  CHECK(one->find({2}) == "two");
  const auto third = here.notes();
  for (const std::uint32_t uid : {1, 2, 3}) CHECK(third->find({uid}));
}

TEST_CASE("notes: the file may vanish at any time") {
  const NotedFolder here;
  const auto notes = here.notes();
  notes->keep({1}, "one");
  notes->flush();
  std::filesystem::remove(here.folder / "smtplab-notes");
  notes->keep({2}, "two");
  notes->flush();
  CHECK(here.notes()->find({2}) == "two");
}

TEST_CASE("notes: where nothing can be written, none is kept") {
  const NoteFile nowhere("/nowhere", kFormat, 7, [](Uid) { return true; });
  NoteFile notes("/nowhere", kFormat, 7, [](Uid) { return true; });
  notes.keep({1}, "one");
  CHECK_FALSE(notes.find({1}));
}

TEST_CASE("notes: of messages that have gone they are left out when they are most of them") {
  const NotedFolder here;
  {
    const auto notes = here.notes();
    for (std::uint32_t uid = 1; uid <= 30'000; ++uid) notes->keep({uid}, note_of(uid));
  }
  const std::size_t before = here.file().size();
  const NoteFile left(here.folder.path(), kFormat, 7, [](Uid uid) { return uid.value % 10 == 0; });
  CHECK(here.file().size() < before / 5);
  const auto notes = here.notes();
  CHECK(notes->find({20}) == note_of(20));
  CHECK_FALSE(notes->find({21}));
  CHECK(here.folder.names() == std::vector<std::string>{"smtplab-notes"});
}

TEST_CASE("notes: killed in the middle, what is found is what was kept") {
  const NotedFolder here;
  for (int life = 0; life < 8; ++life) {
    int ends[2] = {};
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const auto notes = here.notes();
      for (std::uint32_t uid = 1;; uid = uid % 3000 + 1) {
        notes->keep({uid}, note_of(uid));
        if (uid % 10 == 0) notes->flush();
        if (uid % 100 == 0 && write(ends[1], "x", 1) != 1) _exit(1);
      }
    }
    char said = 0;
    for (int steps = 0; steps < 10 + life; ++steps) REQUIRE(read(ends[0], &said, 1) == 1);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);
    const auto notes = here.notes();
    std::size_t found = 0;
    for (std::uint32_t uid = 1; uid <= 3000; ++uid) {
      const auto note = notes->find({uid});
      if (note) CHECK(*note == note_of(uid));
      found += note ? 1 : 0;
    }
    CHECK(found >= 900);
  }
}
