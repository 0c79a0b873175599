// The certificates of this process: one authority, made when first needed, and what it issues to the servers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "tls/authority.h"

namespace mockserver {

// The authority that all servers of this process share. Made at the first call, which takes some milliseconds; lasts as long
// as the process. Errors (Blame::kSystem): no randomness.
core::Result<const tls::Authority*> process_authority();

// A certificate for a server of this name that is reached under these names and addresses too: good for all of them, and for
// localhost. Errors as above.
core::Result<std::shared_ptr<const tls::Identity>> issue_certificate(const std::string& server_name,
                                                                     const std::vector<std::string>& others, tls::Flaw flaw);

}  // namespace mockserver
