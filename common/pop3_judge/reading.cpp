#include "pop3_judge/reading.h"

#include <algorithm>
#include <utility>

#include "findings/heard_in_part.h"

namespace pop3_judge {
namespace {

using pop3::Input;

constexpr std::size_t kAnswersKept = 32;  // whoever is further ahead than that waits for nothing

protocol::LineEnd end_of(std::string_view line) {
  if (line.ends_with("\r\n")) return protocol::LineEnd::kCrlf;
  return line.ends_with('\n') ? protocol::LineEnd::kLf : protocol::LineEnd::kNone;
}

}  // namespace

void Reading::take(const dialogue::Event& event) {
  switch (event.kind) {
    case dialogue::Kind::kConnected: turn_.event = event.number; break;
    case dialogue::Kind::kClient:
      client_.add(event.number, event.bytes.size(), event.pieces, event.at);
      buffer_.append(event.bytes);
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

Form Reading::form() const {
  const Line& line = turn_.line;
  if (line.command() != nullptr) return line.command()->has_many_lines() ? Form::kManyLines : Form::kOneLine;
  return line.input == Input::kAuth && line.is_command() ? Form::kEither : Form::kOneLine;
}

std::optional<Moment> Reading::next() {
  if (ended_) return std::nullopt;
  if (waiting_) {
    if (auto heard = answers_.next(form())) {
      answer(*std::move(heard));
      return Moment::kAnswered;
    }
    return end();
  }
  if (mode_ != Mode::kHandshake && read_line()) return Moment::kSaid;
  if (const auto heard = answers_.next(Form::kOneLine)) {
    if (heard->is_refusal()) known_.is_over = true;  // it gives up waiting, or has to go
    return Moment::kUnasked;
  }
  return end();
}

std::optional<Moment> Reading::end() {
  if (std::exchange(secured_, false)) {
    consume(pending().size());
    mode_ = Mode::kCommands;
    known_.secured();
    return Moment::kSecured;
  }
  if (!closed_) return std::nullopt;
  // What was never answered is told all the same.
  if (waiting_ && mode_ != Mode::kHandshake && read_line()) {
    turn_.line.unanswered = true;
    turn_.line.early = 0;
    return Moment::kSaid;
  }
  ended_ = true;
  return Moment::kClosed;
}

bool Reading::read_line() {
  const std::string_view octets = pending();
  const std::size_t lf = octets.find('\n', searched_);
  if (lf == std::string_view::npos) {
    searched_ = octets.size();
    if (octets.size() < kLongestLine) return false;
    make_line(octets.size());
    return true;
  }
  make_line(lf + 1);
  return true;
}

void Reading::make_line(std::size_t octets) {
  turn_ = {};
  Line& line = turn_.line;
  line.begin = pending_begin();
  line.bytes = pending().substr(0, octets);
  line.line_end = end_of(line.bytes);
  line.input = Input::kAuthResponse;
  if (mode_ != Mode::kLogin) {
    line.parsed = pop3::parse_command(line.text());
    line.input = line.parsed.command ? line.parsed.command->verb : line.parsed.command.error().verb;
  }
  consume(octets);
  measure_haste(line);
  waiting_ = true;
}

void Reading::measure_haste(Line& line) {
  // Zeros of a buffer that was sent whole, and a CR of a line end the wrong way round, belong to what came before.
  const std::size_t own = std::min(line.bytes.find_first_not_of(std::string_view("\0\r", 2)), line.bytes.size() - 1);
  line.first = client_.when(line.begin + own);
  const microseconds before = std::exchange(line_ended_, client_.when(line.end() - 1));
  line.is_joined = line.begin > 0 && line.first == before;
  line.early = static_cast<std::size_t>(
      std::count_if(before_.begin(), before_.end(), [&](const Heard& one) { return line.first < one.first; }));
  if (line.early > 0 || before_.empty() || line.first >= before_.back().last) return;
  const Heard& heard = before_.back();
  if (const auto octets = findings::heard_in_part(heard.bytes, heard.pieces, line.first)) line.heard_octets = *octets;
}

void Reading::answer(Heard heard) {
  waiting_ = false;
  turn_.heard = std::move(heard);
  known_.answered(turn_);
  if (!before_.empty()) before_.back().bytes = {};
  before_.push_back(*turn_.heard);
  if (before_.size() > kAnswersKept) before_.pop_front();
  const Input input = turn_.line.input;
  const bool is_login = input == Input::kAuth || input == Input::kAuthResponse;
  mode_ = Mode::kCommands;
  searched_ = 0;
  if (is_login && turn_.heard->outcome == pop3::Outcome::kMore) mode_ = Mode::kLogin;
  if (turn_.line.is(Input::kStls) && turn_.heard->is_ok() && !known_.encrypted) mode_ = Mode::kHandshake;
}

void Reading::consume(std::size_t octets) {
  read_ += octets;
  searched_ = 0;
  if (read_ == buffer_.size()) {
    buffer_.clear();
    read_ = 0;
  } else if (read_ > kLongestLine) {
    buffer_.erase(0, read_);
    read_ = 0;
  }
  client_.forget_before(pending_begin() - std::min<std::uint64_t>(pending_begin(), octets));
}

}  // namespace pop3_judge
