#include "tls/settings.h"

#include "tls/dialect.h"

namespace tls {

std::string_view name(Version version) {
  switch (version) {
    case Version::kTls10: return "TLS 1.0";
    case Version::kTls11: return "TLS 1.1";
    case Version::kTls12: return "TLS 1.2";
    case Version::kTls13: return "TLS 1.3";
  }
  return "TLS";
}

Version newest_version() { return dialect::newest(); }

core::Text range(Version oldest, Version newest) {
  return core::phrase("{0} to {1}", "{0} 到 {1}", {name(oldest), name(newest)});
}

}  // namespace tls
