#include "client/fetch/mail.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "client/fetch/file_name.h"
#include "core/text.h"
#include "mime/content.h"
#include "mime/read.h"

namespace fetch {
namespace {

using Object = nlohmann::ordered_json;

const mime::Field* field_of(const std::vector<mime::Field>& fields, std::string_view name) {
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const mime::Field& one) { return core::equals_ignoring_case(one.name, name); });
  return field == fields.end() ? nullptr : &*field;
}

}  // namespace

core::Result<Mail> read_mail(std::string_view octets, bool is_cut, const AttachmentFolder* folder) {
  Mail mail;
  Object json = Object::object();
  const std::vector<mime::Field> fields = mime::read_fields(octets);
  for (const char* const name : {"From", "To", "Cc", "Date", "Subject", "Message-ID"}) {
    const mime::Field* const field = field_of(fields, name);
    if (field != nullptr || name != std::string_view("Cc")) json[name] = field == nullptr ? std::string() : field->value;
  }
  const mime::Content content = mime::read_content(octets);
  json["Body"] = content.text;
  json["Attachments"] = Object::array();
  std::size_t number = 0;
  for (const mime::Enclosed& part : content.enclosed) {
    const std::string part_octets = mime::octets_of(part);
    const std::string name = safe_file_name(part.name, part.type, ++number);
    Object one{{"Name", part.name.empty() ? name : part.name}, {"Type", part.type}, {"Size", part_octets.size()}};
    if (folder != nullptr && !is_cut) {
      const auto saved = folder->save(name, part_octets);
      if (!saved) return core::Failure(saved.error());
      one["Saved"] = *saved;
      ++mail.attachments;
    }
    json["Attachments"].push_back(std::move(one));
  }
  if (is_cut) json["Truncated"] = true;
  mail.json = json.dump(-1, ' ', false, Object::error_handler_t::replace);
  return mail;
}

}  // namespace fetch
