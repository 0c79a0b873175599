#include "client/commands/explain_sasl.h"

#include <array>

#include "core/secret.h"
#include "core/show.h"

namespace commands {
namespace {

using client::Word;

constexpr std::size_t kLongestPiece = 48;

struct Shape {
  std::string_view mechanism;
  sasl::Speaker speaker;
  std::size_t round;
  std::size_t least_parts;  // fewer may be a coincidence
};

// Those that can be told by their octets. SCRAM-SHA-1 looks the same as SCRAM-SHA-256, and XOAUTH2's error as OAUTHBEARER's.
constexpr std::array kShapes{
    Shape{"SCRAM-SHA-256", sasl::Speaker::kClient, 0, 3}, Shape{"SCRAM-SHA-256", sasl::Speaker::kServer, 1, 3},
    Shape{"SCRAM-SHA-256", sasl::Speaker::kClient, 1, 3}, Shape{"SCRAM-SHA-256", sasl::Speaker::kServer, 2, 1},
    Shape{"OAUTHBEARER", sasl::Speaker::kClient, 0, 3},   Shape{"XOAUTH2", sasl::Speaker::kClient, 0, 3},
    Shape{"OAUTHBEARER", sasl::Speaker::kServer, 1, 2},   Shape{"PLAIN", sasl::Speaker::kClient, 0, 3},
    Shape{"CRAM-MD5", sasl::Speaker::kServer, 0, 1},      Shape{"CRAM-MD5", sasl::Speaker::kClient, 0, 3},
};

bool looks_like_challenge(std::string_view octets) {
  return octets.starts_with('<') && octets.ends_with('>') && octets.find('@') != std::string_view::npos;
}

std::string_view piece_of(std::string_view octets, const sasl::Part& part) {
  return octets.substr(part.where.begin, part.where.end - part.where.begin);
}

}  // namespace

std::vector<core::Span> SaslGuess::secrets() const {
  std::vector<core::Span> secrets;
  for (const sasl::Part& part : parts) {
    if (part.is_secret) secrets.push_back(part.where);
  }
  return secrets;
}

std::optional<SaslGuess> recognise_sasl(std::string_view octets) {
  for (const Shape& shape : kShapes) {
    const bool is_challenge = shape.mechanism == "CRAM-MD5" && shape.speaker == sasl::Speaker::kServer;
    if (is_challenge && !looks_like_challenge(octets)) continue;  // any text could be one
    auto parts = sasl::parts(shape.mechanism, shape.speaker, shape.round, octets);
    if (parts.size() >= shape.least_parts)
      return SaslGuess{std::string(shape.mechanism), shape.speaker, shape.round, std::move(parts)};
  }
  return std::nullopt;
}

std::optional<SaslGuess> initial_sasl(std::string_view mechanism, std::string_view octets) {
  auto parts = sasl::parts(mechanism, sasl::Speaker::kClient, 0, octets);
  if (parts.empty()) return std::nullopt;
  return SaslGuess{std::string(mechanism), sasl::Speaker::kClient, 0, std::move(parts)};
}

void explain_sasl(const SaslGuess& guess, std::string_view octets, const knowledge::Knowledge& knowledge, bool show_secrets,
                  Printer& printer) {
  const auto* const entry = knowledge.sasl(guess.mechanism);
  if (entry != nullptr) printer.row(guess.mechanism, printer.in(entry->what));
  for (const sasl::Part& part : guess.parts) {
    const core::Text* const meaning = knowledge.sasl_part(part.name);
    if (meaning == nullptr || part.name == "separator") continue;
    const std::string_view piece = piece_of(octets, part);
    std::string shown =
        part.is_secret && !show_secrets ? std::string(core::kMask) : core::show_bytes(piece.substr(0, kLongestPiece));
    if (piece.size() > kLongestPiece) shown += "…";
    if (piece.empty()) shown = printer.say(Word::kEmpty);
    printer.line("    " + padded(shown, kPieceColumns) + printer.in(*meaning));
  }
  const auto* const message = entry != nullptr ? entry->message(guess.speaker, guess.round) : nullptr;
  if (message != nullptr) printer.row(Word::kHowMade, printer.in(message->made));
  if (entry != nullptr) printer.row("", entry->rfc);
}

}  // namespace commands
