#include "pop3/door.h"

#include <utility>

#include "core/text.h"
#include "pop3/client_door.h"
#include "pop3/command.h"
#include "pop3/facts.h"
#include "pop3/neutral.h"
#include "pop3/repeated_secrets.h"
#include "pop3/server_door.h"

namespace pop3 {
namespace {

class Door final : public protocol::Protocol {
 public:
  [[nodiscard]] std::string_view name() const override { return "pop3"; }
  [[nodiscard]] std::string_view title() const override { return "POP3"; }
  [[nodiscard]] std::uint16_t port() const override { return 110; }
  [[nodiscard]] std::uint16_t tls_port() const override { return 995; }

  [[nodiscard]] std::span<const protocol::InputRow> inputs() const override { return kInputRows; }
  [[nodiscard]] std::span<const protocol::StateRow> states() const override { return kStateRows; }
  [[nodiscard]] std::span<const protocol::FactRow> facts() const override { return pop3::facts(); }
  [[nodiscard]] std::span<const std::string_view> mistakes() const override { return kRemarkIds; }
  [[nodiscard]] std::span<const protocol::LimitRow> limits() const override { return pop3::limits(); }
  [[nodiscard]] std::span<const protocol::QuirkRow> quirks() const override { return {}; }

  [[nodiscard]] protocol::ReadLine read_line(std::string_view line) const override {
    ParsedCommand parsed = parse_command(line);
    protocol::ReadLine read;
    const Input verb = parsed.command ? parsed.command->verb : parsed.command.error().verb;
    if (verb != Input::kUnknown) read.command = verb;
    if (!parsed.command) read.fault = std::move(parsed.command.error().error);
    read.secrets = std::move(parsed.secrets);
    read.remarks = std::move(parsed.remarks);
    if (parsed.command) {
      read.mechanism = parsed.command->mechanism;
      read.response = std::move(parsed.command->initial_response);
    }
    return read;
  }
  [[nodiscard]] std::vector<protocol::Part> parts_of(protocol::Input input, std::string_view line) const override {
    if (input_of(input) == Input::kAuthResponse) return {{line == "*" ? "*" : "base64", {0, line.size()}}};
    if (input_of(input) == Input::kUnknown) return {{"line", {0, line.size()}}};
    std::vector<protocol::Part> parts;
    for (const Part& part : parse_command(line).parts)
      parts.push_back({part.name == "verb" ? row(input_of(input)).verb : part.name, part.where});
    return parts;
  }
  [[nodiscard]] std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login,
                                                         bool* goes_on) const override {
    if (goes_on != nullptr) *goes_on = false;
    return pop3::secrets_in_lines(octets, after_login);
  }
  [[nodiscard]] std::vector<core::Span> repeated_secrets(std::string_view answer) const override {
    return pop3::repeated_secrets(answer);
  }

  // The first line, and what stands behind it up to the end mark.
  [[nodiscard]] core::Result<protocol::Answer> answer_from_lines(const std::vector<std::string>& lines) const override {
    const std::optional<Answer> first = lines.empty() ? std::nullopt : read_first_line(lines.front());
    if (!first) {
      return core::fail(core::Blame::kPeer, {"it begins with neither +OK nor -ERR", "既不是 +OK 也不是 -ERR 开头"},
                        "RFC 1939 §3", core::same("+OK …, -ERR …, + …"));
    }
    std::vector<std::string> body(lines.begin() + 1, lines.end());
    if (!body.empty() && body.back() == ".") body.pop_back();
    return neutral(*first, body);
  }
  [[nodiscard]] std::optional<protocol::Answer> first_answer_in(std::string_view octets) const override {
    const std::size_t end = octets.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::optional<Answer> first = read_first_line(core::without_line_end(octets.substr(0, end + 1)));
    return first ? std::optional(neutral(*first)) : std::nullopt;
  }
  // Behind the first line everything that is given, with an end mark where there is anything.
  [[nodiscard]] std::string octets_of(const protocol::Answer& answer) const override {
    std::string octets = answer.code;
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
      const std::string& line = answer.lines[i];
      if (i == 0) {
        if (!line.empty() || answer.is_more()) octets += " " + line;
      } else {
        octets += (line.starts_with('.') ? "." : "") + line;
      }
      octets += "\r\n";
    }
    if (answer.lines.size() > 1) octets += ".\r\n";
    return octets;
  }
  [[nodiscard]] std::optional<protocol::Outcome> outcome_of(std::string_view code) const override {
    const std::optional<Answer> read = read_first_line(code);
    const bool is_code = read && indicator(read->outcome) == code;
    return is_code ? std::optional(neutral(*read).outcome) : std::nullopt;
  }

  [[nodiscard]] std::string_view done_code() const override { return "+OK"; }
  [[nodiscard]] std::string_view refusal_code() const override { return "-ERR"; }
  [[nodiscard]] std::vector<std::string> mechanisms_in(const protocol::Offers& offers) const override {
    return Capabilities::from_lines(offers).mechanisms();
  }

  // What stands behind +OK is data for STAT, and for LIST and UIDL of one message; the greeting has the time stamp of APOP (RFC
  // 1939 §5, §7).
  [[nodiscard]] protocol::Answer in_other_words(protocol::Answer answer, protocol::Input answers) const override {
    const Input input = input_of(answers);
    const bool has_data = input == Input::kStat || input == Input::kList || input == Input::kUidl || input == Input::kConnect;
    if (answer.is_more() || answer.lines.empty() || (has_data && answer.is_positive())) return answer;
    const std::string code = answer.detail().empty() ? "" : "[" + std::string(answer.detail()) + "] ";
    answer.lines.front() = code + (static_cast<std::size_t>(input) % 2 == 0 ? "as wished" : "");
    return answer;
  }

  // No message is ever sent over POP3.
  [[nodiscard]] std::string octets_of_message(const std::string& lines, protocol::Form /*form*/) const override {
    return lines;
  }

  [[nodiscard]] std::unique_ptr<protocol::ClientSession> client(const protocol::ServerSettings* /*known*/) const override {
    return client_behind_door();
  }
  [[nodiscard]] std::shared_ptr<const protocol::Server> server(const protocol::ServerSettings& settings) const override {
    return server_behind_door(settings);
  }
};

}  // namespace

const protocol::Protocol& door() {
  static const Door kDoor;
  return kDoor;
}

}  // namespace pop3
