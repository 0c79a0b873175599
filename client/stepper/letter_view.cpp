#include "client/stepper/letter_view.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "client/base/words.h"
#include "core/show.h"
#include "findings/letter.h"
#include "mime/fields.h"
#include "mime/outline.h"

namespace stepper {
namespace {

using client::Word;
using screen::Line;
using screen::Role;

constexpr std::size_t kMostParts = 60;      // that are drawn
constexpr std::size_t kMostFields = 60;     // of one header
constexpr std::size_t kLongest = 300;       // octets of a value
constexpr std::size_t kLongestSight = 80;   // octets of what is wrong
constexpr std::size_t kMostLookedAt = 100;  // events, whenever the screen is drawn

std::string bounded(std::string_view text, std::size_t most) {
  if (text.size() <= most) return core::show_bytes(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // inside a character
  return core::show_bytes(text.substr(0, end)) + " …";
}

class Letter {
 public:
  Letter(std::string_view message, const knowledge::Knowledge& knowledge, core::Language language)
      : message_(message), knowledge_(knowledge), language_(language), parts_(mime::outline(message)) {}

  std::vector<Line> lines() {
    tree();
    for (std::size_t i = 0; i < std::min(parts_.size(), kMostParts); ++i) header(parts_[i]);
    flaws();
    return std::move(lines_);
  }

 private:
  [[nodiscard]] std::string say(Word word) const { return std::string(client::word(word, language_)); }
  void title(std::string text) {
    if (!lines_.empty()) lines_.emplace_back();
    lines_.push_back({{Role::kStrong, std::move(text)}});
  }

  // Whether another part of the same depth comes behind this one, in what both lie in.
  [[nodiscard]] bool goes_on(std::size_t part, std::size_t depth) const {
    for (std::size_t i = part + 1; i < std::min(parts_.size(), kMostParts); ++i) {
      if (parts_[i].depth < depth) return false;
      if (parts_[i].depth == depth) return true;
    }
    return false;
  }

  void tree() {
    title(say(Word::kLetterParts));
    for (std::size_t i = 0; i < std::min(parts_.size(), kMostParts); ++i) {
      std::string branches;
      for (std::size_t depth = 1; depth <= parts_[i].depth; ++depth) {
        const bool is_last = depth == parts_[i].depth;
        branches += goes_on(i, depth) ? (is_last ? "├ " : "│ ") : (is_last ? "└ " : "  ");
      }
      lines_.push_back({{Role::kDim, "  " + branches}, {Role::kPlain, described(parts_[i])}});
    }
    if (parts_.size() > kMostParts) lines_.push_back({{Role::kDim, "  … +" + std::to_string(parts_.size() - kMostParts)}});
  }

  [[nodiscard]] std::string named(const mime::OutlinePart& part) const {
    return part.place + (part.place.empty() ? "" : "  ") + bounded(part.type, kLongestSight);
  }

  [[nodiscard]] std::string described(const mime::OutlinePart& part) const {
    std::string text = named(part);
    if (!part.charset.empty()) text += "; charset=" + bounded(part.charset, kLongestSight);
    if (!part.encoding.empty()) text += " · " + bounded(part.encoding, kLongestSight);
    if (!part.name.empty()) text += " · \"" + bounded(part.name, kLongestSight) + "\"";
    return text + " · " + std::to_string(part.octets) + " " + say(Word::kOctets);
  }

  // What a field says, and below it how it stands there, where that is not the same.
  void header(const mime::OutlinePart& part) {
    if (part.fields.empty()) return;
    title(say(Word::kLetterHeader) + " · " + named(part));
    for (std::size_t i = 0; i < std::min(part.fields.size(), kMostFields); ++i) {
      const mime::Field& field = part.fields[i];
      lines_.push_back(
          {{Role::kStrong, "  " + bounded(field.name, kLongestSight) + "  "}, {Role::kPlain, bounded(field.value, kLongest)}});
      const std::string_view raw = core::trim(core::without_line_end(field.raw));
      if (raw != field.value) lines_.push_back({{Role::kDim, "    " + say(Word::kLetterRaw) + "  " + bounded(raw, kLongest)}});
    }
    if (part.fields.size() > kMostFields)
      lines_.push_back({{Role::kDim, "  … +" + std::to_string(part.fields.size() - kMostFields)}});
  }

  void flaws() {
    // Nobody knows here what the envelope said: 8 bits may have been agreed upon, SMTPUTF8 hardly ever is.
    const findings::Entity letter(mime::without_mbox_line(message_));
    std::vector<findings::Sight> sights = findings::letter_flaws(message_, letter, {true, false});
    title(say(Word::kLetterFlaws));
    if (sights.empty()) lines_.push_back({{Role::kPlain, "  " + say(Word::kLetterSound)}});
    for (const findings::Sight& sight : sights) flaw(sight);
  }

  void flaw(const findings::Sight& sight) {
    const auto* const entry = knowledge_.mistake(sight.id);
    const std::string name = entry == nullptr ? std::string() : entry->title.in(language_) + "  ";
    lines_.push_back({{Role::kWarning, "! " + name}, {Role::kDim, "[" + std::string(sight.id) + "]"}});
    const bool is_somewhere = sight.where.begin < sight.where.end && sight.where.end <= message_.size();
    if (is_somewhere) {
      const std::string_view where = message_.substr(sight.where.begin, sight.where.end - sight.where.begin);
      lines_.push_back({{Role::kDim, "    " + say(Word::kLetterRaw) + "  " + bounded(where, kLongestSight)}});
    }
    if (!sight.expected.empty()) lines_.push_back({{Role::kPlain, "    " + core::show_bytes(sight.expected.in(language_))}});
    if (entry == nullptr) return;
    lines_.push_back({{Role::kStrong, "    " + say(Word::kWhy) + "  "}, {Role::kPlain, entry->explain.in(language_)}});
    lines_.push_back({{Role::kStrong, "    " + say(Word::kDo) + "  "}, {Role::kPlain, entry->fix.in(language_)}});
  }

  std::string_view message_;
  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  std::vector<mime::OutlinePart> parts_;
  std::vector<Line> lines_;
};

// The octets that "{n}" at the end of the first line announces.
std::optional<std::string_view> literal_in(std::string_view octets) {
  const std::size_t line_end = octets.find("}\r\n");
  const std::size_t begin = octets.substr(0, octets.find('\n')).rfind('{');
  if (line_end == std::string_view::npos || begin == std::string_view::npos || begin > line_end) return std::nullopt;
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(octets.data() + begin + 1, octets.data() + line_end, size);
  const std::string_view rest = octets.substr(line_end + 3);
  if (error != std::errc() || end != octets.data() + line_end || rest.empty()) return std::nullopt;
  return rest.substr(0, size);
}

}  // namespace

std::vector<Line> letter_lines(std::string_view message, const knowledge::Knowledge& knowledge, core::Language language) {
  return Letter(message, knowledge, language).lines();
}

std::optional<std::string> message_in(const dialogue::Event& event) {
  if (event.kind != dialogue::Kind::kServer || !event.reply || event.reply->is_negative()) return std::nullopt;
  if (event.reply->outcome == protocol::Outcome::kNews) {
    const auto literal = literal_in(event.bytes);
    return literal && mime::is_field(*literal) ? std::optional(std::string(*literal)) : std::nullopt;
  }
  const std::size_t begin = event.bytes.find('\n');
  if (begin == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(event.bytes).substr(begin + 1);
  if (!rest.ends_with("\r\n.\r\n") || !mime::is_field(rest)) return std::nullopt;
  rest.remove_suffix(3);
  return core::replace_all(std::string(rest), "\r\n..", "\r\n.");
}

std::optional<std::string> message_up_to(const dialogue::Log& log, const dialogue::Event* event) {
  if (event == nullptr) return std::nullopt;
  const auto& events = log.events();
  std::size_t left = kMostLookedAt;
  for (auto one = events.rbegin(); one != events.rend() && left > 0; ++one) {
    if (one->number > event->number) continue;
    --left;
    if (auto found = message_in(*one)) return found;
  }
  return std::nullopt;
}

}  // namespace stepper
