// Everything in a pasted text that could be the code of a reply, with what speaks for it and against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "client/explain/code.h"
#include "client/explain/pasted.h"
#include "knowledge/knowledge.h"

namespace explain {

// Why a number is no reply, or not the one that counts.
enum class Against : std::uint8_t {
  kNothing,
  kExpected,  // the code that a program waited for
  kPlace,     // a line of a program
  kPort,
  kProcess,  // a process, a session, a number of something
  kHttp,     // the status of a web page
  kAmount,   // seconds, octets
  kClient,   // stands in what the client sent
};

struct Candidate {
  Code code;
  std::size_t line = 0;  // index into the lines
  std::size_t at = 0;    // where in its text
  int weight = 0;        // below kLeastWeight it is taken for something else
  Against against = Against::kNothing;
  std::string words;   // what stands behind it, its other lines joined by LF, without codes; enhanced codes stay
  std::string detail;  // of these words; see detail_of()
};

inline constexpr int kLeastWeight = 4;
inline constexpr std::size_t kMostCandidates = 400;

// In the order of the text, at most kMostCandidates.
[[nodiscard]] std::vector<Candidate> find_candidates(const std::vector<Line>& lines, const knowledge::Knowledge& knowledge);

// The words of the reply that begins behind the code, which stands at `at` of line `line`: over several lines where it goes on,
// and cut where the program that printed it goes on.
[[nodiscard]] std::string reply_words(const std::vector<Line>& lines, std::size_t line, std::size_t at, std::string_view code);

}  // namespace explain
