#include "mime/read.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/address_list.h"
#include "mime/library.h"
#include "mime/multipart.h"
#include "mime/owned.h"

namespace mime {
namespace {

constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kDeepest = 20;

void append_fields(GMimeObject* from, std::vector<Field>& fields) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(from);
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count && fields.size() < kMostFields; ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    const char* const name = g_mime_header_get_name(header);
    const char* const value = g_mime_header_get_value(header);
    const char* const raw = g_mime_header_get_raw_value(header);
    fields.push_back(
        {name == nullptr ? "" : name, std::string(core::trim(value == nullptr ? "" : value)), raw == nullptr ? "" : raw});
  }
}

void append_text(GMimeObject* part, std::string& out) {
  if (part == nullptr || !GMIME_IS_TEXT_PART(part) || out.size() >= kLongestText) return;
  char* const text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
  if (text == nullptr) return;
  out += std::string_view(text).substr(0, kLongestText - out.size());
  g_free(text);
}

// GMime sees one entity at a time and never a message in a message, nor the message as such: it reads the addresses of those,
// and does so by recursion, as deep as the sender wishes. Null where it finds no header.
Owned<GMimeObject> parse(std::string_view entity) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(entity.data(), entity.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeObject>(g_mime_parser_construct_part(parser.get(), nullptr));
}

// An entity without what its header has beyond its bounds: GMime keeps every field, at a hundred times its size.
Owned<GMimeObject> parse_bounded(std::string_view entity, std::string_view header) {
  if (header.size() == header_of(entity).size()) return parse(entity);
  return parse(std::string(header).append("\r\n").append(body_of(entity)));
}

struct Entity {
  std::string_view octets;
  std::size_t depth = 0;  // in how many multiparts it lies
};

void enter(const Entity& entity, GMimeObject* multipart, std::vector<Entity>& waiting) {
  const char* const boundary = g_mime_object_get_content_type_parameter(multipart, "boundary");
  if (boundary == nullptr || *boundary == '\0' || entity.depth >= kDeepest) return;
  const std::vector<std::string_view> parts = body_parts(body_of(entity.octets), boundary, kMostParts);
  std::transform(parts.rbegin(), parts.rend(), std::back_inserter(waiting), [&](std::string_view part) {
    return Entity{part, entity.depth + 1};
  });
}

void collect_text(std::string_view message, std::string& out) {
  std::vector<Entity> waiting{{message}};
  std::size_t lines = kMostHeaderLines;
  for (std::size_t seen = 0; !waiting.empty() && seen < kMostParts && lines > 0; ++seen) {
    const Entity entity = waiting.back();
    waiting.pop_back();
    const std::string_view header = first_lines(header_of(entity.octets), lines, kLongestHeader);
    lines -= static_cast<std::size_t>(std::count(header.begin(), header.end(), '\n'));
    const Owned<GMimeObject> head = parse(header);
    if (head == nullptr) continue;
    if (GMIME_IS_MULTIPART(head.get())) {
      enter(entity, head.get(), waiting);
    } else if (GMIME_IS_TEXT_PART(head.get())) {
      append_text(parse_bounded(entity.octets, header).get(), out);
    }
  }
}

// Of a comment that is never closed: GMime then loses the memory of the address before it. Where GMime gives up on an address
// it goes on in the middle of what may be a quoted string, so that quotes and backslashes say nothing.
bool may_have_open_comment(std::string_view value) {
  std::size_t depth = 0;
  for (const char c : value) {
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) --depth;
  }
  return depth > 0 || (value.find('(') != std::string_view::npos && value.find('\\') != std::string_view::npos);
}

}  // namespace

Read read(std::string_view message) {
  start_library();
  Read out;
  const std::string_view header = first_lines(header_of(message), kMostHeaderLines, kLongestHeader);
  if (const Owned<GMimeObject> head = parse(header)) append_fields(head.get(), out.fields);
  if (out.fields.empty()) {  // no header at all: what GMime looked for one in is the text
    out.text = message.substr(0, kLongestText);
    return out;
  }
  collect_text(message, out.text);
  return out;
}

std::vector<std::string> mailboxes_in(std::string_view value) {
  std::vector<std::string> mailboxes;
  // "a,b a,b …" costs GMime time as the square of its length.
  if (value.size() > kLongestAddressList || may_have_open_comment(value)) return mailboxes;
  if (const auto addresses = parse_addresses(value)) {
    for (const Address& one : *addresses) mailboxes.push_back(one.mailbox);
  }
  return mailboxes;
}

}  // namespace mime
