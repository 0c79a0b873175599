// A mailbox with many messages, looked through from the start, as a POP3 session does it when somebody logs in.
#include <cstdlib>
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include "mockserver/store/maildir.h"
#include "tests/bench/beside.h"

namespace {

const std::string kUser = "alice@mock.example";

// A Maildir with so many messages, in memory where the system has a folder for that.
class ManyMessages {
 public:
  explicit ManyMessages(std::int64_t messages) {
    const std::string parent = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
    folder_ = parent + "/smtplab-bench-XXXXXX";
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
    const auto store = open();
    store::Message message;
    message.forward_paths = {kUser};
    message.content = "Subject: one of many\r\n\r\nHello\r\n";
    for (std::int64_t i = 0; i < messages; ++i) {
      if (!store->deliver(message)) std::abort();
    }
    list(*store);
  }
  ~ManyMessages() { std::filesystem::remove_all(folder_); }
  ManyMessages(const ManyMessages&) = delete;
  ManyMessages& operator=(const ManyMessages&) = delete;

  [[nodiscard]] std::unique_ptr<store::Maildir> open() const {
    return std::make_unique<store::Maildir>(folder_, store::Owners{{kUser}}, [](const store::Message&) { return "{}\n"; });
  }

  static void list(store::Maildir& store) {
    const auto inbox = store.mailbox_of(kUser)->open(mailbox::FolderName::inbox());
    const auto listing = (*inbox)->list();
    if (!listing) std::abort();
    benchmark::DoNotOptimize(*listing);
  }

  // What the system alone takes: the names of the files.
  void read_names() const {
    for (const auto& file : std::filesystem::directory_iterator(folder_ + "/" + kUser + "/new"))
      benchmark::DoNotOptimize(file.path().native().size());
  }

 private:
  std::string folder_;
};

void maildir_list(benchmark::State& state) {
  const ManyMessages many(state.range(0));
  bench::beside(
      state, "the names of its files", [&] { ManyMessages::list(*many.open()); }, [&] { many.read_names(); });
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(maildir_list)->ArgName("messages")->Arg(10'000)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
