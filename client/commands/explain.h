// `smtplab explain`: what a reply, a command, an EHLO keyword, a mistake, base64 text or the output of a program means, as
// plain lines.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

#include "client/explain/pasted.h"
#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {

struct ExplainOptions {
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
  std::uint64_t left_out = 0;  // octets that the input had besides, and that nobody looked at: said to err
  explain::Gap gap = {};       // where they were
};

// Explains `input`, the arguments of the command joined by blanks. Gives the exit status: 0, or 2 when the input is
// nothing that is known; then `err` hears what could have been meant.
int explain(std::string_view input, const knowledge::Knowledge& knowledge, const scenario::Catalogue& catalogue,
            const ExplainOptions& options, std::ostream& out, std::ostream& err);

}  // namespace commands
