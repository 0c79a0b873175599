#include "imap/asked.h"

#include <utility>

#include "protocol/response_remarks.h"
#include "sasl/response_line.h"

namespace imap {
namespace {

// The base64 that stands at `where`, and what it says.
protocol::LoginPart login_part(std::string mechanism, std::string_view line, core::Span where, sasl::ResponsePlace place) {
  protocol::LoginPart part;
  part.mechanism = std::move(mechanism);
  part.response = where;
  if (auto decoded = sasl::decode_response(line.substr(where.begin, where.end - where.begin), place))
    part.decoded = std::move(*decoded);
  return part;
}

// A line that is no command.
void read_plain_line(const Moment& moment, SecretLines& secrets, Asked& asked, protocol::Said& said) {
  asked.input = moment.state == State::kSasl ? Input::kAuthResponse : Input::kDone;
  said.is_command = true;
  const core::Span whole{0, asked.octets.size()};
  said.secrets = secrets.of_line(asked.octets,
                                 asked.input == Input::kAuthResponse && moment.login.next_is_secret() && asked.octets != "*");
  if (asked.input == Input::kDone) {
    said.tag = moment.idle_tag;
    return;
  }
  said.login = login_part({}, asked.octets, whole, sasl::ResponsePlace::kLater);
  protocol::remark_response(asked.octets, sasl::ResponsePlace::kLater, 0, moment.login.next_is_plain(), said.remarks);
}

}  // namespace

const core::Error& too_long() {
  static const core::Error kError{core::Blame::kPeer, {"the command is too long", "命令太长"}, "RFC 9051 §4", {}};
  return kError;
}

void read_frame(const Frame& frame, const Moment& moment, SecretLines& secrets, Asked& asked, protocol::Said& said) {
  if (frame.kind == Frame::Kind::kLine) return read_plain_line(moment, secrets, asked, said);
  asked.parsed = parse_command(asked.octets);
  said.tag = asked.parsed.tag;
  said.secrets = secrets.of_command(asked.octets, asked.parsed);
  if (frame.kind == Frame::Kind::kTooLong) {
    asked.parsed.command.reset();
    asked.parsed.verb = Input::kUnknown;
    said.fault = too_long();
    said.is_too_long = true;
    return;
  }
  if (frame.kind == Frame::Kind::kLiteral) {
    asked.input = Input::kLiteral;
    asked.literal = frame.literal;
    asked.parsed.command.reset();
    said.is_command = true;
    return;
  }
  asked.input = asked.parsed.verb;
  said.is_command = asked.command() != nullptr;
  said.fault = asked.parsed.fault;
  if (asked.input == Input::kAppend && said.is_command) {
    const core::Span where = asked.command()->words<AppendWords>().message;
    said.message = asked.octets.substr(where.begin, where.end - where.begin);
  }
  if (asked.input == Input::kAuthenticate && said.is_command) {
    const auto& words = asked.command()->words<Authenticate>();
    said.login = protocol::LoginPart{.mechanism = words.mechanism};
    if (!words.initial_response) return;
    const core::Span where{said.secrets.front().begin, said.secrets.front().begin + words.initial_response->size()};
    said.login = login_part(words.mechanism, asked.octets, where, sasl::ResponsePlace::kInitial);
    protocol::remark_response(*words.initial_response, sasl::ResponsePlace::kInitial, where.begin, words.mechanism == "PLAIN",
                              said.remarks);
  }
}

}  // namespace imap
