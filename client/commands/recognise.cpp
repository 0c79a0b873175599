#include "client/commands/recognise.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "knowledge/terms.h"
#include "protocol/known.h"

namespace commands {
namespace {

constexpr std::size_t kShortestUnpadded = 8;  // shorter words of letters are words

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

// "C: EHLO a" as in the RFCs and in our own transcripts.
std::string_view without_speaker(std::string_view text) {
  text = core::trim(text);
  while (text.ends_with('\n') || text.ends_with('\r')) text = core::trim(text.substr(0, text.size() - 1));
  if (text.starts_with("C: ") || text.starts_with("S: ")) text = core::trim(text.substr(3));
  return text;
}

// Not a control in it but NUL, ^A (of the OAuth mechanisms) and the ends of lines, which are what a decoded login may hold.
bool is_readable(std::string_view octets) {
  if (octets.empty()) return false;
  while (!octets.empty()) {
    const std::size_t length = core::utf8_sequence_length(octets);
    const char c = octets.front();
    const bool control = (c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t' && c != '\0' && c != '\x01') || c == 0x7F;
    if (length == 0 || control) return false;
    octets.remove_prefix(length);
  }
  return true;
}

std::optional<std::string> decode_readable(std::string_view text) {
  auto decoded = core::base64_decode(text);
  if (!decoded || !is_readable(*decoded)) return std::nullopt;
  return std::move(*decoded);
}

using Protocols = std::vector<const protocol::Protocol*>;

bool is_numbered(std::string_view text) {
  return text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, core::is_digit) &&
         (text.size() == 3 || std::string_view(" -\n\r").find(text[3]) != std::string_view::npos);
}

// The lines of one reply, and nothing else. Behind the first one each begins with the same code, or none does: then they are
// what a positive answer brings, up to its end mark (RFC 1939 §3).
std::optional<Meant> recognise_reply(std::string_view text, const Protocols& spoken) {
  std::optional<explain::Code> code = explain::code_in_front(text);
  if (!code || std::find(spoken.begin(), spoken.end(), code->protocol) == spoken.end()) {
    return is_numbered(text) ? std::optional<Meant>(NoReplyCode{}) : std::nullopt;
  }
  if (code->is_number() && !is_numbered(text)) return std::nullopt;
  WholeReply whole{*code, {code->outcome, code->text, {}}};
  for (std::string_view line : split(text, "\n")) {
    line = core::trim(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    const bool has_code = line.starts_with(code->text);
    const bool is_data = !code->is_number() && !whole.answer.lines.empty() && !code->is_negative();
    if (!has_code && !is_data) return std::nullopt;
    whole.answer.lines.emplace_back(has_code ? line.substr(std::min(code->text.size() + 1, line.size())) : line);
  }
  if (whole.answer.lines.size() > 1 && whole.answer.lines.back() == ".") whole.answer.lines.pop_back();
  return whole;
}

std::optional<Meant> recognise_number(std::string_view text) {
  const bool digits_left_open =
      text.size() == 3 && (text.substr(1) == "xx" || text.substr(1) == "yz" || text.substr(1) == "XX");
  if ((text.size() == 1 || digits_left_open) && text[0] >= '2' && text[0] <= '5') return FirstDigit{text[0] - '0'};
  if (protocol::enhanced_code(text) == text) return DetailAlone{std::string(text)};
  return std::nullopt;
}

std::optional<Meant> recognise_response_code(std::string_view text, const knowledge::Knowledge& knowledge) {
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  const std::string code = core::to_upper(text.substr(1, text.size() - 2));
  return knowledge.detail(code) != nullptr ? std::optional<Meant>(DetailAlone{code}) : std::nullopt;
}

// "AUTH LOGIN PLAIN" is a line of the server: as a command it would carry the initial response "PLAIN".
std::optional<Meant> recognise_mechanisms(std::string_view text, const Protocols& spoken,
                                          const knowledge::Knowledge& knowledge) {
  const auto words = split(text, " ");
  for (const protocol::Protocol* const one : spoken) {
    const auto is_keyword = [&](std::string_view word) { return knowledge.keyword(one->name(), word) != nullptr; };
    const auto command = one->find_command(words.front());
    if (command && command->is(protocol::Role::kLogin) && words.size() > 2 &&
        std::all_of(words.begin(), words.end(), is_keyword))
      return KeywordLine{one, std::string(text)};
  }
  return std::nullopt;
}

// "MAIL", and what its grammar has literally behind it: "MAIL FROM", "MAIL FROM:".
bool is_bare(std::string_view text, const protocol::InputRow& row) {
  const std::string upper = core::to_upper(text);
  const std::string_view literal = row.grammar.substr(1, row.grammar.find('"', 1) - 1);
  return upper == row.verb || upper == literal || upper + ":" == literal;
}

// "a1", "A001", "a": in front of a command it is its tag. Any word could be one; sentences begin with words, too.
bool looks_like_tag(std::string_view word) { return word.size() == 1 || std::any_of(word.begin(), word.end(), core::is_digit); }

std::optional<protocol::Input> command_in(const protocol::Protocol& spoken, std::string_view text) {
  if (const auto command = spoken.find_command(first_word(text))) return command;
  return looks_like_tag(first_word(text)) ? spoken.read_line(text).command : std::nullopt;
}

// What fits the grammar is likelier than what does not, and of two such what comes first among the protocols.
std::optional<Meant> recognise_command(std::string_view text, const Protocols& spoken) {
  if (text.find('\n') != std::string_view::npos) return std::nullopt;
  CommandLine meant{{}, std::string(text), false};
  for (const protocol::Protocol* const one : spoken) {
    if (const auto command = command_in(*one, text)) meant.commands.push_back(*command);
  }
  if (meant.commands.empty()) return std::nullopt;
  meant.bare = is_bare(text, meant.commands.front().row());
  const auto fits = [&](protocol::Input command) {
    return !protocol::find(command.row().protocol)->read_line(text).fault.has_value();
  };
  if (!meant.bare) std::stable_partition(meant.commands.begin(), meant.commands.end(), fits);
  return meant;
}

std::optional<Meant> recognise_other_input(std::string_view text, const Protocols& spoken) {
  OtherInput meant;
  for (const protocol::Protocol* const one : spoken) {
    for (const protocol::InputRow& row : one->inputs()) {
      const bool is_mark =
          (text == "." && row.role == protocol::Role::kContent) || (text == "*" && row.role == protocol::Role::kLoginLine);
      const bool is_word = !row.grammar.empty() && row.grammar == "\"" + core::to_upper(text) + "\"";
      if (row.verb.empty() && row.role != protocol::Role::kUnknown && (is_mark || is_word || text == row.name))
        meant.inputs.emplace_back(row);
    }
  }
  return meant.inputs.empty() ? std::nullopt : std::optional<Meant>(meant);
}

std::optional<Meant> recognise_keyword(std::string_view text, const Protocols& spoken, const knowledge::Knowledge& knowledge) {
  if (text.find('\n') != std::string_view::npos) return std::nullopt;
  for (const protocol::Protocol* const one : spoken) {
    if (knowledge.keyword(one->name(), split_keyword(text).keyword) != nullptr) return KeywordLine{one, std::string(text)};
  }
  return std::nullopt;
}

std::optional<Meant> recognise_terms(std::string_view text, const Protocols& spoken, const knowledge::Knowledge& knowledge) {
  const bool is_one_word = text.find_first_of(" \n") == std::string_view::npos;
  if (!is_one_word && !text.starts_with("* ")) return std::nullopt;
  for (const protocol::Protocol* const one : spoken) {
    if (!knowledge::terms_in(knowledge, one->name(), text).empty()) return TermLine{one, std::string(text)};
  }
  // A response code without its brackets.
  const bool is_code =
      is_one_word && !core::is_digit(text.front()) && core::to_upper(text) == text && knowledge.detail(text) != nullptr;
  return is_code ? std::optional<Meant>(DetailAlone{std::string(text)}) : std::nullopt;
}

std::optional<Meant> recognise_state(std::string_view text, const Protocols& spoken) {
  StateName meant;
  for (const protocol::Protocol* const one : spoken) {
    for (const protocol::StateRow& row : one->states()) {
      if (core::equals_ignoring_case(text, row.name.en) || text == row.name.zh) meant.states.push_back({one, &row});
    }
  }
  return meant.states.empty() ? std::nullopt : std::optional<Meant>(meant);
}

// Those that are meant: all, or the one whose name stands in front and is taken away.
Protocols take_protocols(std::string_view& text) {
  const std::string_view rest = text.substr(std::min(text.find(' '), text.size()));
  const protocol::Protocol* const named = rest.empty() ? nullptr : protocol::find(core::to_lower(first_word(text)));
  if (named == nullptr) return {protocol::known().begin(), protocol::known().end()};
  text = core::trim(rest);
  return {named};
}

}  // namespace

SplitKeyword split_keyword(std::string_view line) {
  std::size_t end = std::min(line.find(' '), line.size());
  // AUTH=LOGIN, as servers wrote it before RFC 2554.
  if (const std::size_t equals = line.find('='); equals < end) end = equals + 1;
  return {line.substr(0, end), core::trim(line.substr(end))};
}

std::optional<std::string> readable_base64(std::string_view text) {
  if (text.size() > 3 && text.front() == 'b' && (text[1] == '\'' || text[1] == '"') && text.back() == text[1]) {
    text = text.substr(2, text.size() - 3);
  }
  if (auto decoded = decode_readable(text)) return decoded;
  if (text.size() < kShortestUnpadded || text.find('=') != std::string_view::npos) return std::nullopt;
  return decode_readable(std::string(text) + std::string((4 - text.size() % 4) % 4, '='));
}

const protocol::InputRow* lists_offers(const protocol::Protocol& protocol) {
  const auto rows = protocol.inputs();
  const auto row = std::find_if(rows.begin(), rows.end(), [](const protocol::InputRow& one) { return one.lists_offers; });
  return row == rows.end() ? nullptr : &*row;
}

Meant recognise(std::string_view input, const knowledge::Knowledge& knowledge) {
  std::string_view text = without_speaker(input);
  if (text.empty()) return Unrecognised{};
  const std::string id = core::to_lower(text);
  if (knowledge.mistake(id) != nullptr) return MistakeName{id};
  if (knowledge.failure(id) != nullptr || knowledge.cause(id) != nullptr) return FailureName{id};
  const Protocols spoken = take_protocols(text);
  if (auto reply = recognise_reply(text, spoken)) return std::move(*reply);
  if (auto number = recognise_number(text)) return std::move(*number);
  if (auto code = recognise_response_code(text, knowledge)) return std::move(*code);
  if (auto list = recognise_mechanisms(text, spoken, knowledge)) return std::move(*list);
  if (auto command = recognise_command(text, spoken)) return std::move(*command);
  if (auto other = recognise_other_input(text, spoken)) return std::move(*other);
  if (auto keyword = recognise_keyword(text, spoken, knowledge)) return std::move(*keyword);
  if (auto terms = recognise_terms(text, spoken, knowledge)) return std::move(*terms);
  if (auto state = recognise_state(text, spoken)) return std::move(*state);
  if (readable_base64(text)) return Base64Text{std::string(text)};
  return Unrecognised{};
}

}  // namespace commands
