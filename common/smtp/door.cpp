#include "smtp/door.h"

#include "smtp/client_door.h"
#include "smtp/credentials.h"
#include "smtp/data_reader.h"
#include "smtp/facts.h"
#include "smtp/line_parts.h"
#include "smtp/neutral.h"
#include "smtp/other_words.h"
#include "smtp/server_door.h"

namespace smtp {
namespace {

using protocol::Form;

class Door final : public protocol::Protocol {
 public:
  [[nodiscard]] std::string_view name() const override { return "smtp"; }
  [[nodiscard]] std::string_view title() const override { return "SMTP"; }
  [[nodiscard]] std::uint16_t port() const override { return 25; }
  [[nodiscard]] std::uint16_t upgrade_port() const override { return 587; }  // RFC 6409 §3.1
  [[nodiscard]] std::uint16_t tls_port() const override { return 465; }

  [[nodiscard]] std::span<const protocol::InputRow> inputs() const override { return kInputRows; }
  [[nodiscard]] std::span<const protocol::StateRow> states() const override { return kStateRows; }
  [[nodiscard]] std::span<const protocol::FactRow> facts() const override { return smtp::facts(); }
  [[nodiscard]] std::span<const std::string_view> mistakes() const override { return kRemarkIds; }
  [[nodiscard]] std::span<const protocol::LimitRow> limits() const override { return smtp::limits(); }
  [[nodiscard]] std::span<const protocol::QuirkRow> quirks() const override { return smtp::quirks(); }

  [[nodiscard]] protocol::ReadLine read_line(std::string_view line) const override {
    ParsedCommand parsed = parse_command(line, {});
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
    return smtp::parts_of(input_of(input), line);
  }
  [[nodiscard]] std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login,
                                                         bool* goes_on) const override {
    return smtp::secrets_in_lines(octets, after_login, goes_on);
  }
  [[nodiscard]] std::vector<core::Span> repeated_secrets(std::string_view answer) const override {
    return smtp::repeated_secrets(answer);
  }

  [[nodiscard]] core::Result<protocol::Answer> answer_from_lines(const std::vector<std::string>& lines) const override {
    auto reply = reply_from_lines(lines);
    if (reply) return neutral(std::move(*reply));
    reply.error().hint = {"each line starts with the same three digits; behind them '-', but a space in the last line",
                          "每一行以同样的三位数字开头；数字后面是 '-'，最后一行是空格"};
    return core::Failure(std::move(reply.error()));
  }
  [[nodiscard]] std::optional<protocol::Answer> first_answer_in(std::string_view octets) const override {
    ReplyReader reader;
    reader.receive(octets);
    auto found = reader.next();
    if (!found || !found->has_value()) return std::nullopt;
    return neutral(std::move((*found)->reply));
  }
  [[nodiscard]] std::string octets_of(const protocol::Answer& answer) const override { return serialise(typed(answer)); }
  [[nodiscard]] std::optional<protocol::Outcome> outcome_of(std::string_view code) const override {
    const std::optional<ReplyCode> read = ReplyCode::parse(code);
    return read ? std::optional(neutral(Reply{*read, {""}}).outcome) : std::nullopt;
  }

  [[nodiscard]] std::string_view done_code() const override { return "250"; }
  [[nodiscard]] std::string_view refusal_code() const override { return "550"; }
  [[nodiscard]] std::vector<std::string> mechanisms_in(const protocol::Offers& offers) const override {
    return Extensions::from_lines(offers).mechanisms();
  }

  [[nodiscard]] protocol::Answer in_other_words(protocol::Answer answer, protocol::Input answers) const override {
    return smtp::in_other_words(std::move(answer), input_of(answers));
  }

  // RFC 5321 §4.5.2, RFC 3030 §2.
  [[nodiscard]] std::string octets_of_message(const std::string& lines, Form form) const override {
    if (form == Form::kMessage) return dot_stuff(lines);
    const bool has_end = lines.empty() || lines.ends_with('\n');
    const std::string chunk = has_end ? lines : lines + "\r\n";
    return "BDAT " + std::to_string(chunk.size()) + " LAST\r\n" + chunk;
  }

  [[nodiscard]] std::unique_ptr<protocol::ClientSession> client(const protocol::ServerSettings* known) const override {
    return client_behind_door(known);
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

}  // namespace smtp
