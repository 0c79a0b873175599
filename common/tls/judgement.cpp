#include "tls/judgement.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <mbedtls/x509.h>

#include "core/show.h"

namespace tls {
namespace {

constexpr std::size_t kMostNamesTold = 5;
constexpr std::size_t kLongestShown = 200;

// Octets of the peer for a sentence: escaped, and no longer than a sentence can bear.
std::string shown(std::string_view text) {
  return text.size() <= kLongestShown ? core::show_bytes(text) : core::show_bytes(text.substr(0, kLongestShown)) + "…";
}

core::Error distrust(std::string id, std::string text, std::string hint) {
  return core::Error{core::Blame::kPeer, std::move(text), {}, std::move(hint), std::move(id)};
}

// depth: 0 is the server's own.
std::string subject(const Finding& finding, std::size_t depth) {
  const std::string name = " (" + shown(finding.certificate.subject) + ")";
  return depth == 0 ? "the server's certificate" + name : "the certificate" + name + " that vouches for the server's";
}

std::string names_told(const std::vector<std::string>& names) {
  if (names.empty()) return "no host";
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNamesTold; ++i) text += (i > 0 ? ", " : "") + shown(names[i]);
  if (names.size() > kMostNamesTold) text += " and " + std::to_string(names.size() - kMostNamesTold) + " more";
  return text;
}

// The rest of what the library looks at, each as the end of a sentence.
struct Fault {
  std::uint32_t flag;
  std::string_view text;
};
constexpr std::array kFaults{
    Fault{MBEDTLS_X509_BADCERT_REVOKED, " was revoked by its issuer"},
    Fault{MBEDTLS_X509_BADCERT_BAD_KEY, " has a key that is too short, or of an unusual kind"},
    Fault{MBEDTLS_X509_BADCERT_BAD_PK, " has a key of a kind that is not accepted"},
    Fault{MBEDTLS_X509_BADCERT_BAD_MD, " is signed with a hash that is no longer safe"},
    Fault{MBEDTLS_X509_BADCERT_KEY_USAGE, " is not made for this use (keyUsage)"},
    Fault{MBEDTLS_X509_BADCERT_EXT_KEY_USAGE, " is not made for servers (extendedKeyUsage)"},
    Fault{MBEDTLS_X509_BADCERT_NS_CERT_TYPE, " is not made for servers (nsCertType)"},
    Fault{MBEDTLS_X509_BADCERT_MISSING, " is missing"},
};

core::Error of_time(const Finding& finding, std::size_t depth) {
  if ((finding.flags & MBEDTLS_X509_BADCERT_EXPIRED) != 0) {
    return distrust("tls-expired", subject(finding, depth) + " expired on " + finding.certificate.not_after + " UTC",
                    "whoever runs the server has to renew it; look at this computer's clock too");
  }
  return distrust("tls-not-yet-valid",
                  subject(finding, depth) + " is valid only from " + finding.certificate.not_before + " UTC",
                  "is this computer's clock slow? otherwise the server shows a certificate too early");
}

core::Error of_host(const Finding& leaf, const std::string& host) {
  return distrust("tls-wrong-host",
                  subject(leaf, 0) + " is for " + names_told(leaf.certificate.names) + ", not for " + shown(host),
                  "is the server's name written as its provider writes it? otherwise somebody else answers here");
}

core::Error of_self(const Finding& leaf) {
  return distrust("tls-self-signed", subject(leaf, 0) + " is signed by nobody but itself: anybody could have made it",
                  "if the server is your own, name its certificate with --ca");
}

core::Error of_authority(const Finding& finding, std::size_t depth, bool trusts_nobody) {
  return distrust("tls-unknown-authority",
                  subject(finding, depth) + " was issued by " + shown(finding.certificate.issuer) +
                      ", an authority that is not trusted here",
                  trusts_nobody ? "no authority is known on this computer: is the package ca-certificates installed?"
                                : "if that authority is your own, name its certificate with --ca");
}

core::Error of_the_rest(const Finding& finding, std::size_t depth) {
  std::string_view text = " is not acceptable";
  for (const Fault& fault : kFaults) {
    if ((finding.flags & fault.flag) != 0) {
      text = fault.text;
      break;
    }
  }
  return distrust("tls-bad-certificate", subject(finding, depth) + std::string(text),
                  "whoever runs the server has to get another one");
}

constexpr std::uint32_t kTime = MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE;

}  // namespace

// Time first: it is the commonest, and says everything. Who signed is asked last, as one cannot see through it.
std::optional<core::Error> judge(const std::vector<Finding>& chain, const std::string& host, bool trusts_nobody) {
  for (std::size_t depth = 0; depth < chain.size(); ++depth) {
    if ((chain[depth].flags & kTime) != 0) return of_time(chain[depth], depth);
  }
  for (std::size_t depth = 0; depth < chain.size(); ++depth) {
    const std::uint32_t flags = chain[depth].flags;
    if (depth == 0 && (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) != 0) return of_host(chain[depth], host);
    if ((flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0) {
      if (depth == 0 && chain[depth].is_self_issued) return of_self(chain[depth]);
      return of_authority(chain[depth], depth, trusts_nobody);
    }
  }
  for (std::size_t depth = 0; depth < chain.size(); ++depth) {
    if (chain[depth].flags != 0) return of_the_rest(chain[depth], depth);
  }
  return std::nullopt;
}

}  // namespace tls
