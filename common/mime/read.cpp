#include "mime/read.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

#include <gmime/gmime.h>

#include "core/text.h"
#include "mime/address_list.h"
#include "mime/charset.h"
#include "mime/encoded_word.h"
#include "mime/fields.h"
#include "mime/library.h"
#include "mime/multipart.h"
#include "mime/owned.h"

namespace mime {
namespace {

constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kDeepest = 20;

using OwnedText = std::unique_ptr<char, decltype(&g_free)>;

// Unfolded, encoded-words decoded. A C string ends at its first NUL, so that each piece goes alone.
std::string decoded(std::string_view raw) {
  std::string out;
  while (true) {
    const std::string_view piece = raw.substr(0, raw.find('\0'));
    const OwnedText unfolded(g_mime_utils_header_unfold(std::string(piece).c_str()), g_free);
    const OwnedText text(g_mime_utils_header_decode_text(nullptr, with_joined_words(unfolded.get()).c_str()), g_free);
    out += text.get();
    if (piece.size() == raw.size()) return out;
    out += '\0';
    raw.remove_prefix(piece.size() + 1);
  }
}

// GMime sees one entity at a time and never a message in a message, nor the message as such: it reads the addresses of those,
// and does so by recursion, as deep as the sender wishes. Null where it finds no header.
Owned<GMimeObject> parse(std::string_view entity) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(entity.data(), entity.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeObject>(g_mime_parser_construct_part(parser.get(), nullptr));
}

struct Entity {
  std::string_view octets;
  std::size_t depth = 0;  // in how many multiparts it lies

  [[nodiscard]] std::string_view body() const { return body_of(octets); }
  // Its header as long as one is read, at most `lines` of it, with the empty line that GMime goes by: GMime keeps every field,
  // at a hundred times its size.
  [[nodiscard]] std::string header(std::size_t lines) const {
    std::string header(first_lines(header_of(octets), lines, kLongestHeader));
    if (!header.empty() && !header.ends_with('\n')) header += "\r\n";
    if (!ends_with_empty_line(header)) header += "\r\n";
    return header;
  }
};

// The parts of a multipart; false when there are none, since its boundary never comes.
bool enter(const Entity& entity, GMimeObject* multipart, std::vector<Entity>& waiting) {
  const char* const boundary = g_mime_object_get_content_type_parameter(multipart, "boundary");
  if (boundary == nullptr || *boundary == '\0') return false;
  if (entity.depth >= kDeepest) return true;
  const std::vector<std::string_view> parts = body_parts(entity.body(), boundary, kMostParts);
  std::transform(parts.rbegin(), parts.rend(), std::back_inserter(waiting), [&](std::string_view part) {
    return Entity{part, entity.depth + 1};
  });
  return !parts.empty();
}

// The octets of a part, its transfer encoding undone.
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

Read read(std::string_view message) {
  start_library();
  Read out;
  const std::string_view letter = without_mbox_line(message);
  for (const RawField& field : fields_in(header_of(letter).substr(0, kLongestHeader), kMostFields)) {
    out.fields.push_back({std::string(field.name), decoded_value(field.value), std::string(field.value)});
  }
  collect_texts(letter, out.texts);
  return out;
}

std::string decoded_value(std::string_view raw) {
  start_library();
  return std::string(core::trim(decoded(raw)));
}

std::string transfer_decoded(std::string_view octets, std::string_view encoding) {
  start_library();
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, g_mime_content_encoding_from_string(std::string(encoding).c_str()));
  std::string out(g_mime_encoding_outlen(&state, octets.size()), '\0');
  out.resize(g_mime_encoding_step(&state, octets.data(), octets.size(), out.data()));
  return out;
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
