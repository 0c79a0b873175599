#include "imap_judge/literals.h"

#include "core/text.h"
#include "imap_judge/scan.h"

namespace imap_judge {
namespace {

using imap::Input;

bool ends_in_literal(const Line& line) {
  if (!line.is_command() || line.fresh == 0) return false;
  const Scan words = scan(line.text());
  return !words.words.empty() && words.words.back().kind == Word::Kind::kLiteral;
}

bool is_a_command(const Line& line) {
  return line.is_command() && !line.parsed.tag.empty() && line.parsed.verb != Input::kUnknown;
}

}  // namespace

// A line behind a message that is no command belongs to the message.
bool Literals::is_remainder(const Line& line) const {
  return has_brought_ && line.is_joined && !line.text().empty() && !is_a_command(line);
}

bool Literals::take(const Line& line) {
  if (derailed_) {
    if (!is_a_command(line)) return true;
    derailed_.reset();
    return false;
  }
  const bool was_early =
      line.early > 0 && !scene_->reading.before().empty() && scene_->reading.before().back().line.input == Input::kLiteral;
  if (was_early) {
    const core::Span mark{0, line.fresh > 0 ? line.fresh : line.text().size()};
    const Number number = scene_->tell({"literal-without-waiting", mark, true, core::same("+")}, line);
    if (!was_refused_) return false;
    scene_->root = derailed_ = number;
    return true;
  }
  if (!is_remainder(line)) return false;
  scene_->root = derailed_ = scene_->tell(whole("literal-length-wrong", line, false), line);
  return true;
}

void Literals::answered(const Turn& turn) {
  was_refused_ = turn.line.input == Input::kLiteral && turn.heard->is_refusal();
  has_brought_ = ends_in_literal(turn.line);
}

}  // namespace imap_judge
