#include "pop3_judge/answers.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "pop3/answer.h"

namespace pop3_judge {
namespace {

constexpr std::size_t kCompactAt = std::size_t{64} * 1024;

}  // namespace

void Answers::take(const dialogue::Event& event) {
  track_.add(event.number, event.bytes.size(), event.pieces, event.at);
  buffer_.append(event.bytes);
}

std::optional<Heard> Answers::next(Form form) {
  if (!answer_ && !begin()) return std::nullopt;
  if (answer_->is_ok() && form != Form::kOneLine && !read_body(form)) return std::nullopt;
  Heard heard = *std::exchange(answer_, std::nullopt);
  heard.octets = place_ - begin_;
  heard.pieces = track_.pieces(begin_, place_);
  if (!heard.pieces.empty()) {
    heard.first = heard.pieces.front().at;
    heard.last = heard.pieces.back().at;
  }
  const auto octets = track_.where(begin_, begin_ + 1);
  if (!octets.empty()) heard.event = octets.front().event;
  track_.forget_before(place_);
  return heard;
}

// The first line.
bool Answers::begin() {
  for (;;) {
    const std::size_t lf = unread().find('\n');
    if (lf == std::string_view::npos) return false;
    const std::string_view line = unread().substr(0, lf + 1);
    const auto answer = pop3::read_first_line(core::without_line_end(line));
    begin_ = place_;
    if (answer) {
      answer_.emplace();
      answer_->outcome = answer->outcome;
      answer_->code = answer->code;
      answer_->text = answer->text;
      answer_->bytes = line;
    }
    consume(lf + 1);
    if (answer_) return true;
  }
}

bool Answers::read_body(Form form) {
  if (form == Form::kEither && !dots_) {
    if (unread().find('\n') == std::string_view::npos) return false;
    if (pop3::read_first_line(core::without_line_end(unread().substr(0, unread().find('\n') + 1)))) return true;
  }
  if (!dots_) dots_.emplace();
  answer_->has_body = true;
  std::string meant;
  const std::size_t octets = dots_->read(unread(), meant);
  const std::size_t room = Heard::kMostKept - std::min(Heard::kMostKept, answer_->bytes.size());
  answer_->bytes.append(unread().substr(0, std::min(octets, room)));
  consume(octets);
  if (!dots_->is_done()) return false;
  dots_.reset();
  return true;
}

void Answers::consume(std::size_t octets) {
  read_ += octets;
  place_ += octets;
  if (read_ == buffer_.size()) {
    buffer_.clear();
    read_ = 0;
  } else if (read_ > kCompactAt) {
    buffer_.erase(0, read_);
    read_ = 0;
  }
}

}  // namespace pop3_judge
