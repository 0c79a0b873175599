#include "client/explain/said_secrets.h"

#include <string>
#include <utility>

#include "core/text.h"
#include "dialogue/known_secrets.h"
#include "sasl/response_line.h"
#include "smtp/command.h"
#include "smtp/credentials.h"
#include "smtp/door.h"
#include "smtp/reply.h"

namespace explain {
namespace {

class Listener {
 public:
  void hear(const Line& line) {
    const std::string_view words = core::trim(std::string_view(line.text).substr(line.begins));
    const auto code = smtp::ReplyCode::parse(words.substr(0, 3));
    const bool was_asked = std::exchange(is_asked_, false);
    if (line.speaker == Speaker::kServer || code) {
      is_asked_ = code && code->value() == 334;
      return;
    }
    // What nobody is named for is an answer where one was asked for, if it is no sentence.
    if (line.speaker == Speaker::kClient || (was_asked && words.find(' ') == std::string_view::npos)) client(words, was_asked);
  }

  [[nodiscard]] std::vector<core::Span> repeated_in(std::string_view words) {
    dialogue::Event reply;
    reply.kind = dialogue::Kind::kServer;
    reply.bytes = words;
    known_.apply(reply);
    return std::move(reply.secrets);
  }

 private:
  void client(std::string_view line, bool was_asked) {
    smtp::ParsedCommand parsed = smtp::parse_command(line, {});
    const bool is_login = was_asked || (after_login_ && smtp::is_login_line(parsed, line));
    after_login_ = smtp::login_goes_on(parsed, after_login_);
    if (line.empty()) return;
    const bool is_user = is_login && std::exchange(expects_user_, false);
    if (is_login && !is_user && line != "*") parsed.secrets.assign(1, {0, line.size()});
    expects_user_ = parsed.command && parsed.command->mechanism == "LOGIN" && !parsed.command->initial_response;
    if (!parsed.secrets.empty()) learn(line, std::move(parsed.secrets));
  }

  void learn(std::string_view line, std::vector<core::Span> secrets) {
    dialogue::Event said;
    said.kind = dialogue::Kind::kClient;
    said.bytes = line;
    said.secrets = std::move(secrets);
    said.input = smtp::Input::kAuthResponse;
    if (auto decoded = sasl::decode_response(line.substr(line.rfind(' ') + 1))) {
      said.decoded = std::move(*decoded);
      said.decoded_is_secret = true;
    }
    known_.apply(said);
  }

  dialogue::KnownSecrets known_{smtp::door()};
  bool is_asked_ = false;      // the line above was a 334
  bool after_login_ = false;   // the client has said AUTH, and no other command since
  bool expects_user_ = false;  // it was AUTH LOGIN
};

}  // namespace

std::vector<core::Span> find_repeated(const std::vector<Line>& lines, std::string_view words) {
  Listener listener;
  for (const Line& line : lines) listener.hear(line);
  return listener.repeated_in(words);
}

}  // namespace explain
