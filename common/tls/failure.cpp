#include "tls/failure.h"

#include <array>
#include <cstddef>
#include <utility>

#include "core/show.h"
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

std::string the_peer(const Standpoint& here) { return here.is_client ? "the server" : "the client"; }

std::string versions(const Standpoint& here) {
  if (here.oldest == here.newest) return std::string(name(here.oldest));
  return std::string(name(here.oldest)) + " to " + std::string(name(here.newest));
}

core::Error error(std::string id, std::string text, std::string hint = {}) {
  return core::Error{core::Blame::kPeer, std::move(text), {}, std::move(hint), std::move(id)};
}

core::Error version_error(std::string text) {
  return error("tls-version", std::move(text), "TLS 1.0 and 1.1 are given up (RFC 8996): one of the two sides is out of date");
}

// A server that speaks older versions only answers with the newest of those (RFC 5246 appendix E.1); who sends this alert wants
// a newer one than was offered.
core::Error newer_wanted(const std::string& told, const Standpoint& here) {
  const bool is_library = here.newest == dialect::newest();
  return error("tls-needs-newer",
               "the server wants a newer version than " + std::string(name(here.newest)) + ", the newest of this side: " + told,
               is_library ? library_version() + " has no newer one: this side has to change, not the server"
                          : "this side was told to speak nothing newer");
}

}  // namespace

core::Error alert_error(std::uint8_t alert, const Standpoint& here) {
  const Alert* known = nullptr;
  for (const Alert& row : kAlerts) {
    if (row.number == alert) known = &row;
  }
  const std::string told =
      "alert " + (known == nullptr ? "" : std::string(known->name) + " ") + "(" + std::to_string(alert) + ")";
  const std::string_view id = known == nullptr ? "tls-refused" : known->id;
  if (id == "tls-distrusted") {
    return error("tls-distrusted", the_peer(here) + " does not believe our certificate: " + told,
                 here.is_client ? "" : "the client has to know the authority that issued it, and to ask for a host it is for");
  }
  if (here.is_open) return error("tls-broken", the_peer(here) + " broke TLS off: " + told);
  const bool wants_newer = here.is_client && alert == kProtocolVersion && here.newest < Version::kTls13;
  if (wants_newer) return newer_wanted(told, here);
  if (id == "tls-version") return version_error(the_peer(here) + " does not accept " + versions(here) + ": " + told);
  return error("tls-refused", the_peer(here) + " broke the TLS handshake off: " + told,
               alert == 40 ? "often the two sides have no cipher in common; this side speaks " + versions(here) : "");
}

core::Error not_tls_error(std::string_view octets, const Standpoint& here) {
  const std::string quoted = core::show_bytes(octets.substr(0, kMostQuoted)) + (octets.size() > kMostQuoted ? "…" : "");
  return error("tls-not-tls", the_peer(here) + " does not speak TLS here, it said '" + quoted + "'",
               here.is_client ? "this port speaks plain text first: use STARTTLS, or the port for TLS from the start (465)"
                              : "this port speaks TLS from the first octet; a client in plain text, or with STARTTLS, belongs "
                                "to another port");
}

core::Error code_error(int code, const Standpoint& here) {
  if (!here.is_open) {
    switch (dialect::trouble_of(code)) {
      case dialect::Trouble::kVersion:
        return version_error(the_peer(here) + " does not speak " + versions(here) + ", and this side nothing else");
      case dialect::Trouble::kCipher:
        return error("tls-version", the_peer(here) + " offers no cipher that this side speaks too",
                     "it takes a few ciphers only, or none but those of TLS 1.3; this side speaks " + versions(here));
      case dialect::Trouble::kCertificate:
        return error("tls-bad-certificate", the_peer(here) + "'s certificate cannot be read: " + library_text(code),
                     "whoever runs the server has to get another one");
      case dialect::Trouble::kOther: break;
    }
  }
  return error("tls-broken", (here.is_open ? "TLS broke: " : "the TLS handshake broke: ") + library_text(code));
}

core::Error abuse_error(const std::string& what, const Standpoint& here) {
  return error("tls-broken", the_peer(here) + " " + what);
}

}  // namespace tls
