// Of a message that goes out in pieces, what people see of it: nobody reads a picture in base64.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace commands {

class Excerpt {
 public:
  // show: gets the octets of the beginning, whole lines at once.
  explicit Excerpt(std::function<void(const std::string&)> show) : show_(std::move(show)) {}

  // The next octets of the message.
  void add(std::string_view octets);

  // When all of it came: how many lines were neither shown nor are among the last(). Begins anew.
  struct Rest {
    std::size_t left_out = 0;
    std::string last;  // the last lines, for whoever shows what was remarked upon them
  };
  [[nodiscard]] Rest take_rest();

  // More than both together is shortened.
  static constexpr std::size_t kFirstLines = 60;
  static constexpr std::size_t kLastLines = 5;

 private:
  std::function<void(const std::string&)> show_;
  std::string line_;              // that has no end yet
  std::size_t lines_ = 0;         // that have one
  std::deque<std::string> last_;  // of those that were not shown
};

}  // namespace commands
