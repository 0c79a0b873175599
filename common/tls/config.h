// The part of a connection's setting that all connections of one identity or one trust have in common. Internal to tls/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/result.h"
#include "tls/owned.h"
#include "tls/settings.h"

namespace tls {

enum class Side : std::uint8_t { kClient, kServer };

using Config = std::shared_ptr<mbedtls_ssl_config>;

// Configurations that were made, one for each range of versions. Not for several threads.
class Configs {
 public:
  // fill: what this side has to add (certificates); gives 0 or an error code of the library.
  Configs(Side side, std::function<int(mbedtls_ssl_config&)> fill) : side_(side), fill_(std::move(fill)) {}

  // Shared, unless the settings want a key log: in mbedTLS 2.28 that hangs on the configuration. Errors (Blame::kSystem):
  // none of these versions is in the library; no randomness; no memory.
  core::Result<Config> of(const Settings& settings);

 private:
  [[nodiscard]] core::Result<Config> make(Version oldest, Version newest) const;

  static constexpr std::size_t kVersions = 4;
  Side side_;
  std::function<int(mbedtls_ssl_config&)> fill_;
  std::array<std::array<Config, kVersions>, kVersions> made_;
};

// "what: SSL - The text of the library", Blame::kSystem.
[[nodiscard]] core::Error library_error(const core::Text& what, int code);
// "SSL - The text of the library".
[[nodiscard]] std::string library_text(int code);

}  // namespace tls
