#include "smtp_judge/strays.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/nearest.h"
#include "core/text.h"
#include "smtp/credentials.h"

namespace smtp_judge {
namespace {

using smtp::Input;

// Nobody begins a line of a letter like that by accident.
constexpr smtp::InputSet kUnmistakable = smtp::InputSet(Input::kHelo) | Input::kEhlo | Input::kMail | Input::kRcpt |
                                         Input::kData | Input::kRset | Input::kQuit | Input::kAuth | Input::kStarttls |
                                         Input::kBdat;

bool is_command(const Line& line) { return line.parsed.command && kUnmistakable.has(line.input); }
bool is_dot(const Line& line) { return line.text() == "."; }
bool is_text(const Line& line) { return line.input == Input::kUnknown && !line.text().empty(); }

// One word in capitals, and nearly a command: somebody has mistyped it. "Hello" begins a letter.
bool is_misspelt(const Line& line) {
  const std::string_view text = core::trim(line.text());
  if (text.size() < 3 || text.size() > 9 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return false;
  std::vector<std::string_view> verbs;
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (!row.verb.empty()) verbs.push_back(row.verb);
  }
  return !core::nearest(text, verbs).empty();
}

// "\0DATA": octets that are none of a command stand before it, and the server does not know it.
bool is_spoilt_data(const Line& line) {
  if (line.input != Input::kUnknown) return false;
  std::string_view text = line.text();
  const auto is_stranger = [](char c) { return core::is_control(c) || c == ' '; };
  while (!text.empty() && is_stranger(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_stranger(text.back())) text.remove_suffix(1);
  return core::equals_ignoring_case(text, smtp::row(Input::kData).verb);
}

findings::Sight whole(std::string_view id, const Line& line, bool certain = true) {
  return {id, {0, line.text().size()}, certain, {}};
}

}  // namespace

bool Strays::take(const Line& line) {
  const std::optional<Number> torn = torn_before(line);
  const std::optional<Number> begun = std::exchange(address_goes_on_, std::nullopt);
  if (begun && is_text(line) && (torn || line.text().find('@') != std::string_view::npos)) {
    scene_->tell(whole("unknown-command", line), line, begun);
    if (torn) scene_->slip = torn;  // the client reads one answer, and each of the two lines gets one
    return true;
  }
  return take_body(line) || take_login(line) || take_rest(line);
}

bool Strays::take_body(const Line& line) {
  if (!in_body_) return false;
  const bool is_first = std::exchange(is_first_, false);
  if (is_command(line) || (is_first && is_misspelt(line))) {
    in_body_ = false;
    return false;
  }
  const Number number = scene_->tell(whole("body-after-refused-data", line), line, scene_->root);
  if (!scene_->root) scene_->root = number;
  // The client reads one answer to all of it, and each line gets one.
  if (!is_first && !scene_->slip) scene_->slip = scene_->root;
  return true;  // to the next command: a dot may stand in the text
}

bool Strays::take_login(const Line& line) {
  if (!after_login_ || line.bytes.starts_with('\0')) return false;  // a zero of the line before tells nothing of this one
  if (line.text().empty()) return scene_->slip.has_value() && scene_->slip == scene_->root;
  if (!smtp::is_login_line(line.parsed, line.text())) {
    after_login_ = false;
    return false;
  }
  const Number number = scene_->tell(whole("ignores-error-reply", line), line, scene_->root);
  if (!scene_->root) scene_->root = number;
  scene_->tell(whole("login-is-over", line), line, scene_->root);
  return true;
}

bool Strays::take_rest(const Line& line) {
  if (!after_letter_) return false;
  if (is_dot(line)) {
    empty_.reset();
    if (rest_) {
      cut(true);
    } else {
      scene_->slip = scene_->tell(whole("end-of-data-twice", line), line);
    }
    after_letter_ = false;
    return true;
  }
  if (is_text(line)) {
    if (empty_) {
      settle();
      after_letter_ = false;
      return false;
    }
    if (!rest_) {
      rest_ = scene_->finding(whole("dot-not-stuffed", line, false), line);
      rest_is_early_ = line.early > 0;
    }
    return true;
  }
  if (line.text().empty()) {
    if (!rest_ && !empty_) empty_ = scene_->finding(whole("stray-empty-line", line), line);
    return true;  // a letter has empty lines
  }
  settle();
  after_letter_ = false;
  return false;
}

void Strays::cut(bool certain) {
  findings::Finding finding = *std::exchange(rest_, std::nullopt);
  finding.certain = certain;
  scene_->slip = scene_->ledger.tell(std::move(finding));
  cut_ = true;
}

// Text behind a message that came before its answer was a part of it; what came later somebody may have typed.
void Strays::settle() {
  if (empty_) scene_->slip = scene_->ledger.tell(*std::exchange(empty_, std::nullopt));
  if (!rest_) return;
  if (rest_is_early_) return cut(false);
  findings::Finding finding = *std::exchange(rest_, std::nullopt);
  finding.id = "unknown-command";
  finding.certain = true;
  scene_->ledger.tell(std::move(finding));
}

void Strays::answered(const Turn& turn) {
  const bool refused = turn.heard->reply.code.is_negative();
  const Input input = turn.line.input;
  if (input == Input::kData || is_spoilt_data(turn.line)) in_body_ = is_first_ = refused;
  if (input == Input::kAuth || input == Input::kAuthResponse) after_login_ = refused;
  if (input == Input::kMessage) {
    after_letter_ = true;
    cut_ = false;
  }
}

}  // namespace smtp_judge
