// What a client could say next, as lines that make sense.
#include <array>

#include "imap/client_door.h"
#include "imap/client_session.h"
#include "imap/string_form.h"

namespace imap {
namespace {

const core::Text kCancelLogin{"the challenge cannot be answered: this cancels the login", "这个提问没法回答：发 * 取消登录"};

// Which legal command is the likeliest wish, first to last; those that are not here are not proposed.
constexpr std::array kProposed{Input::kStarttls, Input::kAuthenticate, Input::kLogin, Input::kSelect,    Input::kFetch,
                               Input::kSearch,   Input::kStore,        Input::kList,  Input::kStatus,    Input::kIdle,
                               Input::kClose,    Input::kLogout,       Input::kNoop,  Input::kCapability};

}  // namespace

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
  const std::string tag = next_tag() + " ";
  const std::vector<protocol::Input> legal = legal_commands();
  for (const Input input : kProposed) {
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
      add(tag + verb + (row(input).sample.empty() ? "" : " ") + std::string(row(input).sample));
    }
  }
  return lines;
}

std::unique_ptr<protocol::ClientSession> client_behind_door() { return std::make_unique<ClientSession>(); }

}  // namespace imap
