// One entity of a message, the message itself or a part of it, as GMime reads it. Internal to mime/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mime/owned.h"

struct _GMimeObject;

namespace mime {

inline constexpr std::size_t kMostParts = 1000;  // of a message, that are looked at

struct Entity {
  std::string_view octets;
  std::size_t depth = 0;        // in how many multiparts it lies
  bool is_alternative = false;  // one of these is a multipart/alternative: another part says the same

  [[nodiscard]] std::string_view body() const;
  // Its header as long as one is read, at most `lines` of it, with the empty line that GMime goes by: GMime keeps every field,
  // at a hundred times its size.
  [[nodiscard]] std::string header(std::size_t lines) const;
};

// What GMime makes of a header, or of an entity. It sees one entity at a time and never a message in a message, nor the message
// as such: it reads the addresses of those, and does so by recursion, as deep as the sender wishes. Null where it finds no
// header.
[[nodiscard]] Owned<_GMimeObject> parse(std::string_view entity);

// Appends the parts of a multipart, the last one first; false when there are none, since its boundary never comes.
bool enter(const Entity& entity, _GMimeObject* multipart, std::vector<Entity>& waiting);

// The octets of a part, its transfer encoding undone.
[[nodiscard]] std::string transferred_octets(const Entity& entity, const std::string& header);

// A text of a header: unfolded, encoded-words decoded.
[[nodiscard]] std::string decoded(std::string_view raw);

}  // namespace mime
