// When the reader of a pipe has gone, the program that writes to it ends, silently, as every filter does. When the other side
// of a socket has gone, it does not: that is told by the write itself.
#pragma once

namespace net {

// From now on a write to standard output or standard error that nobody can read any more ends the program by SIGPIPE. Loops
// leave this alone.
void end_with_reader();

// Ends the program that way now: for whoever ignores SIGPIPE and has put everything in order first.
[[noreturn]] void end_as_filter();

}  // namespace net
