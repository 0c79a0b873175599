#include "imap/digest.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "imap/envelope.h"

namespace imap {
namespace {

// Numbers in seven bits an octet, the lowest first; texts behind their length.
void pack(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) out += static_cast<char>(number | 0x80U);
  out += static_cast<char>(number);
}

void pack(std::string& out, std::string_view text) {
  pack(out, text.size());
  out += text;
}

class Unpacker {
 public:
  explicit Unpacker(std::string_view octets) : octets_(octets) {}

  [[nodiscard]] bool is_whole() const { return is_good_ && octets_.empty(); }
  [[nodiscard]] bool is_good() const { return is_good_; }

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (octets_.empty()) break;
      const auto octet = static_cast<unsigned char>(octets_.front());
      octets_.remove_prefix(1);
      number |= static_cast<std::uint64_t>(octet & 0x7FU) << shift;
      if (octet < 0x80) return number;
    }
    is_good_ = false;
    return 0;
  }

  // No more than that, so that what is damaged cannot make us take memory.
  std::uint64_t number_up_to(std::uint64_t most) {
    const std::uint64_t value = number();
    if (value <= most) return value;
    is_good_ = false;
    return 0;
  }

  std::string_view text() {
    const std::uint64_t size = number();
    is_good_ = is_good_ && size <= octets_.size();
    if (!is_good_) return {};
    const std::string_view text = octets_.substr(0, size);
    octets_.remove_prefix(size);
    return text;
  }

 private:
  std::string_view octets_;
  bool is_good_ = true;
};

void pack(std::string& out, const Part& part) {
  pack(out, static_cast<std::uint64_t>(part.kind));
  for (const std::uint64_t number : {part.header.begin, part.header.size(), part.body.size(), part.lines}) pack(out, number);
  pack(out, part.outer);
  pack(out, part.inner.size());
  for (const std::uint32_t inner : part.inner) pack(out, inner);
  pack(out, part.fields.all().size());
  for (const auto& [field, value] : part.fields.all()) {
    pack(out, static_cast<std::uint64_t>(field));
    pack(out, value);
  }
}

Part unpack_part(Unpacker& in, std::uint32_t index, std::uint64_t count) {
  Part part;
  part.kind = static_cast<Part::Kind>(in.number_up_to(static_cast<std::uint64_t>(Part::Kind::kMessage)));
  part.header.begin = in.number();
  part.header.end = part.header.begin + in.number();
  part.body = {part.header.end, part.header.end + in.number()};
  part.lines = in.number();
  part.outer = static_cast<std::uint32_t>(in.number_up_to(index));
  for (std::uint64_t left = in.number_up_to(count); left > 0 && in.is_good(); --left) {
    part.inner.push_back(static_cast<std::uint32_t>(in.number_up_to(count - 1)));
  }
  for (std::uint64_t left = in.number_up_to(kFieldNames.size()); left > 0 && in.is_good(); --left) {
    const auto field = static_cast<Field>(in.number_up_to(kFieldNames.size() - 1));
    part.fields.add(field, std::string(in.text()));
  }
  return part;
}

// What is not single has something in it, and each part lies in the one that says so.
bool is_tree(const MessageTree& tree) {
  for (std::uint32_t index = 0; index < tree.parts.size(); ++index) {
    const Part& part = tree.parts[index];
    const std::size_t inner = part.inner.size();
    if (part.kind == Part::Kind::kSingle ? inner != 0 : part.kind == Part::Kind::kMessage ? inner != 1 : inner == 0)
      return false;
    if (std::any_of(part.inner.begin(), part.inner.end(),
                    [&](std::uint32_t one) { return one <= index || tree.parts[one].outer != index; }))
      return false;
  }
  return true;
}

}  // namespace

core::Result<Digest> digest_of(mailbox::Content& content) {
  TreeReader reader;
  for (;;) {
    const auto piece = content.next();
    if (!piece) return core::Failure(piece.error());
    if (piece->empty()) break;
    reader.feed(*piece);
  }
  Digest digest{{}, reader.finish()};
  append_envelope(digest.envelope, digest.tree.parts.front().fields);
  return digest;
}

std::string packed(const Digest& digest) {
  std::string out;
  pack(out, digest.envelope);
  pack(out, digest.tree.parts.size());
  for (const Part& part : digest.tree.parts) pack(out, part);
  return out;
}

std::optional<Digest> unpacked(std::string_view octets) {
  Unpacker in(octets);
  Digest digest;
  digest.envelope = in.text();
  const std::uint64_t count = in.number_up_to(2 * TreeReader::kMostParts);
  for (std::uint32_t index = 0; index < count && in.is_good(); ++index)
    digest.tree.parts.push_back(unpack_part(in, index, count));
  if (!in.is_whole() || digest.tree.parts.empty() || !is_tree(digest.tree)) return std::nullopt;
  return digest;
}

std::optional<std::string_view> packed_envelope(std::string_view octets) {
  Unpacker in(octets);
  const std::string_view envelope = in.text();
  return in.is_good() ? std::optional(envelope) : std::nullopt;
}

}  // namespace imap
