#include "client/explain/said_secrets.h"

#include <optional>
#include <string>
#include <utility>

#include "client/explain/code.h"
#include "core/text.h"
#include "dialogue/known_secrets.h"
#include "sasl/response_line.h"

namespace explain {
namespace {

class Listener {
 public:
  explicit Listener(const protocol::Protocol& spoken) : spoken_(spoken), known_(spoken) {}

  void hear(const Line& line) {
    const std::string_view words = core::trim(std::string_view(line.text).substr(line.begins));
    const std::optional<Code> code = code_in_front(words);
    const bool was_asked = std::exchange(is_asked_, false);
    if (line.speaker == Speaker::kServer || code) {
      is_asked_ = code && code->outcome == protocol::Outcome::kMore && (!last_ || last_->is_of_login());
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
    protocol::ReadLine read = spoken_.read_line(line);
    const bool is_login = was_asked || (after_login_ && !read.command && line.size() > 1);  // "*" and "." are no password
    bool goes_on = false;
    (void)spoken_.secrets_in_lines(std::string(line) + "\r\n", after_login_, &goes_on);
    after_login_ = goes_on || (read.command ? read.command->is_of_login() : after_login_);
    if (read.command) last_ = read.command;
    if (line.empty()) return;
    const bool is_user = is_login && std::exchange(expects_user_, false);
    if (is_login && !is_user && line != "*") read.secrets.assign(1, {0, line.size()});
    expects_user_ = !read.fault && read.mechanism == "LOGIN" && !read.response;
    if (!read.secrets.empty()) learn(line, std::move(read.secrets));
  }

  void learn(std::string_view line, std::vector<core::Span> secrets) {
    dialogue::Event said;
    said.kind = dialogue::Kind::kClient;
    said.bytes = line;
    said.secrets = std::move(secrets);
    said.input = spoken_.input(protocol::Role::kLoginLine);
    if (auto decoded = sasl::decode_response(line.substr(line.rfind(' ') + 1))) {
      said.decoded = std::move(*decoded);
      said.decoded_is_secret = true;
    }
    known_.apply(said);
  }

  const protocol::Protocol& spoken_;
  dialogue::KnownSecrets known_;
  std::optional<protocol::Input> last_;  // command
  bool is_asked_ = false;                // the line above was a question of a login
  bool after_login_ = false;             // the client has begun one, and said no other command since
  bool expects_user_ = false;            // it was AUTH LOGIN
};

}  // namespace

std::vector<core::Span> find_repeated(const std::vector<Line>& lines, std::string_view words,
                                      const protocol::Protocol& spoken) {
  Listener listener(spoken);
  for (const Line& line : lines) listener.hear(line);
  return listener.repeated_in(words);
}

}  // namespace explain
