// Certificates made on the fly: an authority of our own, and what it issues, right or wrong on purpose.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"

namespace tls {

// A certificate chain with its private key: what a server shows. Shared by all its connections.
class Identity;

// What is wrong with a certificate that is made for a lesson.
enum class Flaw : std::uint8_t {
  kNone,
  kExpired,
  kNotYetValid,
  kWrongHost,         // made out to another name
  kSelfSigned,        // signed by nobody but itself
  kUnknownAuthority,  // signed by an authority that nobody was told of
};

class Authority {
 public:
  // A new key and a certificate that signs itself. now: seconds since 1970; it is valid from a day before to ten years
  // after. Errors are Blame::kSystem: no randomness.
  static core::Result<Authority> make(std::int64_t now);

  // The authority's certificate as PEM, for whoever shall trust it (--ca-out).
  [[nodiscard]] const std::string& pem() const;

  // A certificate for these DNS names and addresses (the first one is the subject), with a new EC key.
  // REQUIRES: hosts is not empty. Errors as of make().
  [[nodiscard]] core::Result<std::shared_ptr<const Identity>> issue(const std::vector<std::string>& hosts, Flaw flaw,
                                                                    std::int64_t now) const;

  Authority(Authority&&) noexcept;
  Authority& operator=(Authority&&) noexcept;
  ~Authority();

 private:
  struct Keys;
  explicit Authority(std::unique_ptr<Keys> keys);
  std::unique_ptr<Keys> keys_;
};

}  // namespace tls
