// `smtplab lab`: a lab that is done by hand, beside the mock; and its record said again.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {

struct HandOptions {
  std::string lab;                    // id, number or file; empty with `replay`
  std::optional<std::string> replay;  // a record
  std::uint16_t port = 0;             // of the server; 0: any free one
  std::string record;                 // file; empty: the lab's name and ".record.json"
  std::uint64_t seed = 0;
  std::string version;  // of smtplab
  core::Language language = core::Language::kEnglish;
};

// The file into which the record goes.
[[nodiscard]] std::string record_file(const HandOptions& options, const std::string& lab);

// Exit status: 0 when all tasks are fulfilled (of a record: as it says), 1 when not.
int work_by_hand(const HandOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
                 std::ostream& out, std::ostream& err);

}  // namespace commands
