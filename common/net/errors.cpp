#include "net/errors.h"

#include <cstddef>
#include <utility>

#include <uv.h>

#include "core/show.h"

namespace net {
namespace {

// id: see scenarios/knowledge/failures.toml.
core::Error system_error(std::string id, std::string text, std::string place = {}, std::string hint = {}) {
  return core::Error{core::Blame::kSystem, std::move(text), std::move(place), std::move(hint), std::move(id)};
}

std::string endpoint(const std::string& host, std::uint16_t port) {
  return core::show_bytes(host) + " port " + std::to_string(port);
}

// "mail.example port 25, tried 192.0.2.1 and 2001:db8::1"; a host that is its own only address needs no list.
std::string attempts(const std::string& host, std::uint16_t port, const std::vector<std::string>& tried) {
  std::string text = endpoint(host, port);
  if (tried.empty() || (tried.size() == 1 && tried.front() == host)) return text;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    text += i == 0 ? ", tried " : i + 1 < tried.size() ? ", " : " and ";
    text += tried[i];
  }
  return text;
}

}  // namespace

core::Error stream_error(int status) {
  switch (status) {
    case UV_ECONNRESET: return system_error("reset", "the other side reset the connection");
    case UV_EPIPE: return system_error("reset", "the other side has closed the connection and takes nothing more");
    case UV_ETIMEDOUT: return system_error("", "the other side no longer answers (timed out)");
    default: return system_error("", std::string("the connection failed: ") + uv_strerror(status));
  }
}

core::Error handshake_closed_error() {
  return core::Error{core::Blame::kPeer,
                     "the other side closed the connection in the middle of the TLS handshake",
                     {},
                     "it may not speak TLS on this port, or want another version of it",
                     "tls-closed"};
}

core::Error connect_error(int status, const std::string& host, std::uint16_t port, const std::vector<std::string>& tried) {
  const std::string place = attempts(host, port, tried);
  switch (status) {
    case UV_ECONNREFUSED:
      return system_error("refused", "connection refused", place,
                          "no program listens there: check the port and that the server runs");
    case UV_ECONNRESET:
      return system_error("reset", "the other side reset the connection", place,
                          "a firewall, or a server that does not want to talk to this address");
    case UV_ENETUNREACH:
    case UV_EHOSTUNREACH:
    case UV_ENETDOWN:
    case UV_EADDRNOTAVAIL:
      return system_error("unreachable", "the server is unreachable", place, "is this computer connected to the network?");
    case UV_ETIMEDOUT:
      return system_error("connect-timeout", "timed out: no answer to the connection attempt", place,
                          "a firewall may swallow it; many networks block port 25, try 587 or 465");
    case UV_EACCES:
    case UV_EPERM:
      return system_error("unreachable", "this computer does not permit the connection", place, "look at its firewall");
    default: return system_error("", std::string("cannot connect: ") + uv_strerror(status), place);
  }
}

core::Error lookup_error(int status, const std::string& host) {
  const std::string shown = "'" + core::show_bytes(host) + "'";
  switch (status) {
    case UV_EAI_NONAME:
    case UV_EAI_NODATA:
    case UV_EINVAL:
    case UV_EAI_ADDRFAMILY: return system_error("host-unknown", "unknown host " + shown, {}, "check its spelling");
    case UV_EAI_AGAIN:
      return system_error("host-lookup-failed", "unknown host " + shown + ": no name server could be asked", {},
                          "is this computer connected to the network?");
    default: return system_error("host-lookup-failed", "cannot look up host " + shown + ": " + uv_strerror(status));
  }
}

core::Error listen_error(int status, const std::string& address, std::uint16_t port) {
  const std::string place = endpoint(address, port);
  switch (status) {
    case UV_EADDRINUSE:
      return system_error("", "the port is in use", place,
                          "another program listens there; choose another port, or 0 for any free one");
    case UV_EACCES:
      return system_error("", "not allowed to listen", place,
                          "ports below 1024 are for root; choose a higher one such as 2525");
    case UV_EADDRNOTAVAIL: return system_error("", "not an address of this machine", place, "use 127.0.0.1 or ::1");
    case UV_EINVAL:
      return core::Error{core::Blame::kInput, "not a numeric address", place, "write 127.0.0.1 or ::1, not a name"};
    default: return system_error("", std::string("cannot listen: ") + uv_strerror(status), place);
  }
}

}  // namespace net
