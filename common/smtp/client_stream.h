// What a client says, read from its octets in any chunking: commands, lines of a SASL exchange, mail data, chunks.
//
// The server session reads what arrives with it; the client session reads what it sends, so that both understand the
// same octets in the same way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "protocol/said.h"
#include "protocol/server_settings.h"
#include "smtp/chunk_reader.h"
#include "smtp/command.h"
#include "smtp/data_reader.h"
#include "smtp/remark.h"

namespace smtp {

using protocol::LineEnd;
using protocol::LineEnds;

// How much of one client is kept or read. Sizes in octets. Past a limit the client hears a clear reply.
struct StreamLimits {
  std::size_t command_line = 4096;  // with line end; RFC 5321 §4.5.3.1.4 asks for at least 512
  std::size_t auth_line = 12288;    // RFC 4954 §4
  std::size_t message = std::size_t{36} << 20;
  std::size_t discarded = std::size_t{1} << 20;          // of an endless line, before the connection is given up
  std::size_t kept_data = static_cast<std::size_t>(-1);  // of mail data behind DATA: of what is beyond, only what it was like
};

// What the octets are that come next. kChunk: of a BDAT; the stream goes there and back by itself.
enum class Mode : std::uint8_t { kCommand, kAuth, kData, kChunk };

// One thing the client said.
struct Said {
  Input input = Input::kUnknown;  // the verb; kAuthResponse; kMessage
  bool is_unread = false;         // how it will be read is known only after a reply
  std::string bytes;              // of a line, line end included; at most the limit; empty for a message behind DATA
  // What it is of the wire: all octets since what was said before, stuffed dots, chunk and what is beyond a limit included.
  // Whoever keeps a log has kept them (core/tape.h); `bytes` are the first of them.
  std::size_t octets = 0;
  LineEnd line_end = LineEnd::kCrlf;
  std::optional<Command> command;     // when it is a well-formed command
  std::optional<CommandError> fault;  // when it is a malformed one
  std::string message;                // kMessage: the mail data, dots unstuffed, up to the limit; kBdat: the chunk
  bool has_chunk = false;             // a BDAT, read with the octets of its chunk
  std::size_t chunk_begin = 0;        // … which begin here in message
  bool too_large = false;             // data beyond the limit was read and dropped
  std::vector<Remark> remarks;
  std::vector<core::Span> secrets;  // in bytes

  // The line without its end.
  [[nodiscard]] std::string_view line() const;
  // Octets of the mail data, of all chunks so far, on the wire's side of the limit: more than are kept when it is too large.
  std::size_t message_size = 0;
};

class ClientStream {
 public:
  ClientStream(LineEnds line_ends, CommandLeniency leniency, const StreamLimits& limits);

  void receive(std::string_view bytes);

  // What is read next: the session sets it when a reply has moved it. It takes effect for octets not yet handed out; a chunk
  // that has begun is read to its end all the same.
  void set_mode(Mode mode);
  // Whether BDAT is followed by a chunk (RFC 3030). A server that does not know the command takes only its line.
  void set_chunking(bool on) { chunking_ = on; }
  // The transaction is over: the chunks of its message count no longer. REQUIRES: mode() is not kChunk.
  void forget_chunks() { chunks_.reset(); }
  // Leaves out the next octets: of a chunk that the other side has taken although nobody could know that it would.
  void drop(std::uint64_t octets);
  // Everything that was not handed out yet is gone: TLS begins (RFC 3207 §4.2).
  void forget();
  // Paths may hold UTF-8.
  void allow_utf8() { leniency_.allow_utf8 = true; }

  // SASL lines: whether the next one carries a password, and whether it is the response of PLAIN (for remarks).
  void expect_response(bool is_secret, bool is_plain);
  [[nodiscard]] Mode mode() const { return mode_; }

  // The next whole thing said, or nothing while more octets are needed.
  std::optional<Said> next();

  // Octets that wait for their line end, for the remark about silence; in data, the unfinished tail of the message.
  [[nodiscard]] std::string_view pending() const;
  // What is odd about them: missing-crlf, or terminator-not-crlf when a dot stood alone on a line ended otherwise.
  [[nodiscard]] std::vector<Remark> pending_remarks() const;
  // Where a password may stand in octets that come next. They may be several lines where nothing is read any more, or the
  // beginning of one that is too long.
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view unread) const;
  [[nodiscard]] std::vector<core::Span> pending_secrets() const { return secrets_in(pending()); }
  // What is said next stands behind a login that is over: what is no command then may be the rest of it.
  [[nodiscard]] bool is_after_login() const { return after_login_; }
  // Octets arrived that were not read yet.
  [[nodiscard]] bool has_unread() const { return begin_ < buffer_.size(); }
  // Octets of the wire that arrived, and those of them that were handed out, with what was forgotten on the way.
  [[nodiscard]] std::uint64_t received() const { return received_; }
  [[nodiscard]] std::uint64_t handed_out() const { return handed_out_; }
  // Hands out what was read and is not handed out yet; gives how many octets that were.
  std::size_t hand_out();

  // Octets of the mail data that is being read, of all its chunks; 0 outside of data.
  [[nodiscard]] std::size_t message_octets() const;
  // More octets of one line were thrown away than a client gets.
  [[nodiscard]] bool gave_up() const { return discarded_ > limits_->discarded; }

 private:
  std::optional<Said> next_thing();
  std::optional<Said> next_line();
  std::optional<Said> next_message();
  std::optional<Said> next_chunk();
  std::optional<Said> skip_line();
  void begin_chunk(Said line);
  [[nodiscard]] std::size_t line_limit() const;
  [[nodiscard]] DataEnd data_end() const;
  [[nodiscard]] bool reads_auth_command() const;
  void drop_unread();
  void read_line(std::string with_end, Said& said);
  void read_response(Said& said) const;
  void read_command(Said& said);
  void remark_extra_newline(Said& said);
  [[nodiscard]] std::string_view unread() const { return std::string_view(buffer_).substr(begin_); }
  void consume(std::size_t octets);

  LineEnds line_ends_;
  CommandLeniency leniency_;
  const StreamLimits* limits_;  // outlives the stream
  Mode mode_ = Mode::kCommand;
  bool line_is_secret_ = false;
  bool line_is_plain_ = false;
  bool after_login_ = false;
  bool data_by_hand_ = false;         // the line before ended in LF alone
  std::size_t base64_before_lf_ = 0;  // octets of base64 on the line before, when LF alone ended it
  bool skipping_ = false;             // the line being read is over its limit; kept_ holds its beginning
  std::string kept_;
  std::string buffer_;
  std::uint64_t received_ = 0;
  std::uint64_t handed_out_ = 0;
  std::size_t begin_ = 0;      // octets of buffer_ already read
  std::size_t searched_ = 0;   // no LF before this octet of buffer_
  std::size_t discarded_ = 0;  // of the over-long line being skipped
  std::optional<DataReader> data_;
  bool chunking_ = false;
  std::uint64_t to_drop_ = 0;
  // The chunks of a message and the BDAT whose chunk is being read. Made at the first: most clients send none.
  struct Chunks {
    ChunkReader reader;
    Said line;
  };
  std::unique_ptr<Chunks> chunks_;
};

}  // namespace smtp
