// One thing that a client said and what it heard, as SMTP sees it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape.h"
#include "smtp/client_stream.h"
#include "smtp/command.h"
#include "smtp/reply.h"

namespace smtp_judge {

// A ClientHello begins so (RFC 8446 §5.1): content type handshake, then the version.
inline constexpr std::string_view kTlsRecord = "\x16\x03";

using std::chrono::microseconds;

// Where a line stands, when it came, and what it is, without its octets.
struct LineFacts {
  smtp::Input input = smtp::Input::kConnect;
  std::uint64_t begin = 0;  // its place among all octets of the client
  smtp::LineEnd line_end = smtp::LineEnd::kCrlf;
  std::size_t zeros = 0;   // kMessage: octets 0 before it, since the command that it follows was sent with a C string's end
  bool is_smooth = false;  // … all its line ends are CRLF
  std::size_t chunk_begin = 0;  // of a BDAT with its chunk: where the chunk begins in bytes; otherwise 0
  bool is_cut = false;          // … too long to be kept: its middle is not there
  bool is_forced = false;       // kMessage: no CRLF.CRLF; the server has taken something else for its end

  microseconds first{};  // when its first octet came, and its last
  microseconds last{};
  // How many replies to what came before were still to come when its first octet came, and of the next one in order how many
  // octets had left. Only where that is sure.
  std::size_t early = 0;
  std::size_t heard_octets = 0;  // 0 when it came before or after the reply, not inside of it
  bool heard_a_line = false;     // a whole line of the reply was among them
  bool has_waited = false;       // … and before them the server had been silent for so long that it did wait for them
  bool is_joined = false;        // its first octet came together with the last one of the line before
  bool unanswered = false;       // the server never answered what came before
};

// A command line, a line of a login, a message, or the connection itself (Input::kConnect), which has no octets.
struct Line : LineFacts {
  std::string bytes;              // of the wire, line end included
  smtp::ParsedCommand parsed;     // of a command line
  std::string message;            // kMessage: the mail data, dots unstuffed
  std::vector<std::size_t> dots;  // … and before which of its octets a dot was taken out

  // For the next line, which takes its memory over. What was parsed stays until another command is.
  void clear() {
    static_cast<LineFacts&>(*this) = {};
    bytes.clear();
    message.clear();
    dots.clear();
  }

  [[nodiscard]] std::string_view text() const {
    std::string_view line = bytes;
    line.remove_suffix(line_end == smtp::LineEnd::kCrlf ? 2 : line_end == smtp::LineEnd::kLf ? 1 : 0);
    return line;
  }
  [[nodiscard]] std::uint64_t end() const { return begin + bytes.size(); }
  // Of a message, where the octets of its text stand in bytes: the dots that were taken out are there.
  [[nodiscard]] std::size_t on_the_wire(std::size_t at) const {
    return zeros + at + static_cast<std::size_t>(std::upper_bound(dots.begin(), dots.end(), at) - dots.begin());
  }
  [[nodiscard]] bool is_connection() const { return input == smtp::Input::kConnect; }
  [[nodiscard]] bool is_command() const {
    return input != smtp::Input::kConnect && input != smtp::Input::kMessage && input != smtp::Input::kAuthResponse;
  }
  // A command that fits its grammar.
  [[nodiscard]] bool is(smtp::Input verb) const { return is_command() && parsed.command && parsed.command->verb == verb; }
  // The verb is there, whatever stands behind it.
  [[nodiscard]] bool is_meant_as(smtp::Input verb) const { return is_command() && input == verb; }
};

// A reply and the times at which its octets left.
struct Heard {
  smtp::Reply reply;
  std::uint64_t event = 0;
  std::string bytes;
  std::vector<core::Piece> pieces;
  microseconds first{};
  microseconds last{};

  [[nodiscard]] int code() const { return reply.code.value(); }
  // All its lines, in small letters.
  [[nodiscard]] std::string words() const;
};

struct Turn {
  Line line;
  std::optional<Heard> heard;
  std::uint64_t event = 0;  // kConnect: the one that says so
};

}  // namespace smtp_judge
