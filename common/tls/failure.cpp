#include "tls/failure.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/show.h"
#include "core/text.h"
#include "tls/config.h"
#include "tls/dialect.h"
#include "tls/library.h"

namespace tls {
namespace {

// How much of a peer that does not speak TLS is quoted.
constexpr std::size_t kMostQuoted = 60;

constexpr std::uint8_t kProtocolVersion = 70;

struct Alert {
  std::uint8_t number;
  std::string_view name;
  std::string_view id;
};

// RFC 5246 §7.2, RFC 6066 §9, RFC 7301 §3.2, RFC 7507 §3, RFC 8446 §6.
constexpr std::array kAlerts{
    Alert{0, "close_notify", "tls-refused"},
    Alert{10, "unexpected_message", "tls-refused"},
    Alert{20, "bad_record_mac", "tls-refused"},
    Alert{21, "decryption_failed", "tls-refused"},
    Alert{22, "record_overflow", "tls-refused"},
    Alert{30, "decompression_failure", "tls-refused"},
    Alert{40, "handshake_failure", "tls-refused"},
    Alert{41, "no_certificate", "tls-refused"},
    Alert{42, "bad_certificate", "tls-distrusted"},
    Alert{43, "unsupported_certificate", "tls-distrusted"},
    Alert{44, "certificate_revoked", "tls-distrusted"},
    Alert{45, "certificate_expired", "tls-distrusted"},
    Alert{46, "certificate_unknown", "tls-distrusted"},
    Alert{47, "illegal_parameter", "tls-refused"},
    Alert{48, "unknown_ca", "tls-distrusted"},
    Alert{49, "access_denied", "tls-refused"},
    Alert{50, "decode_error", "tls-refused"},
    Alert{51, "decrypt_error", "tls-refused"},
    Alert{60, "export_restriction", "tls-refused"},
    Alert{kProtocolVersion, "protocol_version", "tls-version"},
    Alert{71, "insufficient_security", "tls-version"},
    Alert{80, "internal_error", "tls-refused"},
    Alert{86, "inappropriate_fallback", "tls-version"},
    Alert{90, "user_canceled", "tls-refused"},
    Alert{100, "no_renegotiation", "tls-refused"},
    Alert{109, "missing_extension", "tls-refused"},
    Alert{110, "unsupported_extension", "tls-refused"},
    Alert{111, "certificate_unobtainable", "tls-refused"},
    Alert{112, "unrecognized_name", "tls-refused"},
    Alert{113, "bad_certificate_status_response", "tls-distrusted"},
    Alert{115, "unknown_psk_identity", "tls-refused"},
    Alert{116, "certificate_required", "tls-refused"},
    Alert{120, "no_application_protocol", "tls-refused"},
};

core::Part the_peer(const Standpoint& here) {
  return here.is_client ? core::Text{"the server", "服务器"} : core::Text{"the client", "客户端"};
}

core::Part versions(const Standpoint& here) {
  return here.oldest == here.newest ? core::Part(name(here.oldest)) : range(here.oldest, here.newest);
}

core::Error error(std::string id, core::Text text, core::Text hint = {}) {
  return core::Error{core::Blame::kPeer, std::move(text), {}, std::move(hint), std::move(id)};
}

core::Error version_error(core::Text text) {
  return error("tls-version", std::move(text),
               {"TLS 1.0 and 1.1 are given up (RFC 8996): one of the two sides is out of date",
                "TLS 1.0 和 1.1 已经停用（RFC 8996）：双方中有一方太旧了"});
}

// A server that speaks older versions only answers with the newest of those (RFC 5246 appendix E.1); who sends this alert wants
// a newer one than was offered.
core::Error newer_wanted(const core::Part& told, const Standpoint& here) {
  const bool is_library = here.newest == dialect::newest();
  return error("tls-needs-newer",
               core::phrase("the server wants a newer version than {0}, the newest of this side: {1}",
                            "服务器要求比 {0} 更新的版本，而本方最新只到 {0}：{1}", {name(here.newest), told}),
               is_library ? core::phrase("{0} has no newer one: this side has to change, not the server",
                                         "{0} 没有更新的版本：要改的是本方，不是服务器", {library_version()})
                          : core::Text{"this side was told to speak nothing newer", "本方被要求不使用更新的版本"});
}

// Of what a client says in clear: the word with which clients of text protocols begin. Anything else may be a password that
// went out too early.
std::string_view words_to_show(std::string_view octets) {
  constexpr std::array<std::string_view, 10> kFirstWords{"EHLO", "HELO", "QUIT", "STARTTLS", "CAPA",
                                                         "STLS", "NOOP", "GET",  "POST",     "HEAD"};
  for (const std::string_view word : kFirstWords) {
    const std::string_view rest = octets.substr(std::min(word.size(), octets.size()));
    const bool ends = rest.empty() || rest.front() == ' ' || rest.front() == '\r' || rest.front() == '\n';
    if (ends && core::starts_with_ignoring_case(octets, word)) return octets.substr(0, word.size());
  }
  return {};
}

}  // namespace

core::Error alert_error(std::uint8_t alert, const Standpoint& here) {
  const Alert* known = nullptr;
  for (const Alert& row : kAlerts) {
    if (row.number == alert) known = &row;
  }
  const std::string named = known == nullptr ? "" : std::string(known->name) + " ";
  const core::Part told = core::phrase("alert {0}({1})", "警报 {0}({1})", {named, unsigned{alert}});
  const std::string_view id = known == nullptr ? "tls-refused" : known->id;
  if (id == "tls-distrusted") {
    return error("tls-distrusted",
                 core::phrase("{0} does not believe our certificate: {1}", "{0}不相信我们的证书：{1}", {the_peer(here), told}),
                 here.is_client
                     ? core::Text{}
                     : core::Text{"the client has to know the authority that issued it, and to ask for a host it is for",
                                  "客户端要信任签发它的机构，并且访问证书上写的主机名"});
  }
  if (here.is_open)
    return error("tls-broken", core::phrase("{0} broke TLS off: {1}", "{0}中断了 TLS：{1}", {the_peer(here), told}));
  const bool wants_newer = here.is_client && alert == kProtocolVersion && here.newest < Version::kTls13;
  if (wants_newer) return newer_wanted(told, here);
  if (id == "tls-version")
    return version_error(
        core::phrase("{0} does not accept {1}: {2}", "{0}不接受 {1}：{2}", {the_peer(here), versions(here), told}));
  return error("tls-refused",
               core::phrase("{0} broke the TLS handshake off: {1}", "{0}中断了 TLS 握手：{1}", {the_peer(here), told}),
               alert == 40 ? core::phrase("often the two sides have no cipher in common; this side speaks {0}",
                                          "往往是双方没有共同的加密套件；本方使用 {0}", {versions(here)})
                           : core::Text{});
}

core::Error not_tls_error(std::string_view octets, const Standpoint& here) {
  const std::string_view shown = here.is_client ? octets : words_to_show(octets);
  const std::string quoted =
      core::show_bytes(shown.substr(0, kMostQuoted)) + (octets.size() > std::min(shown.size(), kMostQuoted) ? "…" : "");
  return error(
      "tls-not-tls",
      core::phrase("{0} does not speak TLS here, it said '{1}'", "{0}在这里说的不是 TLS，而是 '{1}'", {the_peer(here), quoted}),
      here.is_client
          ? core::Text{"this port speaks plain text first: use STARTTLS, or the port for TLS from the start (465)",
                       "这个端口先用明文：请用 STARTTLS，或者换到一开始就是 TLS 的端口（465）"}
          : core::Text{"this port speaks TLS from the first octet; a client in plain text, or with STARTTLS, belongs "
                       "to another port",
                       "这个端口从第一个字节起就是 TLS；用明文或 STARTTLS 的客户端应当连别的端口"});
}

core::Error code_error(int code, const Standpoint& here) {
  if (!here.is_open) {
    switch (dialect::trouble_of(code)) {
      case dialect::Trouble::kVersion:
        return version_error(core::phrase("{0} does not speak {1}, and this side nothing else",
                                          "{0}不支持 {1}，而本方只支持这些", {the_peer(here), versions(here)}));
      case dialect::Trouble::kCipher:
        return error(
            "tls-version",
            core::phrase("{0} offers no cipher that this side speaks too", "{0}没有提供本方也支持的加密套件", {the_peer(here)}),
            core::phrase("it takes a few ciphers only, or none but those of TLS 1.3; this side speaks {0}",
                         "它只接受少数几种加密套件，或者只接受 TLS 1.3 的；本方使用 {0}", {versions(here)}));
      case dialect::Trouble::kCertificate:
        return error(
            "tls-bad-certificate",
            core::phrase("{0}'s certificate cannot be read: {1}", "{0}的证书读不懂：{1}", {the_peer(here), library_text(code)}),
            {"whoever runs the server has to get another one", "要由管理服务器的人换一张证书"});
      case dialect::Trouble::kOther: break;
    }
  }
  return error("tls-broken", here.is_open
                                 ? core::phrase("TLS broke: {0}", "TLS 中断：{0}", {library_text(code)})
                                 : core::phrase("the TLS handshake broke: {0}", "TLS 握手中断：{0}", {library_text(code)}));
}

core::Error abuse_error(const core::Text& what, const Standpoint& here) {
  return error("tls-broken", core::phrase("{0} {1}", "{0}{1}", {the_peer(here), what}));
}

}  // namespace tls
