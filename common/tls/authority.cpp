#include "tls/authority.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <utility>

#include "tls/certify.h"
#include "tls/identity.h"

namespace tls {
namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
constexpr std::int64_t kAuthorityLasts = 3650 * kDay;
constexpr std::int64_t kServerLasts = 365 * kDay;

// The largest that a common name may be (ub-common-name, RFC 5280 appendix A.1).
constexpr std::size_t kLongestCommonName = 64;

// A host as the subject. The name that counts stands in subjectAltName; what does not fit here is left out.
std::string subject_of(const std::string& host) {
  const auto fits = [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':'); };
  if (host.size() > kLongestCommonName || !std::all_of(host.begin(), host.end(), fits)) return "O=smtplab";
  return "CN=" + host + ",O=smtplab";
}

// A host that is none of these.
std::string other_host(const std::vector<std::string>& hosts) {
  std::string other = "another-host.example";
  while (std::find(hosts.begin(), hosts.end(), other) != hosts.end()) other = "yet-" + other;
  return other;
}

}  // namespace

struct Authority::Keys {
  std::string name;
  Owned<mbedtls_pk_context> key;
  std::string pem;

  static core::Result<std::unique_ptr<Keys>> make(std::string name, std::int64_t now);
};

core::Result<std::unique_ptr<Authority::Keys>> Authority::Keys::make(std::string name, std::int64_t now) {
  auto key = make_key();
  if (!key) return core::Failure(key.error());
  const auto certificate = certify({name, name, **key, **key, now - kDay, now + kAuthorityLasts, true, {}});
  if (!certificate) return core::Failure(certificate.error());
  auto pem = pem_of(**certificate);
  if (!pem) return core::Failure(pem.error());
  return std::make_unique<Keys>(Keys{std::move(name), std::move(*key), std::move(*pem)});
}

Authority::Authority(std::unique_ptr<Keys> keys) : keys_(std::move(keys)) {}
Authority::Authority(Authority&&) noexcept = default;
Authority& Authority::operator=(Authority&&) noexcept = default;
Authority::~Authority() = default;

core::Result<Authority> Authority::make(std::int64_t now) {
  auto keys = Keys::make("CN=smtplab test authority,O=smtplab", now);
  if (!keys) return core::Failure(keys.error());
  return Authority(std::move(*keys));
}

const std::string& Authority::pem() const { return keys_->pem; }

core::Result<std::shared_ptr<const Identity>> Authority::issue(const std::vector<std::string>& hosts, Flaw flaw,
                                                               std::int64_t now) const {
  assert(!hosts.empty());
  auto key = make_key();
  if (!key) return core::Failure(key.error());
  std::unique_ptr<Keys> stranger;
  const Keys* signer = keys_.get();
  if (flaw == Flaw::kUnknownAuthority) {
    auto made = Keys::make("CN=an authority nobody knows,O=smtplab", now);
    if (!made) return core::Failure(made.error());
    stranger = std::move(*made);
    signer = stranger.get();
  }
  const std::vector<std::string> names = flaw == Flaw::kWrongHost ? std::vector{other_host(hosts)} : hosts;
  const std::string subject = subject_of(names.front());
  const bool is_alone = flaw == Flaw::kSelfSigned;
  Paper paper{
      subject, is_alone ? subject : signer->name, **key, is_alone ? **key : *signer->key, now - kDay, now + kServerLasts, false,
      names};
  if (flaw == Flaw::kExpired) paper.not_before = now - 91 * kDay, paper.not_after = now - kDay;
  if (flaw == Flaw::kNotYetValid) paper.not_before = now + kDay, paper.not_after = now + 91 * kDay;
  auto certificate = certify(paper);
  if (!certificate) return core::Failure(certificate.error());
  auto signing = signing_key(**key);
  if (!signing) return core::Failure(signing.error());
  return std::make_shared<const Identity>(std::move(*certificate), std::move(*signing));
}

}  // namespace tls
