#include "pop3/likely.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace pop3 {
namespace {

// Which legal command is the likeliest wish, first to last; those that are not here come behind.
constexpr std::array kLikely{Input::kPass, Input::kStls, Input::kUser, Input::kAuth, Input::kStat, Input::kList, Input::kRetr,
                             Input::kDele, Input::kUidl, Input::kTop,  Input::kQuit, Input::kCapa, Input::kNoop, Input::kRset};

const core::Text kCancelLogin{"the challenge cannot be answered: this cancels the login", "这个提问没法回答：发 * 取消登录"};

class Lines {
 public:
  Lines(const ClientSession& session, const protocol::Identity& identity, const sasl::ClientLogin& login)
      : session_(session), memory_(session.state().memory()), identity_(identity), login_(login) {}

  std::vector<protocol::Likely> take() {
    if (session_.state().state() == State::kSasl) {
      add_responses();
    } else {
      add_commands();
    }
    return std::move(out_);
  }

 private:
  protocol::Likely* add(std::string text) {
    if (std::any_of(out_.begin(), out_.end(), [&](const protocol::Likely& one) { return one.text == text; })) return nullptr;
    protocol::Likely line;
    line.text = std::move(text);
    return &out_.emplace_back(std::move(line));
  }

  void add_responses() {
    if (login_.response()) {
      protocol::Likely* const response = add(*login_.response());
      if (!login_.problem().empty()) response->why = kCancelLogin;
      response->is_secret = session_.next_is_secret() && response->text != "*";
    }
    add("*");
  }

  void add_commands() {
    std::vector<Input> legal = session_.state().legal_commands();
    const auto rank = [&](Input input) {
      if (is_wanted_first(input)) return std::ptrdiff_t{-1};
      // Before CAPA nobody knows whether it is offered.
      const bool is_unwished = input == Input::kStls && (!identity_.wants_tls || !memory_.capabilities);
      if (is_unwished) return static_cast<std::ptrdiff_t>(kLikely.size());
      return std::find(kLikely.begin(), kLikely.end(), input) - kLikely.begin();
    };
    std::stable_sort(legal.begin(), legal.end(), [&](Input a, Input b) { return rank(a) < rank(b); });
    for (const Input input : legal) add_command(input);
  }

  // Whoever has fetched everything says goodbye; whoever knows that there is a message fetches it.
  [[nodiscard]] bool is_wanted_first(Input input) const {
    const std::uint32_t messages = memory_.messages.value_or(0);
    const bool knows_of_mail = messages > memory_.retrieved;
    if (input == Input::kRetr) return knows_of_mail;
    return input == Input::kQuit && memory_.messages && !knows_of_mail && (memory_.retrieved > 0 || messages == 0);
  }

  void add_command(Input input) {
    if (input == Input::kAuth) {
      add_auth();
    } else if (input == Input::kUser) {
      add("USER " + user());
    } else if (input == Input::kPass) {
      if (identity_.credentials) add("PASS " + std::string(identity_.credentials->password.reveal()));
    } else if (input != Input::kApop) {  // whose digest only a program makes
      add(line_for(input));
    }
  }

  void add_auth() {
    const Capabilities offered = memory_.capabilities.value_or(Capabilities());
    for (const std::string& line : login_.beginnings(offered.mechanisms())) add("AUTH " + line);
  }

  [[nodiscard]] std::string user() const {
    return identity_.credentials && !identity_.credentials->user.empty() ? identity_.credentials->user : identity_.from;
  }

  // The first message that is not marked and was not fetched, as far as that can be told by their number.
  [[nodiscard]] std::string line_for(Input input) const {
    const std::string verb(row(input).verb);
    if (input != Input::kRetr && input != Input::kDele && input != Input::kTop) return verb;
    const std::uint32_t last = std::max<std::uint32_t>(memory_.messages.value_or(1), 1);
    std::uint32_t number = input == Input::kRetr ? std::min(memory_.retrieved + 1, last) : 1;
    while (memory_.marks.contains(number) && number < last) ++number;
    return verb + " " + std::to_string(number) + (input == Input::kTop ? " 0" : "");
  }

  const ClientSession& session_;
  const Memory& memory_;
  const protocol::Identity& identity_;
  const sasl::ClientLogin& login_;
  std::vector<protocol::Likely> out_;
};

}  // namespace

std::vector<protocol::Likely> likely(const ClientSession& session, const protocol::Identity& identity,
                                     const sasl::ClientLogin& login) {
  return Lines(session, identity, login).take();
}

}  // namespace pop3
