#include "client/program/loopback.h"

#include <array>
#include <cstdint>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

namespace program {
namespace {

constexpr std::uint32_t kSeen = 64;  // octets of a packet: both headers

// ip route add local 0.0.0.0/0 dev lo (rtnetlink(7))
struct RouteRequest {
  nlmsghdr header{};
  rtmsg route{};
  rtattr device_head{};
  std::uint32_t device = 0;
};

struct RouteAnswer {
  nlmsghdr header{};
  nlmsgerr error{};
};

// TCP with SYN and without ACK, or UDP (RFC 9293 §3.1; offsets from the IPv4 header, since the socket is SOCK_DGRAM).
std::array<sock_filter, 9> openings() {
  return {{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 5),
      BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
      BPF_STMT(BPF_LD | BPF_B | BPF_IND, 13),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, kSeen),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
}

}  // namespace

bool make_everything_local() {
  const int kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (kernel < 0) return false;
  RouteRequest request;
  request.header.nlmsg_len = sizeof(request);
  request.header.nlmsg_type = RTM_NEWROUTE;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK;
  request.route.rtm_family = AF_INET;
  request.route.rtm_table = RT_TABLE_LOCAL;
  request.route.rtm_protocol = RTPROT_BOOT;
  request.route.rtm_scope = RT_SCOPE_HOST;
  request.route.rtm_type = RTN_LOCAL;
  request.device_head.rta_type = RTA_OIF;
  request.device_head.rta_len = RTA_LENGTH(sizeof(request.device));
  request.device = if_nametoindex("lo");
  RouteAnswer answer;
  const bool done = send(kernel, &request, sizeof(request), 0) == static_cast<ssize_t>(sizeof(request)) &&
                    recv(kernel, &answer, sizeof(answer), 0) > 0 && answer.header.nlmsg_type == NLMSG_ERROR &&
                    answer.error.error == 0;
  close(kernel);
  return done;
}

int watch_packets() {
  const int packets = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (packets < 0) return -1;
  std::array<sock_filter, 9> code = openings();
  const sock_fprog filter{static_cast<unsigned short>(code.size()), code.data()};
  sockaddr_ll where{};
  where.sll_family = AF_PACKET;
  where.sll_protocol = htons(ETH_P_IP);
  where.sll_ifindex = static_cast<int>(if_nametoindex("lo"));
  if (setsockopt(packets, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter)) == 0 &&
      bind(packets, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) == 0)
    return packets;
  close(packets);
  return -1;
}

}  // namespace program
