#include "smtp/client_stream.h"

#include <algorithm>

#include "core/text.h"
#include "smtp/auth_line.h"

namespace smtp {
namespace {

constexpr std::size_t kIdleCapacity = 4096;  // an idle connection keeps no larger buffer
constexpr std::size_t kPendingShown = 64;    // octets of unfinished mail data that pending() shows
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
  // Mail data goes straight to its reader: it is the bulk of all octets, and copying it twice would be felt.
  if (mode_ == Mode::kData && unread().empty() && !data_->is_done()) bytes.remove_prefix(data_->receive(bytes));
  buffer_.append(bytes);
}

void ClientStream::set_mode(Mode mode) {
  if (mode == Mode::kData && mode_ != Mode::kData) data_.emplace(limits_->message, line_ends_ == LineEnds::kLenient);
  mode_ = mode;
  searched_ = begin_;
}

void ClientStream::expect_response(bool is_secret, bool is_plain) {
  line_is_secret_ = is_secret;
  line_is_plain_ = is_plain;
}

std::optional<Said> ClientStream::next() { return mode_ == Mode::kData ? next_message() : next_line(); }

void ClientStream::consume(std::size_t octets) {
  begin_ += octets;
  searched_ = begin_;
  if (begin_ == buffer_.size()) {
    if (buffer_.capacity() > kIdleCapacity) {
      buffer_ = std::string();
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
  if (skipping_) return skip_line();
  const std::size_t limit = mode_ == Mode::kAuth ? limits_->auth_line : limits_->command_line;
  const std::size_t lf = buffer_.find('\n', searched_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  if (length > limit) {
    skipping_ = true;
    discarded_ = 0;
    kept_ = buffer_.substr(begin_, std::min<std::size_t>(limit, kPendingShown));
    return skip_line();
  }
  if (lf == std::string::npos) {
    searched_ = buffer_.size();
    return std::nullopt;
  }
  Said said = read_line(buffer_.substr(begin_, length));
  consume(length);
  return said;
}

std::optional<Said> ClientStream::skip_line() {
  const std::size_t lf = buffer_.find('\n', begin_);
  const std::size_t length = (lf == std::string::npos ? buffer_.size() : lf + 1) - begin_;
  discarded_ += length;
  consume(length);
  if (lf == std::string::npos || gave_up()) return std::nullopt;  // the same in any chunking
  skipping_ = false;
  Said said;
  said.input = mode_ == Mode::kAuth ? Input::kAuthResponse : Input::kUnknown;
  said.bytes = std::move(kept_);
  said.line_end = LineEnd::kNone;
  said.fault =
      CommandError{CommandFault::kTooLong, said.input, {core::Blame::kPeer, "the line is too long", "RFC 5321 §4.5.3.1.4", {}}};
  said.remarks.push_back({RemarkKind::kLineTooLong, {0, said.bytes.size()}});
  if (mode_ == Mode::kAuth && line_is_secret_) said.secrets.push_back({0, said.bytes.size()});
  kept_.clear();
  return said;
}

Said ClientStream::read_line(std::string with_end) const {
  Said said;
  said.line_end = end_of(with_end);
  said.bytes = std::move(with_end);
  if (mode_ == Mode::kAuth) {
    said.input = Input::kAuthResponse;
    if (line_is_secret_ && said.line() != "*") said.secrets.push_back({0, said.line().size()});
    remark_response(said.line(), 0, line_is_plain_, said.remarks);
  } else {
    ParsedCommand parsed = parse_command(said.line(), leniency_);
    said.remarks = std::move(parsed.remarks);
    said.secrets = std::move(parsed.secrets);
    if (parsed.command) {
      said.input = parsed.command->verb;
      said.command = std::move(*parsed.command);
    } else {
      said.input = parsed.command.error().verb;
      said.fault = std::move(parsed.command.error());
    }
  }
  if (said.line_end == LineEnd::kLf)
    said.remarks.push_back({RemarkKind::kBareLfCommand, {said.bytes.size() - 1, said.bytes.size()}});
  return said;
}

std::optional<Said> ClientStream::next_message() {
  if (!data_->is_done()) {
    const std::size_t taken = data_->receive(unread());
    consume(taken);
  }
  if (!data_->is_done()) return std::nullopt;
  Said said;
  said.input = Input::kMessage;
  said.message = std::move(data_->message());
  said.message_size = data_->size();
  said.too_large = data_->too_large();
  if (data_->has_bare_lf()) said.remarks.push_back({RemarkKind::kBareLfData, {}});
  data_.reset();
  mode_ = Mode::kCommand;
  return said;
}

std::string_view ClientStream::pending() const {
  if (mode_ != Mode::kData) return skipping_ ? std::string_view(kept_) : unread();
  const std::string_view message = data_->message();
  return message.substr(message.size() - std::min(message.size(), kPendingShown));
}

std::vector<Remark> ClientStream::pending_remarks() const {
  if (mode_ == Mode::kData)
    return {{data_->looks_finished() ? RemarkKind::kTerminatorNotCrlf : RemarkKind::kWaitsInsideData, {}}};
  if (pending().empty()) return {};
  return {{RemarkKind::kMissingCrlf, {pending().size(), pending().size()}}};
}

}  // namespace smtp
