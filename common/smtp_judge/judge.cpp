#include "smtp_judge/judge.h"

#include <utility>

#include "smtp_judge/endings.h"
#include "smtp_judge/lines.h"
#include "smtp_judge/scene.h"

namespace smtp_judge {

struct Judge::Parts {
  Scene scene;
  Lines lines{scene};
  Endings endings{scene, lines};
  bool has_begun = false;

  explicit Parts(Server server) : scene{std::move(server), {}, {}, {}, {}} {}
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void follow(const dialogue::Event& event) {
    while (const auto moment = scene.reading.next()) {
      switch (*moment) {
        case Moment::kSaid: lines.said(scene.reading.turn().line); break;
        case Moment::kAnswered: lines.answered(scene.reading.turn()); break;
        case Moment::kUnasked: break;
        case Moment::kSecured: endings.secured(); break;
        case Moment::kClosed: endings.closed(event); break;
      }
    }
    endings.look_at_first_octets();
  }
};

Judge::Judge(Server server) : server_(std::move(server)), parts_(std::make_unique<Parts>(server_)) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::take(const dialogue::Event& event) {
  if (event.kind == dialogue::Kind::kConnected && parts_->has_begun) {
    auto fresh = std::make_unique<Parts>(server_);
    parts_ = std::move(fresh);
  }
  parts_->has_begun = true;
  if (event.kind == dialogue::Kind::kConnected) parts_->endings.connected(event.at);
  quiet(event.pieces.empty() ? event.at : event.pieces.front().at);
  parts_->scene.reading.take(event);
  parts_->follow(event);
}

void Judge::quiet(std::chrono::microseconds now, std::string_view untold) { parts_->endings.quiet(now, untold); }

std::vector<findings::Finding> Judge::take_findings() { return parts_->scene.ledger.take(); }

}  // namespace smtp_judge
