#include "client/server_form.h"

#include <algorithm>
#include <utility>

#include "client/base/host_port.h"
#include "client/screen/canvas.h"
#include "core/show.h"

namespace client {
namespace {

using screen::KeyName;
using screen::Role;

constexpr std::array<Word, 7> kLabels{Word::kHost,   Word::kSpoken, Word::kHowSecured, Word::kPort,
                                      Word::kCaFile, Word::kUser,   Word::kPassword};
constexpr std::array<Word, kSecurityCount> kSecurityWords{Word::kSecurityNone, Word::kSecurityStarttls, Word::kSecurityTls};

std::string decimal(std::uint16_t port) { return std::to_string(port); }

}  // namespace

ServerForm::ServerForm() { texts_[kPortField] = stepper::TextField(decimal(usual_port(spoken(), security_))); }

void ServerForm::turn(bool forwards) {
  const bool is_usual = texts_[kPortField].text() == decimal(usual_port(spoken(), security_));
  const auto next = [&](std::size_t choice, std::size_t count) { return (choice + (forwards ? 1 : count - 1)) % count; };
  if (at_ == kProtocolField) {
    spoken_ = next(spoken_, protocol::known().size());
  } else {
    security_ = static_cast<Security>(next(static_cast<std::size_t>(security_), kSecurityCount));
  }
  if (is_usual) texts_[kPortField] = stepper::TextField(decimal(usual_port(spoken(), security_)));
}

void ServerForm::press(const screen::Key& key) {
  if (key.name == KeyName::kDown || key.name == KeyName::kTab) {
    at_ = (at_ + 1) % kFieldCount;
  } else if (key.name == KeyName::kUp || key.name == KeyName::kBackTab) {
    at_ = (at_ + kFieldCount - 1) % kFieldCount;
  } else if (!is_choice()) {
    text().press(key);
  } else if (key.name == KeyName::kLeft) {
    turn(false);
  } else if (key.name == KeyName::kRight || (key.name == KeyName::kText && key.text == " ")) {
    turn(true);
  }
}

std::optional<PickedServer> ServerForm::entered() const {
  auto host = parse_host_port(texts_[kHostField].text());
  const auto port = host && host->port ? host->port : parse_port(core::trim(texts_[kPortField].text()));
  if (!host || !port) return std::nullopt;
  PickedServer picked;
  picked.host = std::move(host->host);
  picked.protocol = &spoken();
  picked.port = *port;
  picked.security = security_;
  picked.authority = core::trim(texts_[kCaField].text());
  picked.user = core::trim(texts_[kUserField].text());
  picked.password = core::Secret(texts_[kPasswordField].text());
  return picked;
}

std::string ServerForm::value(std::size_t field, core::Language language) const {
  if (field == kProtocolField) return std::string(spoken().title());
  if (field == kSecurityField) return std::string(word(kSecurityWords[static_cast<std::size_t>(security_)], language));
  // A port behind the host's name is the one that counts.
  const auto host = parse_host_port(texts_[kHostField].text());
  if (field == kPortField && at_ != kPortField && host && host->port) return decimal(*host->port);
  return texts_[field].shown(field == kPasswordField);
}

screen::Overlay ServerForm::overlay(core::Language language) const {
  const auto say = [&](Word which) { return std::string(word(which, language)); };
  screen::Overlay overlay;
  overlay.title = say(Word::kRealServer);
  std::size_t label_width = 0;
  for (const Word label : kLabels) label_width = std::max(label_width, screen::width(say(label)));
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    const std::string label = say(kLabels[field]);
    screen::Line line{{Role::kStrong, label + std::string(label_width - screen::width(label) + 2, ' ')}};
    std::string text = value(field, language);
    const bool is_blank = text.empty() && field != at_;
    if (is_blank && field == kCaField) line.push_back({Role::kDim, say(Word::kOfThisComputer)});
    if (is_blank && field == kUserField) line.push_back({Role::kDim, say(Word::kNoLogin)});
    line.push_back({Role::kPlain, std::move(text)});
    overlay.lines.push_back(std::move(line));
  }
  overlay.selected = at_;
  if (!is_choice()) overlay.cursor = label_width + 2 + texts_[at_].shown_cursor(at_ == kPasswordField);
  overlay.footer = "Enter " + say(Word::kConnect) + " · ↑↓ " + say(Word::kNextField) + " · ←→ " + say(Word::kChange) +
                   " · Esc " + say(Word::kClose);
  return overlay;
}

}  // namespace client
