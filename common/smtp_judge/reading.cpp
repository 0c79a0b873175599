#include "smtp_judge/reading.h"

#include <algorithm>
#include <utility>

#include "findings/heard_in_part.h"
#include "smtp/line_scan.h"

namespace smtp_judge {
namespace {

using smtp::Input;

constexpr std::size_t kKeptOfMessage = std::size_t{1} << 20U;
constexpr std::size_t kRepliesKept = 32;  // whoever is further ahead than that waits for nothing
constexpr std::string_view kEndOfData = "\r\n.\r\n";
// So long a server has said nothing: whoever does not wait for it has spoken by then.
constexpr std::chrono::milliseconds kLongSilence{100};
constexpr smtp::CommandLeniency kLenient{true, true, true, true};
constexpr smtp::InputSet kRepeated = smtp::InputSet(Input::kMail) | Input::kRcpt | Input::kData;

smtp::LineEnd end_of(std::string_view line) {
  if (line.ends_with("\r\n")) return smtp::LineEnd::kCrlf;
  return line.ends_with('\n') ? smtp::LineEnd::kLf : smtp::LineEnd::kNone;
}

// RFC 5321 §4.5.2: of a line that begins with a dot, it is taken out. The line that is only a dot is left out.
void unstuff(Line& line) {
  std::string_view data = line.bytes;
  line.zeros = std::min(data.find_first_not_of('\0'), data.size());
  data.remove_prefix(line.zeros);
  if (data.ends_with(kEndOfData)) {
    data.remove_suffix(3);
  } else if (data == ".\r\n") {
    data = {};
  } else if (const std::size_t last = data.find_last_not_of("\r\n"); line.is_forced && last != std::string_view::npos) {
    const bool is_dot = data[last] == '.' && (last == 0 || data[last - 1] == '\n' || data[last - 1] == '\r');
    if (is_dot) data = data.substr(0, last);  // what the server took for the end
  }
  // Most messages have no such dot: one look at all octets, many at once.
  const bool is_plain =
      data.size() > 1 && data.front() != '.' && smtp::smooth_octets(data.data() + 1, data.size() - 1) == data.size() - 1;
  line.is_smooth = is_plain && data.front() != '\n' && data.back() != '\r';
  if (is_plain) {
    line.message.assign(data);
    return;
  }
  std::size_t at = data.starts_with('.') ? 0 : std::string_view::npos;
  std::size_t copied = 0;
  line.message.reserve(data.size());
  if (at == std::string_view::npos) at = data.find("\r\n.");
  for (; at != std::string_view::npos; at = data.find("\r\n.", copied)) {
    const std::size_t dot = data[at] == '.' ? at : at + 2;
    line.message.append(data.substr(copied, dot - copied));
    line.dots.push_back(line.message.size());
    copied = dot + 1;
  }
  line.message.append(data.substr(copied));
}

// The first CRLF.CRLF from there on. Between two dots behind a LF, and line ends other than CRLF, many octets are passed at
// once.
std::size_t find_end(std::string_view data, std::size_t from) {
  for (std::size_t at = from + 1; at < data.size(); ++at) {
    at += smtp::smooth_octets(data.data() + at, data.size() - at);
    if (at < data.size() && data[at] == '.' && at >= 2 && data.substr(at - 2, kEndOfData.size()) == kEndOfData) return at - 2;
  }
  return std::string_view::npos;
}

}  // namespace

void Reading::take(const dialogue::Event& event) {
  switch (event.kind) {
    case dialogue::Kind::kConnected:
      turn_.event = event.number;
      line_ended_ = event.at;
      break;
    case dialogue::Kind::kClient: take_client(event); break;
    case dialogue::Kind::kServer: take_server(event); break;
    case dialogue::Kind::kSecured: secured_ = true; break;
    case dialogue::Kind::kClosed: closed_ = true; break;
    case dialogue::Kind::kNote: break;
  }
}

void Reading::take_client(const dialogue::Event& event) {
  client_.add(event.number, event.bytes.size(), event.pieces, event.at);
  buffer_.append(event.bytes);
  last_octet_ = std::max(last_octet_, event.at);
  if (mode_ == Mode::kMessage && pending().size() > kLongestMessage) cut_message();
}

void Reading::cut_message() {
  const std::size_t begin = read_ + kKeptOfMessage;
  const std::size_t end = buffer_.size() - kLongestLine;
  // What was not looked through yet may hold the end.
  if (message_octets() != std::string_view::npos) return;
  buffer_.erase(begin, end - begin);
  cut_ += end - begin;
  searched_ -= std::min(searched_, end - begin);
}

void Reading::take_server(const dialogue::Event& event) {
  replies_.receive(event.bytes);
  last_reply_ = std::max(last_reply_, event.at);
  for (;;) {
    auto received = replies_.next();
    if (!received) continue;  // it has dropped what is no reply
    if (!*received) return keep_partial(event);
    Heard heard{std::move((*received)->reply), event.number, std::move((*received)->bytes), event.pieces, event.at, event.at};
    if (!heard.pieces.empty()) heard.first = heard.pieces.front().at;
    heard_.push_back(std::move(heard));
  }
}

// A reply that may never become whole. Where a whole one stands before it in the event, nobody knows its times.
void Reading::keep_partial(const dialogue::Event& event) {
  partial_.reset();
  if (replies_.pending().empty() || replies_.pending().size() != event.bytes.size() || event.pieces.empty()) return;
  const auto never = microseconds::max();
  partial_ = Heard{{}, event.number, std::string(replies_.pending()), event.pieces, event.pieces.front().at, never};
}

std::optional<Moment> Reading::next() {
  unasked_.reset();
  if (ended_) return std::nullopt;
  if (waiting_ && !heard_.empty()) {
    answer();
    return Moment::kAnswered;
  }
  if (!waiting_ && mode_ == Mode::kMessage && read_message()) return Moment::kSaid;
  if (!waiting_ && (mode_ == Mode::kCommands || mode_ == Mode::kLogin) && read_line()) return Moment::kSaid;
  if (!heard_.empty()) {
    // A server that answers has seen the end of the message, whatever it looked like.
    if (mode_ == Mode::kMessage && !pending().empty() && heard_.front().code() != 421) {
      make_message(pending().size(), true);
      return Moment::kSaid;
    }
    unasked_ = std::move(heard_.front());
    heard_.pop_front();
    if (unasked_->code() == 421) known_.is_over = true;
    return Moment::kUnasked;
  }
  return end();
}

std::optional<Moment> Reading::end() {
  if (std::exchange(secured_, false)) {
    consume(pending().size());
    cut_ = 0;
    mode_ = Mode::kCommands;
    known_.secured();
    return Moment::kSecured;
  }
  if (!closed_) return std::nullopt;
  // What was never answered is told all the same.
  if (waiting_ && partial_) last_heard_ = *std::exchange(partial_, std::nullopt);
  if (waiting_ && read_line()) {
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
    make_line(octets.size(), Input::kUnknown);
    return true;
  }
  // Nobody knows whether LF CR is meant for the end of this line until the next octet is there.
  make_line(lf + 1, mode_ == Mode::kLogin ? Input::kAuthResponse : Input::kUnknown);
  return turn_.line.chunk_begin == 0 || take_chunk();
}

void Reading::next_turn() {
  if (turn_.heard) std::swap(last_heard_, *turn_.heard);
  turn_.heard.reset();
  turn_.event = 0;
  turn_.line.clear();
}

void Reading::make_line(std::size_t octets, Input input) {
  next_turn();
  Line& line = turn_.line;
  line.begin = pending_begin();
  line.bytes.assign(pending().substr(0, octets));
  line.line_end = end_of(line.bytes);
  line.input = input;
  if (input == Input::kUnknown) {
    parse(line);
    line.input = line.parsed.command ? line.parsed.command->verb : line.parsed.command.error().verb;
  }
  if (line.is(Input::kBdat) && known_.extensions.offers("CHUNKING")) {
    line.chunk_begin = octets;
    return;
  }
  consume(octets);
  measure_haste(line);
  waiting_ = true;
}

// Whoever sends several messages says most commands again, octet for octet.
void Reading::parse(Line& line) {
  const std::string_view text = line.text();
  const auto known = std::find_if(parsed_.begin(), parsed_.end(), [&](const Parsed& one) { return one.text == text; });
  if (known != parsed_.end() && !text.empty()) {
    line.parsed = known->command;
    return;
  }
  line.parsed = smtp::parse_command(text, kLenient);
  if (!line.parsed.command || !kRepeated.has(line.parsed.command->verb)) return;
  parsed_[next_parsed_] = {std::string(text), line.parsed};
  next_parsed_ = (next_parsed_ + 1) % parsed_.size();
}

// RFC 3030 §2: the octets that the BDAT counts belong to it. They are looked for again when they are not all there.
bool Reading::take_chunk() {
  Line& line = turn_.line;
  const std::uint64_t octets = line.chunk_begin + line.parsed.command->chunk_size;
  if (pending().size() < octets) return false;
  line.bytes = pending().substr(0, static_cast<std::size_t>(octets));
  line.line_end = smtp::LineEnd::kNone;
  consume(line.bytes.size());
  measure_haste(line);
  if (line.parsed.command->is_last) line.input = Input::kMessage;
  waiting_ = true;
  return true;
}

bool Reading::read_message() {
  const std::size_t octets = message_octets();
  if (octets == std::string_view::npos) return false;
  make_message(octets, false);
  return true;
}

// Of the pending ones, with its end; npos when that has not come.
std::size_t Reading::message_octets() {
  const std::string_view data = pending();
  if (data.starts_with(".\r\n")) return 3;
  const std::size_t from = searched_ - std::min(searched_, kEndOfData.size() - 1);
  const std::size_t end = find_end(data, from);
  if (end == std::string_view::npos) {
    searched_ = data.size();
    return end;
  }
  return end + kEndOfData.size();
}

void Reading::make_message(std::size_t octets, bool forced) {
  next_turn();
  Line& line = turn_.line;
  line.input = Input::kMessage;
  line.begin = pending_begin();
  line.bytes.assign(pending().substr(0, octets));
  line.is_forced = forced;
  line.is_cut = std::exchange(cut_, 0) > 0;
  consume(octets);
  measure_haste(line);
  unstuff(line);
  mode_ = Mode::kCommands;
  waiting_ = true;
}

void Reading::measure_haste(Line& line) {
  // Zeros of a buffer that was sent whole, and a CR of a line end the wrong way round, belong to what came before.
  const std::size_t own = std::min(line.bytes.find_first_not_of(std::string_view("\0\r", 2)), line.bytes.size() - 1);
  line.first = client_.when(line.begin + own);
  line.last = client_.when(line.end() - 1);
  const microseconds before = std::exchange(line_ended_, line.last);
  line.is_joined = line.begin > 0 && line.first == before;
  // In their order: those that begin later are the last ones.
  const auto earlier = std::find_if(begun_.rbegin(), begun_.rend(), [&](microseconds one) { return one <= line.first; });
  line.early = static_cast<std::size_t>(earlier - begun_.rbegin());
  if (line.early > 0 || line.first >= last_heard_.last) return;
  const Heard& heard = last_heard_;
  const auto octets = findings::heard_in_part(heard.bytes, heard.pieces, line.first);
  if (!octets) return;
  line.heard_octets = *octets;
  line.has_waited = heard.first - before >= kLongSilence;
  line.heard_a_line = std::string_view(heard.bytes).substr(0, line.heard_octets).find('\n') != std::string_view::npos;
}

void Reading::answer() {
  waiting_ = false;
  turn_.heard = std::move(heard_.front());
  heard_.pop_front();
  known_.answered(turn_, claimed_user_);
  begun_.push_back(turn_.heard->first);
  if (begun_.size() > kRepliesKept) begun_.pop_front();
  follow_mode();
}

void Reading::follow_mode() {
  const int code = turn_.heard->code();
  const Input input = turn_.line.input;
  mode_ = Mode::kCommands;
  searched_ = 0;
  if (input == Input::kData && code / 100 == 3) mode_ = Mode::kMessage;
  if ((input == Input::kAuth || input == Input::kAuthResponse) && code == 334) mode_ = Mode::kLogin;
  if (input == Input::kStarttls && code == 220) mode_ = Mode::kHandshake;
  if (input == Input::kQuit) known_.said_quit = true;
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

}  // namespace smtp_judge
