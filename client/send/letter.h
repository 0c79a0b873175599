// A message on its way out: what SMTP carries of it, piece by piece, so that a large attachment is never in memory as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mime/compose.h"

namespace send {

// A file that goes with a message, looked at and not yet read.
struct AttachedFile {
  std::string path;
  std::string place;  // where it is named, for messages
  std::uint64_t size = 0;
};

// A value: a copy goes out by itself. Files are opened anew for each piece.
class Letter {
 public:
  // Lines end in CRLF. Implicit, as it is a message like any other.
  Letter(std::string message);                                   // NOLINT(google-explicit-constructor)
  Letter(const char* message) : Letter(std::string(message)) {}  // NOLINT(google-explicit-constructor)
  // pieces: of mime::outline(); their attachments are numbers in files.
  Letter(std::vector<mime::Piece> pieces, std::vector<AttachedFile> files);

  // Octets of the message, as SIZE counts them (RFC 1870 §5): dots not stuffed, without the final one.
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool is_ascii() const;
  // RFC 6532: a header with other letters than ASCII is for servers that say SMTPUTF8.
  [[nodiscard]] bool has_utf8_header() const;

  // The next octets as they go out, at most about kPiece of them: dots stuffed (RFC 5321 §4.5.2), with the final dot at the
  // end. Errors (Blame::kInput, id file-unreadable): a file has changed since it was looked at.
  [[nodiscard]] core::Result<std::string> next();
  // Everything was given, the final dot too.
  [[nodiscard]] bool is_at_end() const { return at_end_; }

  static constexpr std::size_t kPiece = std::size_t{64} * 1024;

 private:
  void stuff(std::string_view text, std::string& out);
  core::Result<void> read_file(std::string& out);
  core::Result<void> go_on(std::string& out);

  std::vector<mime::Piece> pieces_;
  std::vector<AttachedFile> files_;
  std::size_t piece_ = 0;   // the one that goes out
  std::size_t at_ = 0;      // octets of its text that are out
  std::uint64_t left_ = 0;  // octets of its attachment that are not
  bool at_line_start_ = true;
  bool at_end_ = false;
};

}  // namespace send
