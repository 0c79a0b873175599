// `smtplab labs` and `smtplab check`: what labs there are, and the marks of a program.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {

int list_labs(bool as_json, core::Language language, std::ostream& out, std::ostream& err);

struct CheckOptions {
  std::string lab;                   // id, number or file
  std::vector<std::string> command;  // empty with `python`
  std::optional<std::string> python;
  std::string report;  // as reports::parse_reports
  std::optional<std::chrono::milliseconds> time;
  std::uint64_t seed = 0;
  core::Language language = core::Language::kEnglish;
  std::string version;  // of smtplab
  std::string smtplab;  // as program::RunOptions::smtplab
};

// Exit status: 0 when every must is fulfilled, 1 when not, or when it was not judged.
int check_program(const CheckOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
                  std::ostream& out, std::ostream& err);

}  // namespace commands
