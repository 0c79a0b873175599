#include "client/screen/key_decoder.h"

#include <cstddef>
#include <utility>

#include "core/show.h"

namespace screen {
namespace {

constexpr unsigned char kEscapeOctet = 0x1B;
constexpr unsigned char kDeleteOctet = 0x7F;

using Kind = Stroke::Kind;

bool is_octet(const Stroke& stroke, unsigned char octet) { return stroke.kind == Kind::kOctet && stroke.octet == octet; }

// One past the escape sequence whose Escape is at `at`: CSI (ESC [ … final octet), SS3 (ESC O x), or Alt with one character.
std::size_t end_of_sequence(const std::vector<Stroke>& strokes, std::size_t at) {
  std::size_t i = at + 1;
  if (strokes[i].kind != Kind::kOctet) return i + 1;
  const unsigned char introducer = strokes[i++].octet;
  if (introducer == 'O') return i < strokes.size() ? i + 1 : i;
  if (introducer == '[') {
    while (i < strokes.size() && strokes[i].kind == Kind::kOctet && strokes[i].octet < 0x40) ++i;
    return i < strokes.size() ? i + 1 : i;
  }
  // Alt with a character of several octets: they go together.
  while (introducer >= 0x80 && i < strokes.size() && strokes[i].kind == Kind::kOctet && (strokes[i].octet & 0xC0U) == 0x80) ++i;
  return i;
}

std::optional<Key> control_key(unsigned char octet) {
  switch (octet) {
    case '\r':
    case '\n': return Key{KeyName::kEnter, ""};
    case '\t': return Key{KeyName::kTab, ""};
    case '\b':
    case kDeleteOctet: return Key{KeyName::kBackspace, ""};
    case kEscapeOctet: return Key{KeyName::kEscape, ""};
    default: break;
  }
  if (octet == 0 || octet > 26) return std::nullopt;
  return Key{KeyName::kControl, std::string(1, static_cast<char>('a' + octet - 1))};
}

}  // namespace

std::vector<Key> KeyDecoder::decode(const std::vector<Stroke>& strokes) {
  std::vector<Key> keys;
  for (std::size_t i = 0; i < strokes.size();) {
    const Stroke& stroke = strokes[i];
    if (is_octet(stroke, kEscapeOctet) && i + 1 < strokes.size() && !is_octet(strokes[i + 1], kEscapeOctet)) {
      partial_.clear();
      i = end_of_sequence(strokes, i);
      continue;
    }
    ++i;
    if (stroke.kind == Kind::kOctet) {
      take_octet(stroke.octet, keys);
      continue;
    }
    partial_.clear();
    if (stroke.kind == Kind::kNamed && (!pasted_ || stroke.name == KeyName::kResize)) keys.push_back(Key{stroke.name, ""});
    if (stroke.kind == Kind::kPasteBegin) pasted_.emplace();
    if (stroke.kind == Kind::kPasteEnd) end_paste(keys);
  }
  return keys;
}

void KeyDecoder::take_octet(unsigned char octet, std::vector<Key>& keys) {
  if (octet < 0x20 || octet == kDeleteOctet) {
    partial_.clear();
    if (pasted_) {
      take_pasted_control(octet);
    } else if (std::optional<Key> key = control_key(octet)) {
      keys.push_back(*std::move(key));
    }
    return;
  }
  const bool continues = (octet & 0xC0U) == 0x80;
  if (!continues) partial_.clear();
  if (continues && partial_.empty()) return;  // the rest of something that was thrown away
  partial_ += static_cast<char>(octet);
  if (core::utf8_sequence_length(partial_) == partial_.size()) {
    take_text(std::move(partial_), keys);
    partial_.clear();
  } else if (partial_.size() >= 4) {
    partial_.clear();
  }
}

// CR, LF and CRLF are each one line end.
void KeyDecoder::take_pasted_control(unsigned char octet) {
  const bool ends_line = octet == '\r' || (octet == '\n' && !after_cr_);
  if (ends_line && pasted_->size() < kMostPasted) *pasted_ += '\n';
  if (octet == '\t' && pasted_->size() < kMostPasted) *pasted_ += ' ';
  after_cr_ = octet == '\r';
}

void KeyDecoder::take_text(std::string character, std::vector<Key>& keys) {
  // C1 controls are characters of two octets; what show_bytes would not let through is not typed either.
  if (core::show_bytes(character) != character) return;
  after_cr_ = false;
  if (!pasted_) {
    keys.push_back(Key{KeyName::kText, std::move(character)});
  } else if (pasted_->size() + character.size() <= kMostPasted) {
    *pasted_ += character;
  }
}

void KeyDecoder::end_paste(std::vector<Key>& keys) {
  if (!pasted_) return;
  pasted_->erase(pasted_->find_last_not_of('\n') + 1);
  if (!pasted_->empty()) keys.push_back(Key{KeyName::kPaste, std::move(*pasted_)});
  pasted_.reset();
  after_cr_ = false;
}

}  // namespace screen
