// What a server says, cut into answers: how far one goes depends on what it answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dialogue/event.h"
#include "findings/track.h"
#include "pop3/dots.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

// Whether +OK is followed by lines up to a dot.
enum class Form : std::uint8_t {
  kOneLine,
  kManyLines,
  kEither,  // the next line shows it: AUTH alone, which no RFC knows and many servers answer by a list
};

class Answers {
 public:
  void take(const dialogue::Event& event);
  // The next answer, when all of it is there. What is no answer is passed over.
  [[nodiscard]] std::optional<Heard> next(Form form);
  // Octets came that belong to none given so far.
  [[nodiscard]] bool has_more() const { return read_ < buffer_.size(); }

 private:
  bool begin();
  bool read_body(Form form);
  void consume(std::size_t octets);
  [[nodiscard]] std::string_view unread() const { return std::string_view(buffer_).substr(read_); }

  findings::Track track_;
  std::string buffer_;
  std::size_t read_ = 0;
  std::uint64_t begin_ = 0;      // places: of the answer …
  std::uint64_t place_ = 0;      // … and of what is read next
  std::optional<Heard> answer_;  // its first line is there
  std::optional<pop3::DotReader> dots_;
};

}  // namespace pop3_judge
