#include "pop3/client_stream.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "pop3/strangers.h"
#include "protocol/response_remarks.h"

namespace pop3 {
namespace {

constexpr std::size_t kIdleCapacity = 4096;  // an idle connection keeps no larger buffer
constexpr std::size_t kCompactAt = std::size_t{64} * 1024;
constexpr std::size_t kKept = 64;      // octets of a line over its limit that are shown
constexpr std::size_t kMimeLine = 76;  // characters of base64 that a MIME encoder puts on one line

LineEnd end_of(std::string_view line) {
  if (line.ends_with("\r\n")) return LineEnd::kCrlf;
  return line.ends_with('\n') ? LineEnd::kLf : LineEnd::kNone;
}

}  // namespace

void ClientStream::receive(std::string_view bytes) {
  buffer_.append(bytes);
  held_ += bytes.size();
}

void ClientStream::set_sasl(bool on) {
  sasl_ = on;
  searched_ = begin_;
}

void ClientStream::expect_response(bool is_secret, bool is_plain) {
  response_is_secret_ = is_secret;
  response_is_plain_ = is_plain;
}

std::size_t ClientStream::forget() {
  const std::size_t forgotten = std::exchange(held_, 0);
  consume(unread().size());
  sasl_ = skipping_ = after_login_ = false;
  base64_before_lf_ = discarded_ = 0;
  kept_.clear();
  return forgotten;
}

void ClientStream::consume(std::size_t octets) {
  begin_ += octets;
  if (begin_ == buffer_.size()) {
    if (buffer_.capacity() > kIdleCapacity) {
      buffer_ = std::string();
    } else {
      buffer_.clear();
    }
    begin_ = 0;
  } else if (begin_ > kCompactAt) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  searched_ = begin_;
}

std::optional<Said> ClientStream::next() {
  if (skipping_) return skip_line();
  const std::size_t lf = buffer_.find('\n', searched_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  if (length > line_limit()) {
    kept_ = unread().substr(0, std::min(line_limit(), kKept));
    skipping_ = true;
    discarded_ = 0;
    return skip_line();
  }
  if (lf == std::string::npos) {
    searched_ = buffer_.size();
    return std::nullopt;
  }
  Said said = read_line(buffer_.substr(begin_, length));
  consume(length);
  said.octets = length;
  held_ -= length;
  return said;
}

std::size_t ClientStream::line_limit() const {
  const bool may_be_long = sasl_ || core::starts_with_ignoring_case(unread(), "AUTH ");
  return may_be_long ? std::max(limits_->auth_line, limits_->command_line) : limits_->command_line;
}

std::optional<Said> ClientStream::skip_line() {
  const std::size_t lf = buffer_.find('\n', begin_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  discarded_ += length;
  consume(length);
  if (lf == std::string::npos || gave_up()) return std::nullopt;  // the same in any chunking
  Said said;
  said.secrets = secrets_in(kept_);
  after_login_ = after_login_ || sasl_ || parse_command(kept_).begins_login;
  skipping_ = false;
  said.input = sasl_ ? Input::kAuthResponse : Input::kUnknown;
  said.bytes = std::exchange(kept_, {});
  said.octets = std::exchange(discarded_, 0);
  held_ -= said.octets;
  said.line_end = LineEnd::kNone;
  said.fault = CommandError{
      CommandFault::kTooLong, said.input, {core::Blame::kPeer, {"the line is too long", "这一行太长"}, "RFC 2449 §4", {}}};
  said.remarks.push_back({RemarkKind::kLineTooLong, {0, said.bytes.size()}});
  return said;
}

Said ClientStream::read_line(std::string with_end) {
  Said said;
  said.line_end = end_of(with_end);
  said.bytes = std::move(with_end);
  if (sasl_) {
    read_response(said);
    after_login_ = true;
  } else {
    read_command(said);
  }
  const std::size_t size = said.bytes.size();
  if (said.line_end == LineEnd::kLf) said.remarks.push_back({RemarkKind::kBareLf, {size - 1, size}});
  if (!sasl_ && size > limits_->command_line) said.remarks.push_back({RemarkKind::kLineTooLong, {0, size}});
  remark_extra_newline(said);
  return said;
}

void ClientStream::read_response(Said& said) const {
  said.input = Input::kAuthResponse;
  const core::Span whole{0, said.line().size()};
  const bool is_secret = response_is_secret_ && said.line() != "*";
  said.parts.push_back({"response", whole, is_secret});
  if (is_secret) said.secrets.push_back(whole);
  protocol::remark_response(said.line(), sasl::ResponsePlace::kLater, 0, response_is_plain_, said.remarks);
  if (const std::size_t cr = said.line().find('\r'); cr != std::string_view::npos)
    said.remarks.push_back({RemarkKind::kBareCr, {cr, cr + 1}});
}

void ClientStream::read_command(Said& said) {
  ParsedCommand parsed = parse_command(said.line());
  said.remarks = std::move(parsed.remarks);
  said.parts = std::move(parsed.parts);
  said.secrets = std::move(parsed.secrets);
  if (after_login_ && is_login_line(parsed, said.line())) {
    said.secrets.assign(1, {0, said.line().size()});
    said.remarks.push_back({RemarkKind::kLoginIsOver, {0, said.line().size()}});
    // The words of the fault would tell what the mask hides.
    parsed.command.error().error.text = {"this is no POP3 command", "这不是 POP3 命令"};
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
    std::erase_if(said.remarks, [](const Remark& one) { return one.kind == RemarkKind::kEmptyLine; });
    said.remarks.push_back({RemarkKind::kBase64ExtraNewline, {0, said.bytes.size()}});
  }
  if (said.line_end != LineEnd::kLf) return;
  const bool is_command = said.command.has_value();
  if (is_command && said.command->initial_response) base64_before_lf_ = said.command->initial_response->size();
  if (!is_command && (said.input == Input::kAuthResponse || !said.secrets.empty())) base64_before_lf_ = said.line().size();
}

std::vector<core::Span> ClientStream::secrets_in(std::string_view untold) const {
  if (!sasl_) return secrets_in_lines(untold, after_login_);
  const std::size_t line = std::min(untold.find('\n'), untold.size());
  std::vector<core::Span> secrets;
  if (response_is_secret_ && line > 0) secrets.push_back({0, line});
  for (const core::Span& span : secrets_in_lines(untold.substr(line), true))
    secrets.push_back({line + span.begin, line + span.end});
  return secrets;
}

std::vector<Remark> ClientStream::pending_remarks() const {
  const std::size_t size = pending().size();
  if (size == 0) return {};
  if (begins_tls(pending())) return {{RemarkKind::kTlsOnPlainPort, {0, 2}}};
  // Whoever has written the line end as four characters has thought of it: that is the mistake, and what is missing follows.
  if (pending().ends_with("\\r\\n")) return {{RemarkKind::kLiteralBackslashCrlf, {size - 4, size}}};
  return {{RemarkKind::kMissingLineEnd, {size, size}}};
}

}  // namespace pop3
