// What a program has as standard input, output and error.
#pragma once

#include <string>

namespace program {

class Streams {
 public:
  Streams() = default;
  virtual ~Streams() = default;
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  // The program's ends.
  [[nodiscard]] virtual int input() const = 0;
  [[nodiscard]] virtual int output() const = 0;
  [[nodiscard]] virtual int error() const = 0;
  // There is a pseudo-terminal among them which whoever runs the program makes its own.
  [[nodiscard]] virtual bool has_keyboard() const = 0;

  virtual void begin() = 0;  // the program has begun
  virtual void pause_keyboard() {}
  virtual void resume_keyboard() {}
  virtual void drain() = 0;  // what it has written so far passes: when it has ended, or before it is looked at
  // The end of what it wrote to its standard error, and to anything that goes to the same place.
  [[nodiscard]] virtual std::string said() const = 0;
};

}  // namespace program
