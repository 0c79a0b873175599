#include "smtp/client_stream.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "protocol/response_remarks.h"
#include "smtp/credentials.h"

namespace smtp {
namespace {

constexpr std::size_t kIdleCapacity = 4096;  // an idle connection keeps no larger buffer
constexpr std::size_t kPendingShown = 64;    // octets of unfinished mail data that pending() shows
constexpr std::size_t kMimeLine = 76;        // characters of base64 that a MIME encoder puts on one line
constexpr std::size_t kCompactAt = std::size_t{64} * 1024;

std::string_view without_end(std::string_view line, LineEnd end) {
  // What is no line (a message, the connection) has no octets to take an end from.
  line.remove_suffix(std::min<std::size_t>(line.size(), end == LineEnd::kCrlf ? 2 : end == LineEnd::kLf ? 1 : 0));
  return line;
}

LineEnd end_of(std::string_view line) {
  if (line.ends_with("\r\n")) return LineEnd::kCrlf;
  return line.ends_with('\n') ? LineEnd::kLf : LineEnd::kNone;
}

}  // namespace

std::string_view Said::line() const { return without_end(bytes, line_end); }

ClientStream::ClientStream(LineEnds line_ends, CommandLeniency leniency, const StreamLimits& limits)
    : line_ends_(line_ends), leniency_(leniency), limits_(&limits) {}

void ClientStream::receive(std::string_view bytes) {
  received_ += bytes.size();
  // Mail data goes straight to its reader: it is the bulk of all octets, and copying it twice would be felt.
  if (!has_unread() && to_drop_ == 0) {
    if (mode_ == Mode::kData && !data_->is_done()) bytes.remove_prefix(data_->receive(bytes));
    if (mode_ == Mode::kChunk) bytes.remove_prefix(chunks_->reader.receive(bytes));
  }
  buffer_.append(bytes);
  drop_unread();
}

void ClientStream::set_mode(Mode mode) {
  if (mode_ == Mode::kChunk) return;
  if (mode == Mode::kData && mode_ != Mode::kData) data_.emplace(std::min(limits_->message, limits_->kept_data), data_end());
  mode_ = mode;
  searched_ = begin_;
}

DataEnd ClientStream::data_end() const {
  if (line_ends_ == LineEnds::kLenient) return DataEnd::kAnyLf;
  return line_ends_ == LineEnds::kByHand && data_by_hand_ ? DataEnd::kLfThroughout : DataEnd::kCrlf;
}

void ClientStream::expect_response(bool is_secret, bool is_plain) {
  line_is_secret_ = is_secret;
  line_is_plain_ = is_plain;
}

std::optional<Said> ClientStream::next() {
  std::optional<Said> said = next_thing();
  if (said) said->octets = hand_out();
  return said;
}

std::size_t ClientStream::hand_out() {
  const std::uint64_t read = received_ - unread().size();
  return static_cast<std::size_t>(read - std::exchange(handed_out_, read));
}

std::optional<Said> ClientStream::next_thing() {
  if (mode_ == Mode::kCommand || mode_ == Mode::kAuth) {
    if (!chunking_) return next_line();
    std::optional<Said> said = next_line();
    if (!said || said->input != Input::kBdat || !said->command) return said;
    begin_chunk(std::move(*said));
  }
  return mode_ == Mode::kData ? next_message() : next_chunk();
}

void ClientStream::drop(std::uint64_t octets) {
  to_drop_ = octets;
  drop_unread();
}

void ClientStream::drop_unread() {
  if (to_drop_ == 0) return;
  const auto dropped = static_cast<std::size_t>(std::min<std::uint64_t>(to_drop_, unread().size()));
  to_drop_ -= dropped;
  consume(dropped);
}

void ClientStream::forget() {
  consume(unread().size());
  mode_ = Mode::kCommand;
  skipping_ = false;
  after_login_ = false;
  data_by_hand_ = false;
  base64_before_lf_ = 0;
  to_drop_ = 0;
  kept_.clear();
  data_.reset();
  chunks_.reset();
  hand_out();
}

void ClientStream::consume(std::size_t octets) {
  begin_ += octets;
  searched_ = begin_;
  if (begin_ == buffer_.size()) {
    if (buffer_.capacity() > kIdleCapacity) {
      std::string().swap(buffer_);  // to assign an empty one would keep the memory
    } else {
      buffer_.clear();
    }
    begin_ = searched_ = 0;
  } else if (begin_ > kCompactAt) {
    buffer_.erase(0, begin_);
    begin_ = searched_ = 0;
  }
}

std::optional<Said> ClientStream::next_line() {
  std::optional<Said> said;  // whatever is returned, so that it is filled where the caller has it: moving it is dear
  if (skipping_) {
    said = skip_line();
    return said;
  }
  const std::size_t lf = buffer_.find('\n', searched_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  if (length > std::min(limits_->command_line, limits_->auth_line) && length > line_limit()) {
    kept_ = unread().substr(0, std::min(line_limit(), kPendingShown));
    skipping_ = true;
    discarded_ = 0;
    said = skip_line();
    return said;
  }
  if (lf == std::string::npos) {
    searched_ = buffer_.size();
    return said;
  }
  said.emplace();
  read_line(buffer_.substr(begin_, length), *said);
  consume(length);
  return said;
}

// RFC 4954 §4: an AUTH with an initial response may be as long as a line of the exchange.
std::size_t ClientStream::line_limit() const {
  if (mode_ == Mode::kAuth) return limits_->auth_line;
  return reads_auth_command() ? std::max(limits_->auth_line, limits_->command_line) : limits_->command_line;
}

bool ClientStream::reads_auth_command() const {
  return mode_ == Mode::kCommand && core::starts_with_ignoring_case(skipping_ ? kept_ : unread(), "AUTH ");
}

std::optional<Said> ClientStream::skip_line() {
  const std::size_t lf = buffer_.find('\n', begin_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  discarded_ += length;
  consume(length);
  if (lf == std::string::npos || gave_up()) return std::nullopt;  // the same in any chunking
  std::vector<core::Span> secrets = secrets_in(kept_);
  after_login_ = after_login_ || mode_ == Mode::kAuth || parse_command(kept_, leniency_).begins_login;
  skipping_ = false;
  Said said;
  said.input = mode_ == Mode::kAuth ? Input::kAuthResponse : Input::kUnknown;
  said.bytes = std::move(kept_);
  said.line_end = LineEnd::kNone;
  said.fault = CommandError{CommandFault::kTooLong,
                            said.input,
                            {core::Blame::kPeer, {"the line is too long", "这一行太长"}, "RFC 5321 §4.5.3.1.4", {}}};
  said.remarks.push_back({RemarkKind::kLineTooLong, {0, said.bytes.size()}});
  said.secrets = std::move(secrets);
  kept_.clear();
  return said;
}

void ClientStream::read_line(std::string with_end, Said& said) {
  said.line_end = end_of(with_end);
  said.bytes = std::move(with_end);
  if (mode_ == Mode::kAuth) {
    read_response(said);
    after_login_ = true;
  } else {
    read_command(said);
  }
  if (said.line_end == LineEnd::kLf)
    said.remarks.push_back({RemarkKind::kBareLfCommand, {said.bytes.size() - 1, said.bytes.size()}});
  data_by_hand_ = said.line_end == LineEnd::kLf;
  remark_extra_newline(said);
}

void ClientStream::read_response(Said& said) const {
  said.input = Input::kAuthResponse;
  if (line_is_secret_ && said.line() != "*") said.secrets.push_back({0, said.line().size()});
  protocol::remark_response(said.line(), sasl::ResponsePlace::kLater, 0, line_is_plain_, said.remarks);
  if (const std::size_t cr = said.line().find('\r'); cr != std::string_view::npos)
    said.remarks.push_back({RemarkKind::kBareCr, {cr, cr + 1}});
}

void ClientStream::read_command(Said& said) {
  ParsedCommand parsed = parse_command(said.line(), leniency_);
  said.remarks = std::move(parsed.remarks);
  said.secrets = std::move(parsed.secrets);
  if (after_login_ && is_login_line(parsed, said.line())) {
    said.secrets.assign(1, {0, said.line().size()});
    said.remarks.push_back({RemarkKind::kLoginIsOver, {0, said.line().size()}});
  }
  after_login_ = login_goes_on(parsed, after_login_);
  if (parsed.command) {
    said.input = parsed.command->verb;
    said.command = std::move(*parsed.command);
  } else {
    said.input = parsed.command.error().verb;
    said.fault = std::move(parsed.command.error());
  }
}

// Base64 with LF behind it and then a line that ends in CRLF: the first end is the encoder's, the second the program's.
// Where the encoder begins a new line every 76 characters (RFC 2045 §6.8) that line is not empty.
void ClientStream::remark_extra_newline(Said& said) {
  const std::size_t before = std::exchange(base64_before_lf_, 0);
  const bool is_rest = said.line().empty() || (before == kMimeLine && !said.command);
  if (before > 0 && is_rest && said.line_end == LineEnd::kCrlf) {
    said.remarks.erase(std::remove_if(said.remarks.begin(), said.remarks.end(),
                                      [](const Remark& one) { return one.kind == RemarkKind::kStrayEmptyLine; }),
                       said.remarks.end());
    said.remarks.push_back({RemarkKind::kBase64ExtraNewline, {0, said.bytes.size()}});
  }
  if (said.line_end != LineEnd::kLf) return;
  const bool is_command = said.command.has_value();
  if (is_command && said.command->initial_response) base64_before_lf_ = said.command->initial_response->size();
  if (!is_command && (said.input == Input::kAuthResponse || !said.secrets.empty())) base64_before_lf_ = said.line().size();
}

std::optional<Said> ClientStream::next_message() {
  if (!data_->is_done()) {
    const std::size_t taken = data_->receive(unread());
    consume(taken);
  }
  if (!data_->is_done()) return std::nullopt;
  std::optional<Said> said(std::in_place);
  said->input = Input::kMessage;
  said->message = std::move(data_->message());
  said->message_size = data_->size();
  said->too_large = data_->too_large();
  if (data_->has_bare_lf()) said->remarks.push_back({RemarkKind::kBareLfData, {}});
  if (data_->ended_by_lf()) said->remarks.push_back({RemarkKind::kTerminatorNotCrlf, {}});
  if (data_->has_bare_cr()) said->remarks.push_back({RemarkKind::kBareCr, {}});
  data_.reset();
  mode_ = Mode::kCommand;
  return said;
}

void ClientStream::begin_chunk(Said line) {
  if (chunks_ == nullptr) chunks_ = std::make_unique<Chunks>(Chunks{ChunkReader(limits_->message), {}});
  chunks_->reader.begin(line.command->chunk_size);
  chunks_->line = std::move(line);
  mode_ = Mode::kChunk;
}

std::optional<Said> ClientStream::next_chunk() {
  ChunkReader& reader = chunks_->reader;
  if (!reader.is_done()) consume(reader.receive(unread()));
  if (!reader.is_done()) return std::nullopt;
  Said said = std::move(chunks_->line);
  said.has_chunk = true;
  said.message_size = reader.size();
  said.too_large = reader.too_large();
  if (reader.line_ends().has_bare_lf()) said.remarks.push_back({RemarkKind::kBareLfData, {}});
  if (said.command->is_last) {
    if (reader.line_ends().has_bare_cr()) said.remarks.push_back({RemarkKind::kBareCr, {}});
    said.input = Input::kMessage;
    said.chunk_begin = reader.chunk_begin();
    said.message = std::move(reader.message());
    chunks_.reset();
  } else {
    said.message = reader.message().substr(reader.chunk_begin());
  }
  mode_ = Mode::kCommand;
  searched_ = begin_;
  return said;
}

std::size_t ClientStream::message_octets() const {
  if (mode_ == Mode::kData) return data_->size();
  return chunks_ != nullptr ? chunks_->reader.size() : 0;
}

std::string_view ClientStream::pending() const {
  if (mode_ == Mode::kCommand || mode_ == Mode::kAuth) return skipping_ ? std::string_view(kept_) : unread();
  const std::string_view message = mode_ == Mode::kData ? data_->message() : chunks_->reader.message();
  return message.substr(message.size() - std::min(message.size(), kPendingShown));
}

std::vector<core::Span> ClientStream::secrets_in(std::string_view unread) const {
  if (mode_ == Mode::kData || mode_ == Mode::kChunk) return {};
  if (mode_ != Mode::kAuth) return secrets_in_lines(unread, after_login_);
  const std::size_t line = std::min(unread.find('\n'), unread.size());
  std::vector<core::Span> secrets;
  if (line_is_secret_ && line > 0) secrets.push_back({0, line});
  for (const core::Span& span : secrets_in_lines(unread.substr(line), true))
    secrets.push_back({line + span.begin, line + span.end});
  return secrets;
}

std::vector<Remark> ClientStream::pending_remarks() const {
  if (mode_ == Mode::kData)
    return {{data_->looks_finished() ? RemarkKind::kTerminatorNotCrlf : RemarkKind::kWaitsInsideData, {}}};
  if (mode_ == Mode::kChunk) return {{RemarkKind::kWaitsInsideChunk, {}}};
  if (pending().empty()) return {};
  // Whoever has written the line end as four characters has thought of it: that is the mistake, and what is missing follows.
  if (pending().ends_with("\\r\\n")) return {{RemarkKind::kLiteralBackslashCrlf, {pending().size() - 4, pending().size()}}};
  return {{RemarkKind::kMissingCrlf, {pending().size(), pending().size()}}};
}

}  // namespace smtp
