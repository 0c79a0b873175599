// Invariant: any octets give replies and errors, the same ones whole and byte by byte; a reply is written and read again as
// the same reply; the octets kept never exceed the limit; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/show.h"
#include "smtp/reply.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

struct Heard {
  std::vector<smtp::ReceivedReply> replies;
  std::size_t errors = 0;
  std::string pending;
};

void drain(smtp::ReplyReader& reader, Heard& heard) {
  while (true) {
    auto next = reader.next();
    if (!next) {
      demand(core::show_bytes(core::describe(next.error(), core::Language::kEnglish)) ==
             core::describe(next.error(), core::Language::kEnglish));
      ++heard.errors;
    } else if (!*next) {
      demand(reader.pending().size() <= smtp::ReplyReader::kMaxReply);
      return;
    } else {
      heard.replies.push_back(std::move(**next));
    }
  }
}

void try_again(const smtp::ReceivedReply& received) {
  demand(!received.reply.lines.empty() && received.bytes.ends_with('\n'));
  smtp::ReplyReader reader;
  reader.receive(smtp::serialise(received.reply));
  const auto next = reader.next();
  demand(next && *next);
  demand((*next)->reply == received.reply);
  (void)received.reply.enhanced();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Heard whole;
  smtp::ReplyReader reader;
  reader.receive(input);
  drain(reader, whole);
  whole.pending = reader.pending();

  Heard bytewise;
  smtp::ReplyReader slow;
  for (const char c : input) {
    slow.receive(std::string_view(&c, 1));
    drain(slow, bytewise);
  }
  bytewise.pending = slow.pending();

  if (input.size() <= smtp::ReplyReader::kMaxReply) {
    demand(whole.errors == bytewise.errors && whole.pending == bytewise.pending);
    demand(whole.replies.size() == bytewise.replies.size());
    for (std::size_t i = 0; i < whole.replies.size(); ++i) {
      demand(whole.replies[i].reply == bytewise.replies[i].reply && whole.replies[i].bytes == bytewise.replies[i].bytes);
      demand(whole.replies[i].bare_lf == bytewise.replies[i].bare_lf);
    }
  }
  for (const smtp::ReceivedReply& one : whole.replies) try_again(one);
  return 0;
}
