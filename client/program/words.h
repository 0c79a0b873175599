// What is said between smtplab and its process inside a closed network: words of one size over a socket that keeps them apart
// (SOCK_SEQPACKET). Both ends are the same binary.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace program {

// What of a terminal the program has.
enum class Tty : std::int32_t {
  kNone,
  kLent,  // that of smtplab: in front of it, as a shell's job is
  kOwn,   // one among its standard streams, made for it
};

enum class Says : std::int32_t {
  // to the process inside
  kStart,     // run the program; number: a Tty
  kContinue,  // after it was stopped; number likewise
  kSignal,    // number: for the program and its group
  // from it
  kListening,   // with the next descriptors, in the order of the plan
  kPackets,     // with the socket of watch_packets, where the system lets us look
  kReady,       // all are handed over
  kFailed,      // number: errno; detail: a Step
  kStarted,     // by the program itself, a moment before it begins
  kNotStarted,  // number: errno
  kStopped,
  kExited,  // number: its status as of waitpid; detail: which overlays were read, the first one is 1, the second 2, the third 4
            // …
  kAlone,   // nothing that the program started runs any more
  kGone,    // never sent: the other end is closed
};

// What could not be done.
enum class Step : std::int32_t { kNamespaces, kMapping, kMounts, kOverlay, kLoopback, kListen };

struct Word {
  Says says = Says::kGone;
  std::int32_t number = 0;
  std::int32_t detail = 0;
};

struct Heard {
  Word word;
  std::vector<int> descriptors;  // the hearer's from here on; closed at exec
  int sender = 0;                // as the hearer numbers processes; 0: it did not ask for it (SO_PASSCRED)
};

// Descriptors that one word can carry.
inline constexpr std::size_t kMostDescriptors = 64;

// False: nobody hears any more.
bool say(int socket, const Word& word, const std::vector<int>& descriptors = {});

// Nothing: the socket does not block and there is no word yet.
std::optional<Heard> hear(int socket);

}  // namespace program
