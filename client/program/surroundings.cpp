#include "client/program/surroundings.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>

#include <unistd.h>

#include "client/program/java_trust.h"

namespace program {
namespace {

// Where systems keep the certificates that they believe: Debian, Fedora, Alpine and the BSDs.
constexpr std::array<std::string_view, 3> kBundles{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                                   "/etc/ssl/cert.pem"};
// Those of Java: Debian's, Fedora's.
constexpr std::array<std::string_view, 2> kJava{"/etc/ssl/certs/java/cacerts", "/etc/pki/java/cacerts"};
// OpenSSL and what stands on it; Node.js; curl; Python's requests. They heed the first of these that they know.
constexpr std::array<std::string_view, 4> kVariables{"SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE",
                                                     "REQUESTS_CA_BUNDLE"};
// Behind these answer daemons of the outer network, whose sockets a network namespace does not close.
constexpr std::array<std::string_view, 2> kDaemons{"/run/nscd", "/run/systemd/resolve"};

// Without symbolic links; nothing: there is no such thing.
std::optional<std::string> real_path(std::string_view path) {
  std::error_code failed;
  const std::filesystem::path real = std::filesystem::canonical(path, failed);
  if (failed) return std::nullopt;
  return real.string();
}

void lay(Plan& plan, std::string_view path, const std::string& content) {
  const auto real = real_path(path);
  if (!real) return;
  for (const Overlay& there : plan.overlays) {
    if (there.path == *real) return;
  }
  plan.overlays.push_back({*real, content});
}

// The system's own, but that names come from the hosts file and a name server alone (nsswitch.conf(5)).
std::string name_services() {
  std::ifstream file("/etc/nsswitch.conf");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("hosts:")) text += line + "\n";
  }
  return text + "hosts: files dns\n";
}

}  // namespace

void furnish(Plan& plan, const std::string& hosts, const std::string& authority) {
  for (const std::string_view folder : kDaemons) {
    if (const auto real = real_path(folder)) plan.covered.push_back(*real);
  }
  lay(plan, "/etc/hosts", hosts);
  lay(plan, "/etc/nsswitch.conf", name_services());
  lay(plan, "/etc/resolv.conf", "nameserver 127.0.0.1\n");
  for (const std::string_view bundle : kBundles) lay(plan, bundle, authority);
  for (const std::string_view store : kJava) lay(plan, store, java_trust(authority));
}

std::vector<std::string> environment_with(const std::string& authority_file) {
  const auto is_ours = [](std::string_view variable) {
    const std::string_view name = variable.substr(0, variable.find('='));
    return std::find(kVariables.begin(), kVariables.end(), name) != kVariables.end();
  };
  std::vector<std::string> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!is_ours(*variable)) environment.emplace_back(*variable);
  }
  if (authority_file.empty()) return environment;
  for (const std::string_view name : kVariables) environment.push_back(std::string(name) + "=" + authority_file);
  return environment;
}

std::vector<std::string> environment_for(const Plan& plan) {
  for (const std::string_view bundle : kBundles) {
    const auto real = real_path(bundle);
    for (const Overlay& there : plan.overlays) {
      if (there.path == real) return environment_with(std::string(bundle));
    }
  }
  return environment_with({});
}

}  // namespace program
