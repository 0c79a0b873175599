#include "mime/entity.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include <gmime/gmime.h>

#include "core/show.h"
#include "core/text.h"
#include "mime/charset.h"
#include "mime/encoded_word.h"
#include "mime/multipart.h"
#include "mime/read.h"

namespace mime {
namespace {

constexpr std::size_t kDeepest = 20;

using OwnedText = std::unique_ptr<char, decltype(&g_free)>;

bool is_alternative(GMimeObject* multipart) {
  const char* const subtype = g_mime_content_type_get_media_subtype(g_mime_object_get_content_type(multipart));
  return subtype != nullptr && core::equals_ignoring_case(subtype, "alternative");
}

}  // namespace

std::string_view Entity::body() const { return body_of(octets); }

std::string Entity::header(std::size_t lines) const {
  std::string header(first_lines(header_of(octets), lines, kLongestHeader));
  if (!header.empty() && !header.ends_with('\n')) header += "\r\n";
  if (!ends_with_empty_line(header)) header += "\r\n";
  return header;
}

Owned<GMimeObject> parse(std::string_view entity) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(entity.data(), entity.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeObject>(g_mime_parser_construct_part(parser.get(), nullptr));
}

bool enter(const Entity& entity, GMimeObject* multipart, std::vector<Entity>& waiting) {
  const char* const boundary = g_mime_object_get_content_type_parameter(multipart, "boundary");
  if (boundary == nullptr || *boundary == '\0') return false;
  if (entity.depth >= kDeepest) return true;
  const std::vector<std::string_view> parts = body_parts(entity.body(), boundary, kMostParts);
  const bool alternative = entity.is_alternative || is_alternative(multipart);
  std::transform(parts.rbegin(), parts.rend(), std::back_inserter(waiting), [&](std::string_view part) {
    return Entity{part, entity.depth + 1, alternative};
  });
  return !parts.empty();
}

std::string transferred_octets(const Entity& entity, const std::string& header) {
  const Owned<GMimeObject> part = parse(header + std::string(entity.body()));
  if (part == nullptr || !GMIME_IS_PART(part.get())) return {};
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(part.get()));
  if (content == nullptr) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const GByteArray* const octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(octets->data), octets->len};
}

// A C string ends at its first NUL, so that each piece goes alone.
std::string decoded(std::string_view raw) {
  std::string out;
  while (true) {
    const std::string_view piece = raw.substr(0, raw.find('\0'));
    // Octets of no charset that is named: GMime would take them for ISO 8859-1.
    const std::string known = core::is_utf8(piece) ? std::string(piece) : to_utf8(piece, {});
    const OwnedText unfolded(g_mime_utils_header_unfold(known.c_str()), g_free);
    const OwnedText text(g_mime_utils_header_decode_text(nullptr, with_joined_words(unfolded.get()).c_str()), g_free);
    out += text.get();
    if (piece.size() == raw.size()) return out;
    out += '\0';
    raw.remove_prefix(piece.size() + 1);
  }
}

}  // namespace mime
