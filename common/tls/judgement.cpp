#include "tls/judgement.h"

#include <algorithm>
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

core::Error distrust(std::string id, core::Text text, core::Text hint) {
  return core::Error{core::Blame::kPeer, std::move(text), {}, std::move(hint), std::move(id)};
}

// depth: 0 is the server's own.
core::Part subject(const Finding& finding, std::size_t depth) {
  const std::string name = shown(finding.certificate.subject);
  return depth == 0
             ? core::phrase("the server's certificate ({0})", "服务器的证书（{0}）", {name})
             : core::phrase("the certificate ({0}) that vouches for the server's", "为服务器证书作保的证书（{0}）", {name});
}

core::Part names_told(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNamesTold; ++i) text += (i > 0 ? ", " : "") + shown(names[i]);
  if (names.size() <= kMostNamesTold) return text;
  return core::phrase("{0} and {1} more", "{0} 等，另有 {1} 个", {text, names.size() - kMostNamesTold});
}

// The rest of what the library looks at, each as a sentence about {0}.
struct Fault {
  std::uint32_t flag;
  std::string_view en;
  std::string_view zh;
};
constexpr std::array kFaults{
    Fault{MBEDTLS_X509_BADCERT_REVOKED, "{0} was revoked by its issuer", "{0}已被签发者吊销"},
    Fault{MBEDTLS_X509_BADCERT_BAD_KEY, "{0} has a key that is too short, or of an unusual kind",
          "{0}的密钥太短，或者种类少见"},
    Fault{MBEDTLS_X509_BADCERT_BAD_PK, "{0} has a key of a kind that is not accepted", "{0}的密钥种类不被接受"},
    Fault{MBEDTLS_X509_BADCERT_BAD_MD, "{0} is signed with a hash that is no longer safe", "{0}的签名用了不再安全的哈希"},
    Fault{MBEDTLS_X509_BADCERT_KEY_USAGE, "{0} is not made for this use (keyUsage)", "{0}不是用于这个用途的（keyUsage）"},
    Fault{MBEDTLS_X509_BADCERT_EXT_KEY_USAGE, "{0} is not made for servers (extendedKeyUsage)",
          "{0}不是给服务器用的（extendedKeyUsage）"},
    Fault{MBEDTLS_X509_BADCERT_NS_CERT_TYPE, "{0} is not made for servers (nsCertType)", "{0}不是给服务器用的（nsCertType）"},
    Fault{MBEDTLS_X509_BADCERT_MISSING, "{0} is missing", "没有{0}"},
};

core::Error of_time(const Finding& finding, std::size_t depth) {
  if ((finding.flags & MBEDTLS_X509_BADCERT_EXPIRED) != 0) {
    return distrust("tls-expired",
                    core::phrase("{0} expired on {1} UTC", "{0}已于 {1} UTC 过期",
                                 {subject(finding, depth), finding.certificate.not_after}),
                    {"whoever runs the server has to renew it; look at this computer's clock too",
                     "要由管理服务器的人更新证书；也看看这台电脑的时钟准不准"});
  }
  return distrust("tls-not-yet-valid",
                  core::phrase("{0} is valid only from {1} UTC", "{0}要到 {1} UTC 才生效",
                               {subject(finding, depth), finding.certificate.not_before}),
                  {"is this computer's clock slow? otherwise the server shows a certificate too early",
                   "这台电脑的时钟是不是慢了？如果没有，就是服务器过早用上了这张证书"});
}

core::Error of_host(const Finding& leaf, const std::string& host) {
  return distrust("tls-wrong-host",
                  leaf.certificate.names.empty()
                      ? core::phrase("{0} is for no host, not for {1}", "{0}没有写明是哪台主机的，所以不能用于 {1}",
                                     {subject(leaf, 0), shown(host)})
                      : core::phrase("{0} is for {1}, not for {2}", "{0}是发给 {1} 的，不是 {2}",
                                     {subject(leaf, 0), names_told(leaf.certificate.names), shown(host)}),
                  {"is the server's name written as its provider writes it? otherwise somebody else answers here",
                   "服务器的名字是不是照服务商写的那样写的？如果是，就是别人在这里应答"});
}

core::Error of_self(const Finding& leaf) {
  return distrust(
      "tls-self-signed",
      core::phrase("{0} is signed by nobody but itself: anybody could have made it", "{0}是自签名的：谁都做得出来",
                   {subject(leaf, 0)}),
      {"if the server is your own, name its certificate with --ca", "如果服务器是您自己的，请用 --ca 给出它的证书"});
}

core::Error of_authority(const Finding& finding, std::size_t depth, bool trusts_nobody) {
  return distrust(
      "tls-unknown-authority",
      core::phrase("{0} was issued by {1}, an authority that is not trusted here", "{0}由 {1} 签发，这里不信任这个机构",
                   {subject(finding, depth), shown(finding.certificate.issuer)}),
      trusts_nobody ? core::Text{"no authority is known on this computer: is the package ca-certificates installed?",
                                 "这台电脑上没有任何受信任的机构：装了 ca-certificates 软件包吗？"}
                    : core::Text{"if that authority is your own, name its certificate with --ca",
                                 "如果那个机构是您自己的，请用 --ca 给出它的证书"});
}

core::Error of_the_rest(const Finding& finding, std::size_t depth) {
  const auto* const hit =
      std::find_if(kFaults.begin(), kFaults.end(), [&](const Fault& fault) { return (finding.flags & fault.flag) != 0; });
  const Fault fault = hit != kFaults.end() ? *hit : Fault{0, "{0} is not acceptable", "{0}不能接受"};
  return distrust("tls-bad-certificate", core::phrase(fault.en, fault.zh, {subject(finding, depth)}),
                  {"whoever runs the server has to get another one", "要由管理服务器的人换一张证书"});
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
