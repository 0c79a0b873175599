#include "imap_judge/reading.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "findings/heard_in_part.h"

namespace imap_judge {
namespace {

using imap::Condition;
using imap::Frame;
using imap::Input;
using imap::response::Continuation;
using imap::response::Response;
using imap::response::Status;

constexpr std::size_t kAnswersKept = 32;  // whoever is further ahead than that waits for nothing
const imap::StreamLimits kLimits;

Condition condition_of(imap::response::Condition condition) {
  switch (condition) {
    case imap::response::Condition::kOk: return Condition::kOk;
    case imap::response::Condition::kNo: return Condition::kNo;
    case imap::response::Condition::kBad: return Condition::kBad;
    case imap::response::Condition::kPreauth: return Condition::kPreauth;
    case imap::response::Condition::kBye: return Condition::kBye;
  }
  return Condition::kBad;
}

// It may be answered by "+".
bool may_go_on(Input input) {
  return input == Input::kLiteral || input == Input::kAuthenticate || input == Input::kAuthResponse || input == Input::kIdle;
}

}  // namespace

Reading::Reading() : stream_(kLimits) { stream_.set_logged_in(true); }

void Reading::take(const dialogue::Event& event) {
  switch (event.kind) {
    case dialogue::Kind::kConnected: turn_.event = event.number; break;
    case dialogue::Kind::kClient:
      client_.add(event.number, event.bytes.size(), event.pieces, event.at);
      stream_.receive(event.bytes);
      last_octet_ = std::max(last_octet_, event.at);
      break;
    case dialogue::Kind::kServer:
      answers_.take(event);
      last_answer_ = std::max(last_answer_, event.at);
      break;
    case dialogue::Kind::kSecured: secured_ = true; break;
    case dialogue::Kind::kClosed: closed_ = true; break;
    case dialogue::Kind::kNote: break;
  }
}

std::optional<Moment> Reading::next() {
  if (ended_) return std::nullopt;
  if (waiting_) {
    if (const auto moment = hear()) return moment;
    return end();
  }
  if (mode_ != Mode::kHandshake && read_line()) return Moment::kSaid;
  if (const auto response = answers_.next()) {
    known_.learn({}, *response);
    const auto* const status = std::get_if<Status>(&*response);
    if (status != nullptr && status->condition == imap::response::Condition::kBye) known_.is_over = known_.said_bye = true;
    answers_.drop();
    return Moment::kUnasked;
  }
  return end();
}

// The answer, as far as it is there.
std::optional<Moment> Reading::hear() {
  while (auto response = answers_.next()) {
    if (is_answer(*response)) {
      answer(*response);
      return Moment::kAnswered;
    }
    count(*response);
    known_.learn(turn_.line, *response);
  }
  return std::nullopt;
}

// Nobody knows any more who is right when the server has said what is no response.
std::optional<Moment> Reading::end() {
  if (answers_.is_lost()) {
    ended_ = closed_;
    return std::nullopt;
  }
  if (std::exchange(secured_, false)) {
    stream_.forget();
    read_ = command_begin_ = client_.end();
    mode_ = Mode::kCommands;
    go_on();
    known_.secured();
    return Moment::kSecured;
  }
  if (!closed_) return std::nullopt;
  // What was never answered is told all the same.
  if (waiting_ && mode_ != Mode::kHandshake && turn_.line.input != Input::kLiteral && read_line()) {
    turn_.line.unanswered = true;
    turn_.line.early = turn_.line.heard_octets = 0;
    return Moment::kSaid;
  }
  ended_ = true;
  return Moment::kClosed;
}

bool Reading::read_line() {
  auto frame = stream_.next();
  if (!frame) return false;
  make_line(std::move(*frame));
  return true;
}

void Reading::make_line(Frame frame) {
  turn_ = {};
  hearing_ = {};
  Line& line = turn_.line;
  line.begin = command_begin_;
  line.fresh = static_cast<std::size_t>(read_ - command_begin_);
  line.bytes = std::move(frame.bytes);
  line.line_end = frame.line_end;
  line.is_too_long = frame.kind == Frame::Kind::kTooLong;
  if (line.is_too_long) {
    line.input = Input::kUnknown;
    line.fresh = 0;
    line.line_end = protocol::LineEnd::kNone;
    line.parsed = imap::parse_command(line.text());
    line.parsed.command.reset();
  } else if (frame.kind == Frame::Kind::kLine) {
    line.input = mode_ == Mode::kLogin ? Input::kAuthResponse : Input::kDone;
  } else {
    line.parsed = imap::parse_command(line.text());
    line.input = frame.kind == Frame::Kind::kLiteral ? Input::kLiteral : line.parsed.verb;
  }
  read_ += frame.octets;
  if (frame.kind != Frame::Kind::kLiteral) command_begin_ = read_;
  measure_haste(line);
  client_.forget_before(line.begin);
  waiting_ = true;
}

void Reading::measure_haste(Line& line) {
  // Zeros of a buffer that was sent whole, and a CR of a line end the wrong way round, belong to what came before.
  const std::size_t last = std::max<std::size_t>(line.bytes.size(), line.fresh + 1) - 1;
  const std::size_t own = std::min(line.bytes.find_first_not_of(std::string_view("\0\r", 2), line.fresh), last);
  line.first = client_.when(line.begin + own);
  const microseconds before = std::exchange(line_ended_, client_.when(read_ - 1));
  line.is_joined = line.begin + line.fresh > 0 && line.first == before;
  line.early = static_cast<std::size_t>(
      std::count_if(before_.begin(), before_.end(), [&](const Given& one) { return line.first < one.heard.first; }));
  if (line.early > 0 || before_.empty() || line.first >= before_.back().heard.last) return;
  const Heard& heard = before_.back().heard;
  if (const auto octets = findings::heard_in_part(heard.bytes, heard.pieces, line.first)) line.heard_octets = *octets;
}

// Whether it ends what is waited for. What has no tag is answered without one; who takes its first word for one repeats that.
bool Reading::is_answer(const Response& response) const {
  const Line& line = turn_.line;
  if (std::holds_alternative<Continuation>(response)) return may_go_on(line.input);
  const auto* const status = std::get_if<Status>(&response);
  if (status == nullptr) return false;
  if (!status->tag.empty()) return !line.is_connection();
  if (line.is_connection()) return true;
  if (status->condition == imap::response::Condition::kBye) return !line.is(Input::kLogout);
  const bool is_bad = status->condition == imap::response::Condition::kBad;
  const bool has_no_tag = line.parsed.tag.empty() || line.parsed.verb == Input::kUnknown;
  return is_bad && has_no_tag && line.input != Input::kAuthResponse && line.input != Input::kDone;
}

// One of the data before it.
void Reading::count(const Response& response) {
  ++hearing_.data;
  if (std::holds_alternative<imap::response::Fetched>(response)) ++hearing_.fetched;
  const auto* const status = std::get_if<Status>(&response);
  if (status != nullptr && status->condition == imap::response::Condition::kOk) hearing_.says_ok = true;
}

void Reading::answer(const Response& response) {
  waiting_ = false;
  Heard heard = std::exchange(hearing_, {});
  if (const auto* const status = std::get_if<Status>(&response)) {
    heard.condition = condition_of(status->condition);
    heard.tag = status->tag;
    heard.code = status->code;
    heard.text = status->text;
  } else {
    heard.condition = Condition::kMore;
    heard.text = std::get<Continuation>(response).text;
  }
  answers_.end(heard);
  turn_.heard = std::move(heard);
  known_.answered(turn_);
  if (!before_.empty()) before_.back().heard.bytes = {};
  std::string bytes = std::exchange(turn_.line.bytes, {});
  before_.push_back({turn_.line, *turn_.heard});
  turn_.line.bytes = std::move(bytes);
  if (before_.size() > kAnswersKept) before_.pop_front();
  const bool is_asked = turn_.heard->is_more();
  const Input input = turn_.line.input;
  mode_ = Mode::kCommands;
  if (is_asked && (input == Input::kAuthenticate || input == Input::kAuthResponse)) mode_ = Mode::kLogin;
  if (is_asked && input == Input::kIdle) mode_ = Mode::kIdle;
  if (turn_.line.is(Input::kStarttls) && turn_.heard->is_ok() && !known_.encrypted) mode_ = Mode::kHandshake;
  go_on();
}

// How the octets are read that come next.
void Reading::go_on() {
  const bool is_literal = turn_.heard && turn_.line.input == Input::kLiteral;
  if (is_literal && turn_.heard->is_more()) {
    stream_.go_ahead();
  } else if (is_literal) {
    stream_.refuse();
    command_begin_ = read_;
  }
  const bool takes_lines = mode_ == Mode::kLogin || mode_ == Mode::kIdle;
  stream_.expect(takes_lines ? imap::ClientStream::Mode::kLines : imap::ClientStream::Mode::kCommands);
}

}  // namespace imap_judge
