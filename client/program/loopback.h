// The network device of a closed network: everything leads to it, and who wanted to go where can be seen on it. For the process
// inside; REQUIRES: the rights over the network that its namespace gives.
#pragma once

namespace program {

// Every address is one of this machine from here on: who connects to 192.0.2.1 finds whoever listens everywhere, and is refused
// where nobody does. Whether the system has let us.
bool make_everything_local();

// A socket on which the beginning of each packet can be read that opens a connection or is a datagram, without its link layer
// (packet(7)); -1: the system has not let us.
int watch_packets();

}  // namespace program
