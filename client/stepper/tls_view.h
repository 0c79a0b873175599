// What is known of the TLS of a connection, for the overlay of key t: version, cipher, certificates, why they do not convince,
// and on a connection in clear what STARTTLS would change.
#pragma once

#include <vector>

#include "client/screen/screen_model.h"
#include "client/stepper/view.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace stepper {

[[nodiscard]] std::vector<screen::Line> tls_lines(const View& view, const knowledge::Knowledge& knowledge,
                                                  core::Language language);

// "TLS 1.2" for the status line: the version as people write it, or "TLS" before it is known.
[[nodiscard]] std::string tls_version(const tls::Details& details);

}  // namespace stepper
