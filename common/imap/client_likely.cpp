// What a client could say next, as lines that make sense.
#include <algorithm>
#include <array>

#include "imap/client_door.h"
#include "imap/client_session.h"
#include "imap/string_form.h"

namespace imap {
namespace {

const core::Text kCancelLogin{"the challenge cannot be answered: this cancels the login", "这个提问没法回答：发 * 取消登录"};

// Which legal command is the likeliest wish, first to last; those that are not here are not proposed.
constexpr std::array kProposed{Input::kStarttls, Input::kAuthenticate, Input::kLogin, Input::kFetch,     Input::kSearch,
                               Input::kStore,    Input::kSelect,       Input::kList,  Input::kStatus,    Input::kExamine,
                               Input::kAppend,   Input::kIdle,         Input::kClose, Input::kExpunge,   Input::kLogout,
                               Input::kNoop,     Input::kId,           Input::kCopy,  Input::kCapability};

constexpr std::string_view kAppended = "INBOX (\\Seen) {40}";
constexpr std::uint64_t kMostProposed = 4096;  // octets of a literal that are made up

// A message of so many octets, as far as they go; where they are too few, some text.
std::string literal_of(std::uint64_t octets) {
  constexpr std::string_view kHeader = "Subject: smtplab\r\n\r\n";
  std::string text(octets > kHeader.size() ? kHeader : std::string_view());
  text.resize(octets, 'x');
  return text;
}

}  // namespace

// What was announced, and behind it the end of the line.
std::vector<protocol::Likely> ClientSession::likely_rest(const protocol::Identity& identity) const {
  const std::uint64_t octets = stream_.literal_left();
  if (octets > kMostProposed) return {};
  protocol::Likely rest;
  rest.text = literal_of(octets);
  if (asked_for_ == Input::kLogin && identity.credentials) {
    const std::string& password = identity.credentials->password.reveal();
    if (identity.credentials->user.size() == octets) rest.text = identity.credentials->user;
    if (password.size() == octets) rest.text = password;
    rest.is_secret = rest.text == password;
  }
  return {std::move(rest)};
}

std::vector<protocol::Likely> ClientSession::likely(const protocol::Identity& identity, const sasl::ClientLogin& login) const {
  std::vector<protocol::Likely> lines;
  const auto add = [&](std::string text) -> protocol::Likely& {
    protocol::Likely line;
    line.text = std::move(text);
    return lines.emplace_back(std::move(line));
  };
  if (state_.state() == State::kSasl) {
    if (login.response()) {
      protocol::Likely& response = add(*login.response());
      if (!login.problem().empty()) response.why = kCancelLogin;
      response.is_secret = next_is_secret() && response.text != "*";
      if (response.text == "*") return lines;
    }
    add("*");
    return lines;
  }
  if (kWaiting.has(state_.state())) {
    add("DONE");
    return lines;
  }
  if (asked_for_) return likely_rest(identity);
  const std::string tag = next_tag() + " ";
  const std::vector<protocol::Input> legal = legal_commands();
  // Whoever does not know what there is asks first.
  std::array order = kProposed;
  const auto list = std::find(order.begin(), order.end(), Input::kList);
  if (!has_listed_) std::rotate(order.begin(), list, list + 1);
  for (const Input input : order) {
    if (std::find(legal.begin(), legal.end(), protocol::Input(input)) == legal.end()) continue;
    const std::string verb(row(input).verb);
    if (input == Input::kAuthenticate) {
      for (const std::string& line : login.beginnings(mechanisms())) add(tag + verb + " " + line);
    } else if (input == Input::kLogin) {
      if (identity.credentials) {
        std::string line = tag + verb + " ";
        append_quoted(line, identity.credentials->user);
        append_quoted(line += ' ', identity.credentials->password.reveal());
        add(std::move(line));
      }
    } else if (input != Input::kStarttls || identity.wants_tls) {
      const std::string_view sample = input == Input::kAppend ? kAppended : row(input).sample;
      add(tag + verb + (sample.empty() ? "" : " ") + std::string(sample));
    }
  }
  return lines;
}

std::unique_ptr<protocol::ClientSession> client_behind_door() { return std::make_unique<ClientSession>(); }

}  // namespace imap
