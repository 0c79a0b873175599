#include "mime/read.h"

#include <algorithm>
#include <memory>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/address_list.h"
#include "mime/library.h"

namespace mime {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void append_fields(GMimeObject* from, std::vector<Field>& fields) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(from);
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count && fields.size() < kMostFields; ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    const char* const name = g_mime_header_get_name(header);
    const char* const value = g_mime_header_get_value(header);
    fields.push_back({name == nullptr ? "" : name, std::string(core::trim(value == nullptr ? "" : value))});
  }
}

void append_text(GMimeObject* part, std::string& out) {
  if (!GMIME_IS_TEXT_PART(part) || out.size() >= kLongestText) return;
  char* const text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
  if (text == nullptr) return;
  out += std::string_view(text).substr(0, kLongestText - out.size());
  g_free(text);
}

// Without recursion of our own: how deep a message nests is the sender's choice.
void collect_text(GMimeObject* top, std::string& out) {
  std::vector<GMimeObject*> waiting{top};
  while (!waiting.empty()) {
    GMimeObject* const part = waiting.back();
    waiting.pop_back();
    if (GMIME_IS_MULTIPART(part)) {
      for (int i = g_mime_multipart_get_count(GMIME_MULTIPART(part)); i > 0; --i) {
        waiting.push_back(g_mime_multipart_get_part(GMIME_MULTIPART(part), i - 1));
      }
    } else {
      append_text(part, out);
    }
  }
}

}  // namespace

Read read(std::string_view message) {
  start_library();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> parsed(g_mime_parser_construct_message(parser.get(), nullptr));
  Read out;
  GMimeObject* const top = parsed == nullptr ? nullptr : g_mime_message_get_mime_part(parsed.get());
  if (parsed != nullptr) append_fields(GMIME_OBJECT(parsed.get()), out.fields);
  if (top != nullptr) append_fields(top, out.fields);  // GMime counts Content-Type and its like as the part's
  if (out.fields.empty()) {                            // no header at all: what GMime looked for one in is the text
    out.text = message.substr(0, kLongestText);
    return out;
  }
  if (top != nullptr) collect_text(top, out.text);
  return out;
}

std::vector<std::string> mailboxes_in(std::string_view value) {
  std::vector<std::string> mailboxes;
  if (const auto addresses = parse_addresses(value)) {
    for (const Address& one : *addresses) mailboxes.push_back(one.mailbox);
  }
  return mailboxes;
}

}  // namespace mime
