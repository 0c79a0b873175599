#include "findings/parts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "mime/multipart.h"
#include "mime/read.h"

namespace findings {
namespace {

constexpr std::size_t kMostParts = 100;
constexpr std::size_t kDeepest = 5;
constexpr std::size_t kSureOfUtf8 = 10;                        // octets above 127 that are UTF-8 by no accident
constexpr std::size_t kLongestEncoded = std::size_t{1} << 20;  // octets of a text that are decoded
constexpr std::size_t kLongestSample = 4096;                   // octets of a part whose encoding is looked at

bool is_named(std::string_view charset, std::string_view name) { return core::equals_ignoring_case(charset, name); }

// Octets that UTF-8 is taken for when a program names its system's charset.
bool is_other_charset(std::string_view charset) {
  constexpr std::array<std::string_view, 6> kOthers{"gbk", "gb2312", "gb18030", "iso-8859-1", "latin1", "windows-1252"};
  return std::any_of(kOthers.begin(), kOthers.end(), [&](std::string_view one) { return is_named(charset, one); });
}

class Walk {
 public:
  Walk(std::string_view letter, const Announced& announced) : letter_(letter), announced_(announced) {}

  void look_at(const Entity& entity, std::size_t depth) {
    if (++entities_ > kMostParts || depth > kDeepest) return;
    if (const mime::RawField* const id = entity.find("Content-ID")) look_at_id(entity, *id);
    if (entity.is_multipart()) return look_at_parts(entity, depth);
    const std::string_view type = entity.value("Content-Type");
    const bool is_text = type.empty() || core::starts_with_ignoring_case(type, "text/");
    if (is_text && entity.goes_as_it_is()) look_at_text(entity);
    if (look_at_encoding(entity) && is_text && !entity.goes_as_it_is()) look_at_encoded_text(entity);
    if (core::starts_with_ignoring_case(type, "text/html") && entity.goes_as_it_is()) html_ = entity.body;
  }

  std::vector<Sight> end() {
    look_at_references();
    return std::move(sights_);
  }

 private:
  void note(std::string_view id, core::Span where, bool certain = true, core::Text expected = {}) {
    const bool is_known = std::any_of(sights_.begin(), sights_.end(), [&](const Sight& one) { return one.id == id; });
    if (!is_known) sights_.push_back({id, where, certain, std::move(expected)});
  }
  [[nodiscard]] core::Span here(std::string_view part) const { return span_of(part, letter_); }
  [[nodiscard]] core::Span here(const mime::RawField& field) const { return span_of(field, letter_); }

  // RFC 2392 §2: the field has angle brackets, the reference has none.
  void look_at_id(const Entity& entity, const mime::RawField& id) {
    const std::string_view value = entity.value("Content-ID");
    ids_.emplace_back(value);
    if (!value.starts_with('<') || !value.ends_with('>'))
      note("inline-image-id", here(id), true, core::same("Content-ID: <" + std::string(value) + ">"));
  }

  void look_at_references() {
    for (std::size_t at = html_.find("cid:"); at != std::string_view::npos; at = html_.find("cid:", at + 1)) {
      const std::string_view name = html_.substr(at + 4, html_.find_first_of("\"' >)\r\n", at) - at - 4);
      const bool is_there = std::any_of(ids_.begin(), ids_.end(), [&](std::string_view id) {
        return id == name || (id.size() == name.size() + 2 && id.substr(1, name.size()) == name);
      });
      if (!is_there && !name.empty()) return note("inline-image-id", here(html_.substr(at, 4 + name.size())));
    }
  }

  void look_at_parts(const Entity& entity, std::size_t depth) {
    const std::string_view type = entity.value("Content-Type");
    const mime::RawField& field = *entity.find("Content-Type");
    const auto boundary = parameter(type, "boundary");
    if (!boundary && core::to_lower(type).find("boundary*") != std::string::npos) return;  // RFC 2231
    if (!boundary || boundary->empty()) return note("multipart-boundary", here(field), true, core::same("boundary=\"…\""));
    const auto parts = mime::body_parts(entity.body, *boundary, kMostParts);
    if (parts.empty()) return note("multipart-boundary", here(field), true, core::same("--" + *boundary));
    for (const std::string_view part : parts) {
      const Entity inner(part);
      if (!inner.has_empty_line && !inner.body.empty() && !inner.fields.empty())
        note("multipart-boundary", here(inner.body.substr(0, std::min<std::size_t>(inner.body.find('\n'), inner.body.size()))));
      look_at(inner, depth + 1);
    }
    look_at_close(entity, *boundary);
  }

