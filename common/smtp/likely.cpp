#include "smtp/likely.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "core/base64.h"

namespace smtp {
namespace {

using protocol::Form;

// Which legal command is the likeliest wish, first to last; those that are not here come behind.
constexpr std::array kLikely{Input::kStarttls, Input::kData, Input::kBdat, Input::kRcpt, Input::kAuth,
                             Input::kMail,     Input::kEhlo, Input::kHelo, Input::kQuit, Input::kRset,
                             Input::kNoop,     Input::kVrfy, Input::kExpn, Input::kHelp};

const core::Text kCancelLogin{"the challenge cannot be answered: this cancels the login", "这个提问没法回答：发 * 取消登录"};
const core::Text kWhyChunk{"the whole message in one piece whose length is said beforehand; no dot at its end",
                           "整封邮件作为一块，事先说明长度，结尾不用点"};

class Lines {
 public:
  Lines(const ClientSession& session, const protocol::Identity& identity, const sasl::ClientLogin& login)
      : session_(session), state_(session.state()), identity_(identity), login_(login) {}

  std::vector<protocol::Likely> take() {
    switch (session_.mode()) {
      case Mode::kAuth: add_responses(); break;
      case Mode::kData: add_data(); break;
      case Mode::kCommand: add_commands(); break;
      case Mode::kChunk: break;  // whose octets are missing nobody knows
    }
    return std::move(out_);
  }

 private:
  protocol::Likely* add(std::string text, Form form = Form::kLine) {
    if (std::any_of(out_.begin(), out_.end(),
                    [&](const protocol::Likely& one) { return one.text == text && one.form == form; }))
      return nullptr;
    protocol::Likely proposal;
    proposal.text = std::move(text);
    proposal.form = form;
    return &out_.emplace_back(std::move(proposal));
  }

  void add_responses() {
    if (login_.response()) {
      protocol::Likely* const response = add(*login_.response());
      if (!login_.problem().empty()) response->why = kCancelLogin;
      response->is_secret = session_.next_is_secret() && response->text != "*";
    } else if (!session_.next_is_secret() && session_.exchange() && session_.exchange()->mechanism() == "LOGIN") {
      add(core::base64_encode(identity_.from));  // of an account at a real server nobody knows more
    }
    add("*");
  }

  [[nodiscard]] std::string message() const {
    return "From: <" + identity_.from + ">\nTo: <" + identity_.to.front() + ">\nSubject: Hello\n\nHello!\n";
  }

  void add_data() {
    if (state_.memory().message_size == 0) add(message(), Form::kMessage);
    add(".");
  }

  void add_commands() {
    std::vector<Input> legal = state_.legal_commands();
    const bool sent_mail = state_.memory().messages > 0 && state_.state() == State::kReady;
    const auto rank = [&](Input input) {
      if (sent_mail && input == Input::kQuit) return std::ptrdiff_t{-1};
      if (is_recipient_missing() && input == Input::kRcpt) return std::ptrdiff_t{-1};
      if (!identity_.wants_tls && input == Input::kStarttls) return static_cast<std::ptrdiff_t>(kLikely.size());
      return std::find(kLikely.begin(), kLikely.end(), input) - kLikely.begin();
    };
    std::stable_sort(legal.begin(), legal.end(), [&](Input a, Input b) { return rank(a) < rank(b); });
    for (const Input input : legal) add_command(input);
  }

  void add_command(Input input) {
    if (input == Input::kAuth) {
      add_auth();
    } else if (input == Input::kBdat) {
      add_chunk();
    } else {
      add(line_for(input));
    }
  }

  // Without EHLO nobody knows what is offered; LOGIN is what old servers know.
  void add_auth() {
    const std::vector<std::string> lines = login_.beginnings(state_.memory().extensions.mechanisms());
    for (const std::string& line : lines) add("AUTH " + line);
    if (lines.empty()) add("AUTH LOGIN");
  }

  void add_chunk() {
    if (state_.memory().message_size == 0) {
      add(message(), Form::kChunk)->why = kWhyChunk;
    } else {
      add("BDAT 0 LAST");
    }
  }

  // The first of the wished recipients that was not accepted yet.
  [[nodiscard]] std::string recipient() const {
    for (const std::string& one : identity_.to) {
      const auto& taken = state_.memory().forward_paths;
      if (std::none_of(taken.begin(), taken.end(), [&](const Path& path) { return path.text() == "<" + one + ">"; }))
        return one;
    }
    return identity_.to.front();
  }

  [[nodiscard]] bool is_recipient_missing() const {
    return identity_.to.size() > 1 &&
           state_.memory().forward_paths.size() + state_.memory().refused_recipients < identity_.to.size();
  }

  [[nodiscard]] std::string line_for(Input input) const {
    const std::string verb(row(input).verb);
    if (input == Input::kHelo || input == Input::kEhlo) return verb + " " + identity_.client_name;
    if (input == Input::kMail) return "MAIL FROM:<" + identity_.from + ">";
    if (input == Input::kRcpt) return "RCPT TO:<" + recipient() + ">";
    if (input == Input::kVrfy) return verb + " " + identity_.to.front();
    const std::string_view argument = row(input).argument;
    return argument.empty() ? verb : verb + " " + std::string(argument);
  }

  const ClientSession& session_;
  const SessionState& state_;
  const protocol::Identity& identity_;
  const sasl::ClientLogin& login_;
  std::vector<protocol::Likely> out_;
};

}  // namespace

std::vector<protocol::Likely> likely(const ClientSession& session, const protocol::Identity& identity,
                                     const sasl::ClientLogin& login) {
  return Lines(session, identity, login).take();
}

}  // namespace smtp
