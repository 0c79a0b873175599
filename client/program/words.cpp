#include "client/program/words.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace program {
namespace {

constexpr std::size_t kRoom = CMSG_SPACE(sizeof(int) * kMostDescriptors) + CMSG_SPACE(sizeof(ucred));

struct alignas(cmsghdr) Ancillary {
  std::array<char, kRoom> room{};
};

void take(Heard& heard, msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET) continue;
    if (part->cmsg_type == SCM_RIGHTS) {
      heard.descriptors.resize((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
      std::memcpy(heard.descriptors.data(), CMSG_DATA(part), heard.descriptors.size() * sizeof(int));
    } else if (part->cmsg_type == SCM_CREDENTIALS) {
      ucred who{};
      std::memcpy(&who, CMSG_DATA(part), sizeof(who));
      heard.sender = who.pid;
    }
  }
}

}  // namespace

bool say(int socket, const Word& word, const std::vector<int>& descriptors) {
  Word copy = word;
  iovec piece{&copy, sizeof(copy)};
  Ancillary beside;
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    const std::size_t octets = descriptors.size() * sizeof(int);
    message.msg_control = beside.room.data();
    message.msg_controllen = CMSG_SPACE(octets);
    cmsghdr* const part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(octets);
    std::memcpy(CMSG_DATA(part), descriptors.data(), octets);
  }
  ssize_t sent = 0;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(sizeof(copy));
}

std::optional<Heard> hear(int socket) {
  Heard heard;
  iovec piece{&heard.word, sizeof(heard.word)};
  Ancillary beside;
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = beside.room.data();
  message.msg_controllen = beside.room.size();
  ssize_t got = 0;
  do got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
  take(heard, message);
  if (got != static_cast<ssize_t>(sizeof(heard.word))) heard.word = Word{};
  return heard;
}

}  // namespace program
