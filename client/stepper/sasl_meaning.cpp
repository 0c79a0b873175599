#include "client/stepper/sasl_meaning.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "client/base/words.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

constexpr std::size_t kShownOfPiece = 48;  // octets of a piece that stand before its meaning

std::string_view first_sentence(std::string_view text) {
  for (const std::string_view end : {std::string_view(". "), std::string_view("。")}) {
    if (const std::size_t at = text.find(end); at != std::string_view::npos) return core::trim(text.substr(0, at + end.size()));
  }
  return text;
}

// Nothing is said in this line, which is something else than base64 that says nothing readable.
bool is_empty(const dialogue::Event& event) {
  if (event.kind == dialogue::Kind::kServer) return event.reply && event.reply->lines.front().empty();
  if (event.is_command && event.login && event.login->response) {
    const core::Span where = *event.login->response;
    return std::string_view(event.bytes).substr(where.begin, where.end - where.begin) == "=";
  }
  return event.bytes == "\r\n" || event.bytes == "\n";
}

class SaslTeller {
 public:
  SaslTeller(const dialogue::Event& event, const dialogue::AuthTurn& turn, const knowledge::Knowledge& knowledge,
             const MeaningOptions& options)
      : event_(event),
        turn_(turn),
        knowledge_(knowledge),
        options_(options),
        entry_(knowledge.sasl(turn.mechanism)),
        full_(options.detail == Detail::kFull) {}

  Meaning tell() {
    const bool is_command = event_.is_command && event_.login.has_value();
    if (is_command && full_) mechanism();
    const bool says_something = !is_command || event_.login->response.has_value();
    if (says_something) pieces();
    if (says_something && full_ && told_) made();
    return std::move(meaning_);
  }

 private:
  void add(std::string label, std::string text, Role role = Role::kPlain) {
    if (!text.empty()) meaning_.push_back({std::move(label), std::move(text), role});
  }
  [[nodiscard]] const std::string& in(const core::Text& text) const { return text.in(options_.language); }
  [[nodiscard]] std::string say(Word word) const { return std::string(client::word(word, options_.language)); }

  void mechanism() {
    if (entry_ == nullptr) return;
    add(core::show_bytes(turn_.mechanism), in(entry_->what), Role::kStrong);
    add(say(Word::kPasswordGoes), in(entry_->password));
    add(say(Word::kKeepInMind), in(entry_->remember), Role::kDim);
  }

  [[nodiscard]] std::string shown(const sasl::Part& part) const {
    if (part.where.begin >= part.where.end) return say(Word::kEmpty);
    const std::string_view piece = std::string_view(event_.decoded).substr(part.where.begin, part.where.end - part.where.begin);
    if (part.is_secret && !options_.show_secrets) return std::string(core::kMask);
    return core::show_bytes(piece.substr(0, kShownOfPiece)) + (piece.size() > kShownOfPiece ? "…" : "");
  }

  void pieces() {
    if (event_.decoded.empty() && !is_empty(event_)) return;
    const std::vector<sasl::Part> parts = sasl::parts(turn_.mechanism, turn_.speaker, turn_.round, event_.decoded);
    told_ = !parts.empty();
    // A single question or answer says what it is by itself.
    if (!full_ && parts.size() < 2 && turn_.mechanism == "LOGIN") return;
    for (const sasl::Part& part : parts) {
      if (part.name == "separator" && !full_) continue;
      const core::Text* const meaning = knowledge_.sasl_part(part.name);
      if (meaning == nullptr) continue;
      const std::string_view text = in(*meaning);
      add(shown(part), std::string(full_ ? text : first_sentence(text)), Role::kDim);
    }
  }

  void made() {
    const auto* const message = entry_ != nullptr ? entry_->message(turn_.speaker, turn_.round) : nullptr;
    if (message != nullptr) add(say(Word::kHowMade), in(message->made));
  }

  const dialogue::Event& event_;
  const dialogue::AuthTurn& turn_;
  const knowledge::Knowledge& knowledge_;
  const MeaningOptions& options_;
  const knowledge::SaslEntry* entry_;
  bool full_;
  bool told_ = false;  // the mechanism knows these octets
  Meaning meaning_;
};

}  // namespace

Meaning sasl_meaning(const dialogue::Event& event, const dialogue::AuthTurn& turn, const knowledge::Knowledge& knowledge,
                     const MeaningOptions& options) {
  return SaslTeller(event, turn, knowledge, options).tell();
}

}  // namespace stepper
