#include "mime/content.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/charset.h"
#include "mime/entity.h"
#include "mime/fields.h"
#include "mime/head.h"
#include "mime/html_text.h"
#include "mime/library.h"
#include "mime/read.h"

namespace mime {
namespace {

bool is_attachment(GMimeObject* head) {
  const char* const disposition = g_mime_object_get_disposition(head);
  return disposition != nullptr && core::equals_ignoring_case(disposition, "attachment");
}

bool says_nothing(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

class Reader {
 public:
  Content read(std::string_view message) {
    std::vector<Entity> waiting{{message}};
    std::size_t lines = kMostHeaderLines;
    for (std::size_t seen = 0; !waiting.empty() && seen < kMostParts && lines > 0; ++seen) {
      const Entity entity = waiting.back();
      waiting.pop_back();
      const std::string header = entity.header(lines);
      lines -= std::min(lines, static_cast<std::size_t>(std::count(header.begin(), header.end(), '\n')));
      if (const Owned<GMimeObject> head = parse(header)) look_at(entity, header, head.get(), waiting);
    }
    const bool takes_html = html_ && (!plain_ || says_nothing(*plain_));
    if (plain_) content_.text = std::move(*plain_);
    if (takes_html) {
      content_.text = html_text(*html_);
      content_.is_from_html = true;
    }
    return std::move(content_);
  }

 private:
  void look_at(const Entity& entity, const std::string& header, GMimeObject* head, std::vector<Entity>& waiting) {
    if (GMIME_IS_MULTIPART(head)) {
      if (!enter(entity, head, waiting) && !plain_) plain_ = std::string(entity.body());
      return;
    }
    const std::string type = type_of(head);
    const std::string name = name_of(head);
    const bool may_be_text = GMIME_IS_TEXT_PART(head) && !is_attachment(head) && (name.empty() || entity.depth == 0);
    if (may_be_text && type == "text/html") {
      if (!html_) {
        html_ = text_of(entity, header, head);
        return;
      }
      if (entity.is_alternative) return;
    } else if (may_be_text && !plain_ && (type == "text/plain" || entity.depth == 0)) {
      plain_ = text_of(entity, header, head);
      return;
    }
    content_.enclosed.push_back({name, type, entity.octets});
  }

  static std::string text_of(const Entity& entity, const std::string& header, GMimeObject* head) {
    return to_utf8(transferred_octets(entity, header), parameter_of(head, false, "charset"));
  }

  std::optional<std::string> plain_;
  std::optional<std::string> html_;
  Content content_;
};

}  // namespace

Content read_content(std::string_view message) {
  start_library();
  return Reader().read(without_mbox_line(message));
}

std::string octets_of(const Enclosed& part) {
  start_library();
  const Entity entity{part.entity};
  if (part.type.starts_with("message/")) return std::string(entity.body());
  return transferred_octets(entity, entity.header(kMostHeaderLines));
}

}  // namespace mime
