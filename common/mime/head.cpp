#include "mime/head.h"

#include <gmime/gmime.h>

#include "core/show.h"
#include "core/text.h"
#include "mime/charset.h"
#include "mime/entity.h"

namespace mime {

std::string parameter_of(GMimeObject* head, bool of_disposition, const char* name) {
  const char* const value = of_disposition ? g_mime_object_get_content_disposition_parameter(head, name)
                                           : g_mime_object_get_content_type_parameter(head, name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string name_of(GMimeObject* head) {
  std::string name = parameter_of(head, true, "filename");
  if (name.empty()) name = parameter_of(head, false, "name");
  if (name.find("=?") != std::string::npos) name = decoded(name);
  return core::is_utf8(name) ? name : to_utf8(name, {});
}

std::string type_of(GMimeObject* head) {
  const GMimeContentType* const type = g_mime_object_get_content_type(head);
  const char* const major = g_mime_content_type_get_media_type(const_cast<GMimeContentType*>(type));
  const char* const minor = g_mime_content_type_get_media_subtype(const_cast<GMimeContentType*>(type));
  return core::to_lower(std::string(major == nullptr ? "text" : major) + "/" + (minor == nullptr ? "plain" : minor));
}

}  // namespace mime
