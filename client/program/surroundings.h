// What a program finds in a closed network beside its servers: names and certificates as it would find them outside.
#pragma once

#include <string>
#include <vector>

#include "client/program/plan.h"

namespace program {

// Lays these over the system's own files, as far as they are there: the hosts file and where the name server is, and the
// certificates that are believed, of which there is only that of `authority` (PEM).
void furnish(Plan& plan, const std::string& hosts, const std::string& authority);

// The environment of this process, with what tells libraries that do not look into the system's files where that certificate
// is. "NAME=value" each. REQUIRES: plan was furnished.
[[nodiscard]] std::vector<std::string> environment_for(const Plan& plan);
// The same where the certificate is in this file.
[[nodiscard]] std::vector<std::string> environment_with(const std::string& authority_file);

}  // namespace program
