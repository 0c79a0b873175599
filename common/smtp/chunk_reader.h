// The chunks of a message that comes by BDAT (RFC 3030): counted octets, no dots and no end to look for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "smtp/line_scan.h"

namespace smtp {

class ChunkReader {
 public:
  // limit: octets kept of the whole message; what comes beyond is read and dropped, so that the dialogue stays in step.
  explicit ChunkReader(std::size_t limit) : limit_(limit) {}

  // A chunk of so many octets follows. REQUIRES: the one before is_done().
  void begin(std::uint64_t octets);
  // Takes octets of the chunk; gives how many it took. Less than all of them only when is_done().
  std::size_t receive(std::string_view bytes);
  // The chunk is complete.
  [[nodiscard]] bool is_done() const { return left_ == 0; }

  // All chunks so far, as far as they are kept.
  [[nodiscard]] std::string& message() { return message_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  // Where in message() the chunk begins that was begun last.
  [[nodiscard]] std::size_t chunk_begin() const { return chunk_begin_; }
  // Octets of all chunks, kept or not.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool too_large() const { return size_ > limit_; }
  [[nodiscard]] const LineEndTally& line_ends() const { return line_ends_; }

 private:
  std::size_t limit_;
  std::uint64_t left_ = 0;
  std::size_t chunk_begin_ = 0;
  std::size_t size_ = 0;
  std::string message_;
  LineEndTally line_ends_;
};

}  // namespace smtp
