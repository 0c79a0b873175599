#include "net/driver.h"

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace net {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void append(std::string& batch, std::string bytes) {
  if (batch.empty()) {
    batch = std::move(bytes);
  } else {
    batch += bytes;
  }
}

}  // namespace

Driver::Driver(Loop& loop, Stream& stream, std::function<void()> on_idle, std::function<void()> on_start_tls,
               std::function<void()> on_written)
    : stream_(stream),
      on_idle_(std::move(on_idle)),
      on_start_tls_(std::move(on_start_tls)),
      on_written_(std::move(on_written)),
      loop_(loop) {}

bool Driver::is_pausing() const { return pause_ != nullptr && pause_->is_running(); }

void Driver::cut_pause() {
  pause_->stop();
  on_pause_over();
}

void Driver::perform(core::Actions actions) {
  for (core::Action& action : actions) queue_.push_back(std::move(action));
  if (!is_pausing()) run();
}

void Driver::run() {
  std::string bytes;
  const auto flush = [&] {
    if (bytes.empty()) return;
    stream_.write(std::exchange(bytes, {}));
    if (on_written_) on_written_();
  };
  std::size_t done = 0;
  while (done < queue_.size() && !closing_ && !is_pausing()) {
    std::visit(Overloaded{
                   [&](core::Send& send) { append(bytes, std::move(send.bytes)); },
                   [&](const core::Pause& pause) {
                     flush();
                     if (pause_ == nullptr) pause_ = std::make_unique<Timer>(loop_, [this] { on_pause_over(); });
                     pause_->start(pause.time);
                   },
                   [&](const core::Close&) {
                     flush();
                     stream_.finish();
                     closing_ = true;
                   },
                   [&](const core::Reset&) {
                     flush();
                     stream_.reset();
                     closing_ = true;
                   },
                   [&](const core::StartTls&) {
                     flush();
                     if (on_start_tls_) on_start_tls_();
                   },
               },
               queue_[done]);
    ++done;
  }
  flush();
  if (closing_) done = queue_.size();
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(done));
  if (queue_.empty()) core::Actions().swap(queue_);  // an idle session holds no memory for what it said
}

void Driver::on_pause_over() {
  run();
  if (is_pausing()) return;
  const auto idle = on_idle_;  // a copy: the owner may destroy this driver in it
  if (idle) idle();
}

}  // namespace net
