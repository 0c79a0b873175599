#include "net/errors.h"

#include <cstddef>
#include <utility>

#include <uv.h>

#include "core/show.h"
#include "core/system_text.h"

namespace net {
namespace {

// id: see scenarios/knowledge/failures.toml.
core::Error system_error(std::string id, core::Text text, core::Part place = {}, core::Text hint = {}) {
  return core::Error{core::Blame::kSystem, std::move(text), std::move(place), std::move(hint), std::move(id)};
}

core::Part endpoint(const std::string& host, std::uint16_t port) {
  return core::phrase("{0} port {1}", "{0} 端口 {1}", {core::show_bytes(host), port});
}

// What the library says; it passes the system's errors on as negative numbers.
core::Text library_text(int status) {
  core::Text text = core::system_text(-status);
  text.en = uv_strerror(status);
  return text;
}

// "mail.example port 25, tried 192.0.2.1 and 2001:db8::1"; a host that is its own only address needs no list.
core::Part attempts(const std::string& host, std::uint16_t port, const std::vector<std::string>& tried) {
  const core::Part where = endpoint(host, port);
  if (tried.empty() || (tried.size() == 1 && tried.front() == host)) return where;
  core::Text all;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    const bool is_last = i + 1 == tried.size();
    all.en += (i == 0 ? "" : is_last ? " and " : ", ") + tried[i];
    all.zh += (i == 0 ? "" : is_last ? " 和 " : "、") + tried[i];
  }
  return core::phrase("{0}, tried {1}", "{0}，试过 {1}", {where, all});
}

}  // namespace

core::Error stream_error(int status) {
  switch (status) {
    case UV_ECONNRESET: return system_error("reset", {"the other side reset the connection", "对方重置了连接"});
    case UV_EPIPE:
      return system_error("reset",
                          {"the other side has closed the connection and takes nothing more", "对方已经关闭连接，不再接收"});
    case UV_ETIMEDOUT: return system_error("", {"the other side no longer answers (timed out)", "对方不再应答（超时）"});
    default: return system_error("", core::phrase("the connection failed: {0}", "连接出错：{0}", {library_text(status)}));
  }
}

core::Error handshake_closed_error() {
  return core::Error{
      core::Blame::kPeer,
      {"the other side closed the connection in the middle of the TLS handshake", "TLS 握手还没完，对方就关闭了连接"},
      {},
      {"it may not speak TLS on this port, or want another version of it", "这个端口也许不用 TLS，或者对方要用别的 TLS 版本"},
      "tls-closed"};
}

core::Error connect_error(int status, const std::string& host, std::uint16_t port, const std::vector<std::string>& tried) {
  const core::Part place = attempts(host, port, tried);
  switch (status) {
    case UV_ECONNREFUSED:
      return system_error("refused", {"connection refused", "连接被拒绝"}, place,
                          {"no program listens there: check the port and that the server runs",
                           "那里没有程序在监听：请检查端口，再看服务器是否在运行"});
    case UV_ECONNRESET:
      return system_error("reset", {"the other side reset the connection", "对方重置了连接"}, place,
                          {"a firewall, or a server that does not want to talk to this address",
                           "可能是防火墙，也可能是服务器不愿与这个地址通信"});
    case UV_ENETUNREACH:
    case UV_EHOSTUNREACH:
    case UV_ENETDOWN:
    case UV_EADDRNOTAVAIL:
      return system_error("unreachable", {"the server is unreachable", "服务器不可达"}, place,
                          {"is this computer connected to the network?", "这台电脑连上网络了吗？"});
    case UV_ETIMEDOUT:
      return system_error("connect-timeout", {"timed out: no answer to the connection attempt", "超时：连接请求没有得到回应"},
                          place,
                          {"a firewall may swallow it; many networks block port 25, try 587 or 465",
                           "可能被防火墙丢弃了；许多网络封锁 25 端口，试试 587 或 465"});
    case UV_EACCES:
    case UV_EPERM:
      return system_error("unreachable", {"this computer does not permit the connection", "这台电脑不允许这个连接"}, place,
                          {"look at its firewall", "看看它的防火墙"});
    default: return system_error("", core::phrase("cannot connect: {0}", "连接不上：{0}", {library_text(status)}), place);
  }
}

core::Error lookup_error(int status, const std::string& host) {
  const std::string shown = core::show_bytes(host);
  switch (status) {
    case UV_EAI_NONAME:
    case UV_EAI_NODATA:
    case UV_EINVAL:
    case UV_EAI_ADDRFAMILY:
      return system_error("host-unknown", core::phrase("unknown host '{0}'", "找不到主机 '{0}'", {shown}), {},
                          {"check its spelling", "请检查拼写"});
    case UV_EAI_AGAIN:
      return system_error(
          "host-lookup-failed",
          core::phrase("unknown host '{0}': no name server could be asked", "找不到主机 '{0}'：问不到任何域名服务器", {shown}),
          {}, {"is this computer connected to the network?", "这台电脑连上网络了吗？"});
    default:
      return system_error("host-lookup-failed", core::phrase("cannot look up host '{0}': {1}", "查不到主机 '{0}'：{1}",
                                                             {shown, library_text(status)}));
  }
}

core::Error listen_error(int status, const std::string& address, std::uint16_t port) {
  const core::Part place = endpoint(address, port);
  switch (status) {
    case UV_EADDRINUSE:
      return system_error("", {"the port is in use", "端口已被占用"}, place,
                          {"another program listens there; choose another port, or 0 for any free one",
                           "别的程序正在那里监听；请换一个端口，或用 0 表示任意空闲端口"});
    case UV_EACCES:
      return system_error("", {"not allowed to listen", "没有权限监听"}, place,
                          {"ports below 1024 are for root; choose a higher one such as 2525",
                           "1024 以下的端口只有 root 能用；请选更大的，例如 2525"});
    case UV_EADDRNOTAVAIL:
      return system_error("", {"not an address of this machine", "本机没有这个地址"}, place,
                          {"use 127.0.0.1 or ::1", "请用 127.0.0.1 或 ::1"});
    case UV_EINVAL:
      return core::Error{core::Blame::kInput,
                         {"not a numeric address", "不是数字形式的地址"},
                         place,
                         {"write 127.0.0.1 or ::1, not a name", "请写 127.0.0.1 或 ::1，不要写名字"}};
    default: return system_error("", core::phrase("cannot listen: {0}", "不能监听：{0}", {library_text(status)}), place);
  }
}

}  // namespace net
