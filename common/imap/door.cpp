#include "imap/door.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "imap/answer.h"
#include "imap/client_door.h"
#include "imap/command.h"
#include "imap/facts.h"
#include "imap/secret_lines.h"
#include "imap/server_config.h"
#include "imap/server_session.h"
#include "imap/strangers.h"

namespace imap {
namespace {

class Server final : public protocol::Server {
 public:
  explicit Server(const protocol::ServerSettings& settings) : config_(typed(settings)) {}

  [[nodiscard]] std::unique_ptr<protocol::ServerSession> session(std::string nonce) const override {
    return std::make_unique<ServerSession>(config_, std::move(nonce));
  }

 private:
  ServerConfig config_;
};

class Door final : public protocol::Protocol {
 public:
  [[nodiscard]] std::string_view name() const override { return "imap"; }
  [[nodiscard]] std::string_view title() const override { return "IMAP"; }
  [[nodiscard]] std::uint16_t port() const override { return 143; }
  [[nodiscard]] std::uint16_t tls_port() const override { return 993; }

  [[nodiscard]] std::span<const protocol::InputRow> inputs() const override { return kInputRows; }
  [[nodiscard]] std::span<const protocol::StateRow> states() const override { return kStateRows; }
  [[nodiscard]] std::span<const protocol::FactRow> facts() const override { return imap::facts(); }
  [[nodiscard]] std::span<const std::string_view> mistakes() const override { return kRemarkIds; }
  [[nodiscard]] std::span<const protocol::LimitRow> limits() const override { return imap::limits(); }
  [[nodiscard]] std::span<const protocol::QuirkRow> quirks() const override { return {}; }

  [[nodiscard]] protocol::ReadLine read_line(std::string_view line) const override {
    ParsedCommand parsed = parse_command(line);
    protocol::ReadLine read;
    if (parsed.verb != Input::kUnknown) read.command = parsed.verb;
    if (parsed.command && parsed.verb == Input::kAuthenticate) {
      const auto& words = parsed.command->words<Authenticate>();
      read.mechanism = words.mechanism;
      read.response = words.initial_response;
    }
    read.fault = std::move(parsed.fault);
    read.remarks = std::move(parsed.remarks);
    read.secrets = std::move(parsed.secrets);
    return read;
  }
  [[nodiscard]] std::vector<protocol::Part> parts_of(protocol::Input input, std::string_view line) const override {
    if (input_of(input) == Input::kAuthResponse) return {{line == "*" ? "*" : "base64", {0, line.size()}}};
    if (input_of(input) == Input::kDone) return {{"DONE", {0, line.size()}}};
    std::vector<protocol::Part> parts;
    // Whoever explains a command writes it without a tag.
    const bool has_tag = !core::equals_ignoring_case(line.substr(0, line.find(' ')), input.verb()) || input.verb().empty();
    if (has_tag) {
      for (const auto& [name, where] : parse_command(line).parts) parts.push_back({name, where});
    } else {
      const std::string tagged = "a " + std::string(line);
      for (const auto& [name, where] : parse_command(tagged).parts) {
        if (where.begin > 0) parts.push_back({name, {where.begin - 2, where.end - 2}});
      }
    }
    if (parts.empty()) parts.push_back({"line", {0, line.size()}});
    return parts;
  }
  [[nodiscard]] std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login,
                                                         bool* goes_on) const override {
    SecretLines lines(after_login);
    std::vector<core::Span> secrets = lines.of_untold(octets, {});
    if (goes_on != nullptr) *goes_on = lines.is_after_login();
    return secrets;
  }
  // BAD repeats nothing here, and NO neither.
  [[nodiscard]] std::vector<core::Span> repeated_secrets(std::string_view /*answer*/) const override { return {}; }

  [[nodiscard]] core::Result<protocol::Answer> answer_from_lines(const std::vector<std::string>& lines) const override {
    auto found = answer_in(lines);
    if (found) return std::move(*found);
    return core::fail(
        core::Blame::kPeer,
        {"no line of it is an answer: each has one with a tag, a * or a +", "里面没有一行是回答：回答以标签、* 或 + 开头"},
        "RFC 9051 §7", core::same("{tag} OK …, {tag} NO …, {tag} BAD …, * BYE …, + …"));
  }
  [[nodiscard]] std::optional<protocol::Answer> first_answer_in(std::string_view octets) const override {
    std::vector<std::string> lines;
    while (octets.find('\n') != std::string_view::npos) {
      const std::size_t end = octets.find('\n') + 1;
      lines.emplace_back(core::without_line_end(octets.substr(0, end)));
      octets.remove_prefix(end);
    }
    return answer_in(lines);
  }
  [[nodiscard]] std::string octets_of(const protocol::Answer& answer) const override { return imap::octets_of(answer); }
  [[nodiscard]] std::optional<protocol::Outcome> outcome_of(std::string_view code) const override {
    if (code == "+") return protocol::Outcome::kMore;
    const auto read = answer_in({"* " + std::string(code)});
    return read && read->code == code ? std::optional(read->outcome) : std::nullopt;
  }

  [[nodiscard]] std::string_view done_code() const override { return "OK"; }
  [[nodiscard]] std::string_view refusal_code() const override { return "NO"; }
  [[nodiscard]] std::vector<std::string> mechanisms_in(const protocol::Offers& offers) const override {
    return Capabilities::from_lines(offers).mechanisms();
  }

  // Response codes and data are for programs, the text is not (RFC 9051 §7.1).
  [[nodiscard]] protocol::Answer in_other_words(protocol::Answer answer, protocol::Input answers) const override {
    if (answer.is_more() || answer.lines.empty()) return answer;
    const std::string code = answer.detail().empty() ? "" : "[" + std::string(answer.detail()) + "] ";
    const bool is_even = static_cast<std::size_t>(input_of(answers)) % 2 == 0;
    answer.lines.front() = code + (is_even ? "as wished" : "so be it");
    return answer;
  }

  // A message stands in a literal as it is.
  [[nodiscard]] std::string octets_of_message(const std::string& lines, protocol::Form /*form*/) const override {
    return lines;
  }

  [[nodiscard]] std::unique_ptr<protocol::ClientSession> client(const protocol::ServerSettings* /*known*/) const override {
    return client_behind_door();
  }
  [[nodiscard]] std::shared_ptr<const protocol::Server> server(const protocol::ServerSettings& settings) const override {
    return std::make_shared<const Server>(settings);
  }
};

}  // namespace

const protocol::Protocol& door() {
  static const Door kDoor;
  return kDoor;
}

}  // namespace imap
