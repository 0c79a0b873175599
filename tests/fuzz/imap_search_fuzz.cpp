// Invariant: of any message, and any text in any charset, a search finds the message or not, or says that the charset is bad;
// NOT finds the opposite; asked again, when the notes have it, the answer is the same; TEXT finds what BODY finds; never a
// crash.
//
// The first line of the input is the charset, the second the text; the rest is the message.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "imap/search.h"
#include "mockserver/store/memory_folder.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

std::string take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string line(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

class Box {
 public:
  explicit Box(std::string_view message) {
    const auto incoming = folder_.append({}, 0);
    demand(incoming && (*incoming)->write(message) && (*incoming)->commit());
    listing_ = *folder_.list();
  }

  // 1, 0, or -1 for a bad charset.
  int finds(imap::SearchKey key, const std::string& charset) {
    const auto found = imap::search({folder_, *listing_, {}}, {charset, std::move(key)});
    if (!found) demand(found.error().id == "bad-charset");
    return found ? static_cast<int>(found->size()) : -1;
  }

 private:
  std::shared_ptr<store::MemoryPool> pool_ = std::make_shared<store::MemoryPool>();
  store::MemoryFolder folder_{pool_, 1};
  mailbox::Snapshot listing_;
};

void check(Box& box, const imap::SearchKey& key, const std::string& charset) {
  const int found = box.finds(key, charset);
  demand(box.finds(key, charset) == found);
  demand(box.finds({imap::SearchNot{{key}}}, charset) == (found < 0 ? found : 1 - found));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string charset = take_line(rest);
  const std::string text = take_line(rest);
  Box box(rest);
  check(box, {imap::SearchText{true, text}}, charset);
  check(box, {imap::SearchText{false, text}}, charset);
  for (const char* const field : {"Subject", "From", "X-Any"}) check(box, {imap::SearchHeader{field, text}}, charset);
  const std::chrono::year_month_day day = std::chrono::year{2024} / 3 / 1;
  check(box, {imap::SearchDate{imap::SearchDate::Of::kSent, imap::SearchDate::Is::kSince, day}}, charset);
  if (box.finds({imap::SearchText{false, text}}, charset) == 1) demand(box.finds({imap::SearchText{true, text}}, charset) == 1);
  return 0;
}
