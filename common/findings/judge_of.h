// A judge, put together from what reads the dialogues of its protocol and what looks for mistakes in them.
#pragma once

#include <memory>
#include <utility>

#include "findings/judge.h"
#include "findings/moment.h"
#include "findings/scene.h"

namespace findings {

// Of each connection: Scene<Reading>, Lines(scene), which hears what is said and answered, and Endings(scene, lines), which
// hears of the connection itself and of silence.
template <typename Reading, typename Lines, typename Endings>
class JudgeOf final : public Judge {
 public:
  explicit JudgeOf(Server server) : server_(std::move(server)), parts_(std::make_unique<Parts>(server_)) {}

  void take(const dialogue::Event& event) override {
    const bool begins = event.kind == dialogue::Kind::kConnected;
    if (begins && has_begun_) parts_ = std::make_unique<Parts>(server_);
    has_begun_ = true;
    if (begins) parts_->endings.connected(event.at);
    quiet(event.pieces.empty() ? event.at : event.pieces.front().at, {});
    parts_->scene.reading.take(event);
    follow(event);
  }

  void quiet(std::chrono::microseconds now, std::string_view untold) override { parts_->endings.quiet(now, untold); }

  std::vector<Finding> take_findings() override { return parts_->scene.ledger.take(); }

 private:
  struct Parts {
    Scene<Reading> scene;
    Lines lines{scene};
    Endings endings{scene, lines};

    explicit Parts(Server server) : scene{std::move(server), {}, {}, {}, {}} {}
  };

  void follow(const dialogue::Event& event) {
    Reading& reading = parts_->scene.reading;
    while (const auto moment = reading.next()) {
      switch (*moment) {
        case Moment::kSaid: parts_->lines.said(reading.turn().line); break;
        case Moment::kAnswered: parts_->lines.answered(reading.turn()); break;
        case Moment::kUnasked: break;
        case Moment::kSecured: parts_->endings.secured(); break;
        case Moment::kClosed: parts_->endings.closed(event); break;
      }
    }
    parts_->endings.look_at_first_octets();
  }

  Server server_;
  std::unique_ptr<Parts> parts_;
  bool has_begun_ = false;
};

}  // namespace findings
