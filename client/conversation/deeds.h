// What a client did in a dialogue, and what of it is still to be done again.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace client {

// One thing that the client did, as it can be done again.
struct Deed {
  std::string bytes;                 // sent exactly as they are
  bool connects = false;             // instead: a new connection
  std::chrono::milliseconds wait{};  // how long it was waited for before it
  bool is_proposed = false;          // it was not the person's own idea
  std::size_t server = 0;            // to which server of the path it connects (scenario::server_of)
};

class Deeds {
 public:
  // What goes out in place of the octet string that was sent as this one of all(); nothing: the same again.
  using Renew = std::function<std::optional<std::string>(std::size_t number)>;

  void did(Deed deed) { done_.push_back(std::move(deed)); }

  // What was done, one entry a deed, and behind it what is still to be done.
  [[nodiscard]] std::deque<Deed> all() const;

  // From the beginning: nothing was done yet, and these are to be done. renew may be empty.
  void do_again(std::deque<Deed> deeds, Renew renew);
  // Lines of somebody's own, to be sent one after the other.
  void do_in_turn(const std::vector<std::string>& lines);

  [[nodiscard]] bool are_left() const { return !left_.empty(); }
  // How long it has to be waited for before the next one. REQUIRES: are_left().
  [[nodiscard]] std::chrono::milliseconds wait() const { return left_.front().wait; }
  // The next one, renewed. REQUIRES: are_left().
  [[nodiscard]] Deed take_next();
  // The connection is gone: what was still to be said on it cannot be said any more.
  void drop_connection();
  // Instead of that: a deed of somebody's own ends the connection, and what is left goes on behind it.
  [[nodiscard]] std::deque<Deed> take_left() { return std::exchange(left_, {}); }
  void put_back(std::deque<Deed> left) { left_ = std::move(left); }

 private:
  std::deque<Deed> done_;
  std::deque<Deed> left_;
  Renew renew_;
};

}  // namespace client
