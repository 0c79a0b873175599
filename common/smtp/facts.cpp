#include "smtp/facts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "core/text.h"
#include "protocol/rows.h"

namespace smtp {
namespace {

const Turn& nothing_said() {
  static const Turn kNothing = [] {
    Turn turn;
    turn.input = Input::kUnknown;
    return turn;
  }();
  return kNothing;
}

// The address as somebody wrote it whose MAIL or RCPT could not be parsed: what stands behind the colon, unbracketed.
std::string written_address(std::string_view argument) {
  std::string_view address = core::trim(argument.substr(std::min(argument.size(), argument.find(':') + 1)));
  if (address.starts_with('<')) address.remove_prefix(1);
  return std::string(address.substr(0, address.find('>')));
}

// RFC 1870 §3: 1*20DIGIT; more than fits is as much as fits.
std::optional<std::size_t> number_of(const Parameter& size) {
  if (!size.value || size.value->empty()) return std::nullopt;
  std::size_t number = 0;
  const char* const end = size.value->data() + size.value->size();
  const auto [stop, error] = std::from_chars(size.value->data(), end, number);
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::size_t>::max();
  return stop == end && error == std::errc() ? std::optional(number) : std::nullopt;
}

protocol::FactValue text(std::string_view value) {
  if (value.empty()) return std::monostate();
  return std::string(value);
}

protocol::FactValue domain(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? protocol::FactValue() : text(address.substr(at + 1));
}

protocol::FactValue paths(const std::vector<Path>& all) {
  if (all.empty()) return std::monostate();
  std::vector<std::string> texts;
  for (const Path& path : all) texts.push_back(path.text());
  return texts;
}

constexpr core::Phrase kNothingThere{"(none)", "（无）"};

// One fact: what is told of it, where anything is, and where it stands.
struct Row {
  std::string_view name;
  std::string_view about = {};
  protocol::FactValue (*value)(const Known&);
  protocol::FactWords words = {};
};

constexpr std::array kFacts{
    Row{.name = "client",
        .about = "the name the client gave with HELO or EHLO",
        .value = [](const Known& known) { return text(known.client()); },
        .words = {.label = {"client name", "客户端名字"}, .absent = kNothingThere}},
    Row{.name = "user",
        .about = "who logs in or has logged in",
        .value = [](const Known& known) { return text(known.user()); },
        .words = {.label = {"authenticated", "已登录"}, .absent = {"no", "否"}}},
    Row{.name = "mechanism",
        .about = "of the AUTH command",
        .value = [](const Known& known) { return text(known.mechanism()); }},
    Row{.name = "tls",
        .about = "",
        .value = [](const Known& known) { return protocol::FactValue(known.memory().encrypted); },
        .words = {.label = {"encrypted", "已加密"}}},
    Row{.name = "reverse-path",
        .about = "",
        .value =
            [](const Known& known) {
              const std::optional<Path>& path = known.memory().reverse_path;
              return path ? protocol::FactValue(path->text()) : protocol::FactValue();
            },
        .words = {.label = {"reverse-path", "发件人路径"}, .absent = {"(empty)", "（空）"}}},
    Row{.name = "sender",
        .about = "the address in MAIL FROM, without brackets",
        .value = [](const Known& known) { return text(known.sender().value_or("")); }},
    Row{.name = "sender-domain",
        .about = "what stands behind its @",
        .value = [](const Known& known) { return domain(known.sender().value_or("")); }},
    Row{.name = "forward-paths",
        .about = "",
        .value = [](const Known& known) { return paths(known.memory().forward_paths); },
        .words = {.label = {"forward-paths", "收件人路径"}, .absent = kNothingThere}},
    Row{.name = "recipient",
        .about = "the last address in RCPT TO, without brackets",
        .value = [](const Known& known) { return text(known.recipient()); }},
    Row{.name = "recipient-domain",
        .about = "what stands behind its @",
        .value = [](const Known& known) { return domain(known.recipient()); }},
    Row{.name = "size",
        .about = "octets of the message",
        .value = [](const Known& known) { return protocol::FactValue(known.memory().message_size); },
        .words = {.label = {"message", "邮件数据"}, .unit = {"octets", "字节"}}},
    Row{.name = "declared-size",
        .about = "the octets that MAIL announced with SIZE; 0 without it",
        .value = [](const Known& known) { return protocol::FactValue(known.declared_size().value_or(0)); }},
    Row{.name = "command",
        .about = "the verb as the client wrote it",
        .value = [](const Known& known) { return text(known.verb()); }},
    Row{.name = "argument",
        .about = "what the client wrote behind it",
        .value = [](const Known& known) { return text(known.argument()); }},
};

// The value of a parameter of MAIL or RCPT; empty where it is not there.
std::string value_of(const std::vector<Parameter>& parameters, std::string_view keyword) {
  const Parameter* const found = find_parameter(parameters, keyword);
  return found == nullptr ? std::string() : found->value.value_or("");
}

protocol::FactValue of_each_recipient(const Known& known, std::string (*value)(const std::vector<Parameter>&)) {
  std::vector<std::string> values;
  for (const std::vector<Parameter>& one : known.memory().rcpt_parameters) values.push_back(value(one));
  return values;
}

template <typename Text>
protocol::FactValue of_each_path(const Known& known, Text text_of) {
  std::vector<std::string> texts;
  for (const Path& path : known.memory().forward_paths) texts.push_back(text_of(path));
  return texts;
}

// What nobody is told: for the conditions of rules, and for the envelope (RFC 5321 §2.3.1, RFC 3461) of a stored message.
constexpr std::array kUntold{
    Row{.name = "hello",  // "", "HELO", "EHLO"
        .value =
            [](const Known& known) {
              return protocol::FactValue(std::string(known.memory().extended              ? "EHLO"
                                                     : known.memory().client_name.empty() ? ""
                                                                                          : "HELO"));
            }},
    Row{.name = "logged-in", .value = [](const Known& known) { return text(known.memory().user); }},
    Row{.name = "own-sender",  // of this turn or the transaction; "" is the null path, nothing: no MAIL yet
        .value =
            [](const Known& known) { return known.sender() ? protocol::FactValue(*known.sender()) : protocol::FactValue(); }},
    Row{.name = "own-recipients",  // at RCPT the one that is being named; else those that were taken
        .value =
            [](const Known& known) {
              return known.turn().input == Input::kRcpt ? protocol::FactValue(std::vector<std::string>{known.recipient()})
                                                        : of_each_path(known, address_of);
            }},
    Row{.name = "recipients", .value = [](const Known& known) { return protocol::FactValue(known.recipients()); }},
    Row{.name = "messages", .value = [](const Known& known) { return protocol::FactValue(known.memory().messages); }},
    Row{.name = "mail-from",
        .value =
            [](const Known& known) {
              const std::optional<Path>& path = known.memory().reverse_path;
              return path ? protocol::FactValue(path->address()) : protocol::FactValue();
            }},
    Row{.name = "rcpt-to",
        .value = [](const Known& known) { return of_each_path(known, [](const Path& path) { return path.address(); }); }},
    Row{.name = "body",
        .value = [](const Known& known) { return text(core::to_upper(value_of(known.memory().mail_parameters, "BODY"))); }},
    Row{.name = "smtputf8",
        .value =
            [](const Known& known) {
              return protocol::FactValue(find_parameter(known.memory().mail_parameters, "SMTPUTF8") != nullptr);
            }},
    Row{.name = "ret",
        .value = [](const Known& known) { return text(core::to_upper(value_of(known.memory().mail_parameters, "RET"))); }},
    Row{.name = "envid", .value = [](const Known& known) { return text(value_of(known.memory().mail_parameters, "ENVID")); }},
    Row{.name = "has-rcpt-parameters",
        .value =
            [](const Known& known) {
              const auto& all = known.memory().rcpt_parameters;
              return protocol::FactValue(std::any_of(all.begin(), all.end(), [](const auto& one) { return !one.empty(); }));
            }},
    Row{.name = "notify",
        .value =
            [](const Known& known) {
              return of_each_recipient(
                  known, [](const std::vector<Parameter>& one) { return core::to_upper(value_of(one, "NOTIFY")); });
            }},
    Row{.name = "orcpt",
        .value =
            [](const Known& known) {
              return of_each_recipient(known, [](const std::vector<Parameter>& one) { return value_of(one, "ORCPT"); });
            }},
};

constexpr auto kTold = protocol::told_of(kFacts);

}  // namespace

std::string address_of(const Path& path) { return path.mailbox ? path.mailbox->plain_text() : std::string(); }

Known::Known(const Memory& memory) : Known(memory, nothing_said(), {}) {}

Known::Known(const Memory& memory, const Turn& turn, std::string_view mechanism)
    : memory_(&memory), turn_(&turn), mechanism_(mechanism) {}

std::string_view Known::verb() const { return turn_->said.line().substr(0, turn_->said.line().find(' ')); }

std::string_view Known::argument() const {
  if (turn_->said.command) return turn_->said.command->argument;
  const std::string_view line = turn_->said.line();
  const std::size_t space = line.find(' ');
  return space == std::string_view::npos ? std::string_view() : core::trim(line.substr(space + 1));
}

std::string_view Known::client() const {
  const bool introduces = asks(Input::kHelo) || asks(Input::kEhlo);
  return introduces ? argument() : std::string_view(memory_->client_name);
}

std::string_view Known::user() const { return turn_->claim ? turn_->claim->user : memory_->user; }

const std::optional<std::string>& Known::sender() const {
  if (sender_made_) return sender_;
  sender_made_ = true;
  if (asks(Input::kMail)) {
    sender_ = turn_->said.command ? address_of(turn_->said.command->path) : written_address(argument());
  } else if (memory_->reverse_path) {
    sender_ = address_of(*memory_->reverse_path);
  }
  return sender_;
}

const std::string& Known::recipient() const {
  if (recipient_) return *recipient_;
  if (!asks(Input::kRcpt)) {
    recipient_ = memory_->forward_paths.empty() ? std::string() : address_of(memory_->forward_paths.back());
  } else if (turn_->said.command) {
    recipient_ = address_of(turn_->said.command->path);
  } else {
    recipient_ = written_address(argument());
  }
  return *recipient_;
}

std::size_t Known::recipients() const { return memory_->forward_paths.size() + (asks(Input::kRcpt) ? 1 : 0); }

std::optional<std::size_t> Known::declared_size() const {
  const bool now = asks(Input::kMail) && turn_->said.command;
  const auto& parameters = now ? turn_->said.command->parameters : memory_->mail_parameters;
  const Parameter* const size = find_parameter(parameters, "SIZE");
  return size == nullptr ? std::nullopt : number_of(*size);
}

std::span<const protocol::FactRow> facts() { return kTold; }

protocol::FactValue fact(const Known& known, std::string_view name) {
  const auto is_it = [&](const Row& row) { return row.name == name; };
  if (const auto* const told = std::find_if(kFacts.begin(), kFacts.end(), is_it); told != kFacts.end())
    return told->value(known);
  const auto* const untold = std::find_if(kUntold.begin(), kUntold.end(), is_it);
  return untold == kUntold.end() ? protocol::FactValue() : untold->value(known);
}

}  // namespace smtp
