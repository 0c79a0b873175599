#include "mime/outline.h"

#include <algorithm>
#include <utility>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/entity.h"
#include "mime/fields.h"
#include "mime/head.h"
#include "mime/library.h"
#include "mime/multipart.h"
#include "mime/owned.h"

namespace mime {
namespace {

constexpr std::size_t kDeepestPart = 20;

// An entity that has not been looked at.
struct Waiting {
  std::string_view octets;
  std::string place;  // of a message: of the part in which it lies
  std::size_t depth = 0;
  bool is_message = false;
};

std::string below(const std::string& place, std::size_t number) {
  return (place.empty() ? "" : place + ".") + std::to_string(number);
}

const Field* find_read(const std::vector<Field>& fields, std::string_view name) {
  const auto hit = std::find_if(fields.begin(), fields.end(),
                                [&](const Field& field) { return core::equals_ignoring_case(field.name, name); });
  return hit == fields.end() ? nullptr : &*hit;
}

std::vector<std::string_view> parts_in(const Waiting& entity, GMimeObject* head) {
  const std::string boundary = parameter_of(head, false, "boundary");
  if (boundary.empty() || entity.depth >= kDeepestPart) return {};
  return body_parts(body_of(entity.octets), boundary, kMostParts);
}

// Appends what lies in it, the last one first.
void enter_parts(const Waiting& entity, GMimeObject* head, const OutlinePart& part, std::vector<Waiting>& waiting) {
  if (GMIME_IS_MULTIPART(head)) {
    const std::vector<std::string_view> parts = parts_in(entity, head);
    for (std::size_t i = parts.size(); i-- > 0;)
      waiting.push_back({parts[i], below(entity.place, i + 1), entity.depth + 1, false});
  } else if (part.type == "message/rfc822" && entity.depth < kDeepestPart) {
    waiting.push_back({body_of(entity.octets), part.place, entity.depth + 1, true});
  }
}

}  // namespace

std::vector<OutlinePart> outline(std::string_view message) {
  start_library();
  std::vector<OutlinePart> out;
  std::vector<Waiting> waiting{{without_mbox_line(message), {}, 0, true}};
  std::size_t lines = kMostHeaderLines;
  while (!waiting.empty() && out.size() < kMostParts && lines > 0) {
    const Waiting entity = std::move(waiting.back());
    waiting.pop_back();
    const std::string header = mime::Entity{entity.octets}.header(lines);
    lines -= std::min(lines, static_cast<std::size_t>(std::count(header.begin(), header.end(), '\n')) + 1);
    const Owned<GMimeObject> head = parse(header);
    OutlinePart part;
    part.depth = entity.depth;
    part.is_message = entity.is_message;
    part.type = head == nullptr ? "text/plain" : type_of(head.get());
    const bool is_single = head == nullptr || !GMIME_IS_MULTIPART(head.get());
    part.place = entity.is_message && is_single ? below(entity.place, 1) : entity.place;
    part.octets = body_of(entity.octets).size();
    part.fields = read_fields(header);
    if (const Field* const encoding = find_read(part.fields, "Content-Transfer-Encoding")) part.encoding = encoding->value;
    if (head != nullptr) {
      part.charset = parameter_of(head.get(), false, "charset");
      part.name = name_of(head.get());
      enter_parts(entity, head.get(), part, waiting);
    }
    out.push_back(std::move(part));
  }
  return out;
}

}  // namespace mime
