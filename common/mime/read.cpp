#include "mime/read.h"

#include <algorithm>
#include <optional>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/address_list.h"
#include "mime/charset.h"
#include "mime/entity.h"
#include "mime/fields.h"
#include "mime/library.h"
#include "mime/multipart.h"
#include "mime/owned.h"
#include "mime/transfer_decoder.h"

namespace mime {
namespace {

class Texts {
 public:
  explicit Texts(std::vector<std::string>& out) : out_(&out) {}

  [[nodiscard]] bool is_full() const { return size_ >= kLongestText; }
  void add(std::string_view text) {
    text = text.substr(0, kLongestText - size_);
    if (text.empty()) return;
    size_ += text.size();
    out_->emplace_back(text);
  }

 private:
  std::vector<std::string>* out_;
  std::size_t size_ = 0;
};

void collect_texts(std::string_view message, std::vector<std::string>& out) {
  Texts texts(out);
  std::vector<Entity> waiting{{message}};
  std::size_t lines = kMostHeaderLines;
  for (std::size_t seen = 0; !waiting.empty() && seen < kMostParts && lines > 0 && !texts.is_full(); ++seen) {
    const Entity entity = waiting.back();
    waiting.pop_back();
    const std::string header = entity.header(lines);
    lines -= std::min(lines, static_cast<std::size_t>(std::count(header.begin(), header.end(), '\n')));
    const Owned<GMimeObject> head = parse(header);
    if (head == nullptr) continue;
    if (GMIME_IS_MULTIPART(head.get())) {
      if (!enter(entity, head.get(), waiting)) texts.add(entity.body());
    } else if (GMIME_IS_TEXT_PART(head.get())) {
      const char* const charset = g_mime_object_get_content_type_parameter(head.get(), "charset");
      texts.add(to_utf8(transferred_octets(entity, header), charset == nullptr ? "" : charset));
    }
  }
}

// RFC 5322 §3.2.2: ccontent = ctext / quoted-pair / comment. Nothing where one of them is never closed.
std::optional<std::string> without_comments(std::string_view value) {
  std::string out;
  std::size_t depth = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool is_pair = c == '\\' && (is_quoted || depth > 0) && i + 1 < value.size();
    if (!is_quoted && c == '(') {
      ++depth;
    } else if (depth > 0) {
      if (is_pair) ++i;
      if (!is_pair && c == ')') --depth;
    } else {
      if (c == '"') is_quoted = !is_quoted;
      out += c;
      if (is_pair) out += value[++i];
    }
  }
  return depth > 0 ? std::nullopt : std::optional(std::move(out));
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

std::vector<Field> read_fields(std::string_view message) {
  start_library();
  std::vector<Field> fields;
  for (const RawField& field : fields_in(header_of(without_mbox_line(message)).substr(0, kLongestHeader), kMostFields)) {
    fields.push_back({std::string(field.name), decoded_value(field.value), std::string(field.value)});
  }
  return fields;
}

Read read(std::string_view message) {
  Read out;
  out.fields = read_fields(message);
  collect_texts(without_mbox_line(message), out.texts);
  return out;
}

std::string decoded_value(std::string_view raw) {
  start_library();
  return std::string(core::trim(decoded(raw)));
}

std::string transfer_decoded(std::string_view octets, std::string_view encoding) {
  return TransferDecoder(encoding).decoded(octets);
}

std::vector<std::string> mailboxes_in(std::string_view value) {
  std::vector<std::string> mailboxes;
  // "a,b a,b …" costs GMime time as the square of its length.
  if (value.size() > kLongestAddressList) return mailboxes;
  const std::optional<std::string> bare = without_comments(value);
  if (!bare || may_have_open_comment(*bare)) return mailboxes;
  if (const auto addresses = parse_addresses(*bare)) {
    for (const Address& one : *addresses) mailboxes.push_back(one.mailbox);
  }
  return mailboxes;
}

}  // namespace mime
