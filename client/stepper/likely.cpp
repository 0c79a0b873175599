#include "client/stepper/likely.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "client/base/words.h"
#include "core/base64.h"

namespace stepper {
namespace {

// Which legal command is the likeliest wish, first to last; those that are not here come behind.
constexpr std::array kLikely{smtp::Input::kStarttls, smtp::Input::kData, smtp::Input::kBdat, smtp::Input::kRcpt,
                             smtp::Input::kAuth,     smtp::Input::kMail, smtp::Input::kEhlo, smtp::Input::kHelo,
                             smtp::Input::kQuit,     smtp::Input::kRset, smtp::Input::kNoop, smtp::Input::kVrfy,
                             smtp::Input::kExpn,     smtp::Input::kHelp};

// For SCRAM; nobody shall be able to guess it (RFC 5802 §5.1).
std::string fresh_nonce() {
  std::random_device random;
  std::string octets;
  for (int i = 0; i < 18; ++i) octets += static_cast<char>(random() & 0xFFU);
  return core::base64_encode(octets);
}

core::Text both(client::Word word) {
  return {std::string(client::word(word, core::Language::kEnglish)), std::string(client::word(word, core::Language::kChinese))};
}

class Likely {
 public:
  Likely(const smtp::ClientSession& session, const Identity& identity, const Login& login)
      : session_(session), state_(session.state()), identity_(identity), login_(login) {}

  std::vector<Proposal> take() {
    switch (session_.mode()) {
      case smtp::Mode::kAuth: add_responses(); break;
      case smtp::Mode::kData: add_data(); break;
      case smtp::Mode::kCommand: add_commands(); break;
      case smtp::Mode::kChunk: break;  // whose octets are missing nobody knows
    }
    return std::move(out_);
  }

 private:
  Proposal* add(std::string text, Form form = Form::kLine) {
    if (std::any_of(out_.begin(), out_.end(), [&](const Proposal& one) { return one.text == text && one.form == form; }))
      return nullptr;
    Proposal proposal;
    proposal.text = std::move(text);
    proposal.form = form;
    return &out_.emplace_back(std::move(proposal));
  }

  void add_responses() {
    if (login_.response()) {
      Proposal* const response = add(*login_.response());
      if (!login_.problem().empty()) response->why = both(client::Word::kCancelLogin);
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
    std::vector<smtp::Input> legal = state_.legal_commands();
    const bool sent_mail = state_.memory().messages > 0 && state_.state() == smtp::State::kReady;
    const auto rank = [&](smtp::Input input) {
      if (sent_mail && input == smtp::Input::kQuit) return std::ptrdiff_t{-1};
      if (is_recipient_missing() && input == smtp::Input::kRcpt) return std::ptrdiff_t{-1};
      if (!identity_.wants_starttls && input == smtp::Input::kStarttls) return static_cast<std::ptrdiff_t>(kLikely.size());
      return std::find(kLikely.begin(), kLikely.end(), input) - kLikely.begin();
    };
    std::stable_sort(legal.begin(), legal.end(), [&](smtp::Input a, smtp::Input b) { return rank(a) < rank(b); });
    for (const smtp::Input input : legal) add_command(input);
  }

  void add_command(smtp::Input input) {
    if (input == smtp::Input::kAuth) {
      add_auth();
    } else if (input == smtp::Input::kBdat) {
      add_chunk();
    } else {
      add(line_for(input));
    }
  }

  // Without EHLO nobody knows what is offered; LOGIN is what old servers know.
  void add_auth() {
    const std::vector<std::string> lines = login_.lines(offered_mechanisms(state_.memory().extensions));
    for (const std::string& line : lines) add(line);
    if (lines.empty()) add("AUTH LOGIN");
  }

  void add_chunk() {
    if (state_.memory().message_size == 0) {
      add(message(), Form::kChunk)->why = both(client::Word::kWhyChunk);
    } else {
      add("BDAT 0 LAST");
    }
  }

  // The first of the wished recipients that was not accepted yet.
  [[nodiscard]] std::string recipient() const {
    for (const std::string& one : identity_.to) {
      const auto& taken = state_.memory().forward_paths;
      if (std::none_of(taken.begin(), taken.end(), [&](const smtp::Path& path) { return path.text() == "<" + one + ">"; }))
        return one;
    }
    return identity_.to.front();
  }

  [[nodiscard]] bool is_recipient_missing() const {
    return identity_.to.size() > 1 &&
           state_.memory().forward_paths.size() + state_.memory().refused_recipients < identity_.to.size();
  }

  [[nodiscard]] std::string line_for(smtp::Input input) const {
    const std::string verb(smtp::row(input).verb);
    if (input == smtp::Input::kHelo || input == smtp::Input::kEhlo) return verb + " " + identity_.client_name;
    if (input == smtp::Input::kMail) return "MAIL FROM:<" + identity_.from + ">";
    if (input == smtp::Input::kRcpt) return "RCPT TO:<" + recipient() + ">";
    if (input == smtp::Input::kVrfy) return verb + " " + identity_.to.front();
    const std::string_view argument = smtp::row(input).argument;
    return argument.empty() ? verb : verb + " " + std::string(argument);
  }

  const smtp::ClientSession& session_;
  const smtp::SessionState& state_;
  const Identity& identity_;
  const Login& login_;
  std::vector<Proposal> out_;
};

}  // namespace

Identity identity_of(const scenario::Scenario& scenario) {
  Identity identity;
  if (scenario.accounts.empty()) return identity;
  const scenario::Account& first = scenario.accounts.front();
  sasl::Credentials credentials;
  credentials.user = first.user;
  credentials.password = core::Secret(first.password);
  credentials.token = core::Secret(first.token);
  credentials.host = scenario.server.name;
  credentials.port = scenario.security == scenario::Security::kTls ? 465 : 587;
  identity.credentials = std::move(credentials);
  identity.from = first.user;
  identity.to = {scenario.accounts.size() > 1 ? scenario.accounts[1].user : first.user};
  return identity;
}

Identity identity_of(const client::StepOptions& options, const scenario::Scenario* scenario) {
  Identity identity = scenario != nullptr ? identity_of(*scenario) : Identity();
  if (!options.server) return identity;
  identity.nonce = fresh_nonce();
  identity.wants_starttls = !(options.security == client::Security::kNone && options.clear_is_wished);
  if (!options.client_name.empty()) identity.client_name = options.client_name;
  if (!options.user.empty()) {
    sasl::Credentials credentials;
    credentials.user = options.user;
    credentials.password = options.password;
    credentials.host = *options.server;
    credentials.port = options.port.value_or(client::usual_port(options.security));
    identity.credentials = std::move(credentials);
    if (options.user.find('@') != std::string::npos) identity.from = options.user;
  }
  if (!options.from.empty()) identity.from = options.from;
  if (!options.to.empty()) identity.to = options.to;
  return identity;
}

std::vector<Proposal> likely_proposals(const smtp::ClientSession& session, const Identity& identity, const Login& login) {
  return Likely(session, identity, login).take();
}

}  // namespace stepper