  // "--" boundary "--" stands at the beginning of a line of its own.
  void look_at_close(const Entity& entity, const std::string& boundary) {
    const std::string close = "--" + boundary + "--";
    for (std::size_t at = entity.body.find(close); at != std::string_view::npos; at = entity.body.find(close, at + 1)) {
      if (at == 0 || entity.body[at - 1] == '\n') return;
    }
    const std::size_t end = entity.body.size();
    note("multipart-boundary", here(entity.body.substr(end - std::min<std::size_t>(end, 1))), true, core::same(close));
  }

  void look_at_text(const Entity& entity) {
    if (!has_high_octet(entity.body)) return;
    const std::string_view type = entity.value("Content-Type");
    const auto charset = parameter(type, "charset");
    const auto first = std::find_if(entity.body.begin(), entity.body.end(), core::is_high) - entity.body.begin();
    const core::Span there = here(entity.body.substr(static_cast<std::size_t>(first), 1));
    const bool is_utf8 = core::is_utf8(entity.body);
    if (charset && ((is_named(*charset, "utf-8") && !is_utf8) || is_named(*charset, "us-ascii")))
      return note("charset-mismatch", there, true, core::same("charset=" + *charset));
    const auto high = std::count_if(entity.body.begin(), entity.body.end(), core::is_high);
    if (charset && is_other_charset(*charset) && is_utf8 && static_cast<std::size_t>(high) >= kSureOfUtf8)
      return note("charset-mismatch", there, false, core::same("charset=UTF-8"));
    const bool is_declared = core::equals_ignoring_case(entity.value("Content-Transfer-Encoding"), "8bit") ||
                             core::equals_ignoring_case(entity.value("Content-Transfer-Encoding"), "binary");
    if (!charset) return note("body-8bit-undeclared", there, true, core::same("Content-Type: text/plain; charset=UTF-8"));
    if (!is_declared) return note("eight-bit-not-announced", there, true, core::same("Content-Transfer-Encoding: 8bit"));
    if (!announced_.eight_bit) note("eight-bit-not-announced", there, true, core::same("MAIL FROM:<…> BODY=8BITMIME"));
  }

  // A transfer encoding hides the octets from servers, not from readers.
  void look_at_encoded_text(const Entity& entity) {
    const auto charset = parameter(entity.value("Content-Type"), "charset");
    if (!charset || !is_named(*charset, "utf-8") || entity.body.size() > kLongestEncoded) return;
    if (!core::is_utf8(mime::transfer_decoded(entity.body, entity.value("Content-Transfer-Encoding"))))
      note("charset-mismatch", here(*entity.find("Content-Type")), true, core::same("charset=" + *charset));
  }

  // What says base64 and is none was never encoded. Whether it is what it says.
  bool look_at_encoding(const Entity& entity) {
    if (!core::equals_ignoring_case(entity.value("Content-Transfer-Encoding"), "base64")) return true;
    std::string sample(entity.body.substr(0, kLongestSample));
    sample.erase(
        std::remove_if(sample.begin(), sample.end(), [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; }),
        sample.end());
    const bool is_base64 =
        std::all_of(sample.begin(), sample.end(), [](char c) { return core::is_alnum(c) || c == '+' || c == '/' || c == '='; });
    if (!is_base64) note("encoding-not-applied", here(*entity.find("Content-Transfer-Encoding")));
    return is_base64;
  }

  std::string_view letter_;
  Announced announced_;
  std::size_t entities_ = 0;
  std::vector<std::string_view> ids_;
  std::string_view html_;
  std::vector<Sight> sights_;
};

}  // namespace

std::vector<Sight> part_flaws(const Entity& letter, const Announced& announced) {
  Walk walk(letter.whole, announced);
  walk.look_at(letter, 0);
  return walk.end();
}

}  // namespace findings
