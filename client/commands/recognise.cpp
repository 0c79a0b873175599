#include "client/commands/recognise.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"

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

// The lines of one reply, and nothing else.
std::optional<Meant> recognise_reply(std::string_view text) {
  if (text.size() < 3 || !std::all_of(text.begin(), text.begin() + 3, core::is_digit)) return std::nullopt;
  if (text.size() > 3 && text[3] != ' ' && text[3] != '-' && text[3] != '\n' && text[3] != '\r') return std::nullopt;
  const auto code = smtp::ReplyCode::parse(text.substr(0, 3));
  if (!code) return NoReplyCode{};
  smtp::Reply reply{*code, {}};
  for (std::string_view line : split(text, "\n")) {
    line = core::trim(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    if (line.substr(0, 3) != text.substr(0, 3)) return std::nullopt;
    reply.lines.emplace_back(line.substr(std::min<std::size_t>(4, line.size())));
  }
  return WholeReply{std::move(reply)};
}

std::optional<Meant> recognise_number(std::string_view text) {
  const bool digits_left_open =
      text.size() == 3 && (text.substr(1) == "xx" || text.substr(1) == "yz" || text.substr(1) == "XX");
  if ((text.size() == 1 || digits_left_open) && text[0] >= '2' && text[0] <= '5') return FirstDigit{text[0] - '0'};
  const auto enhanced = smtp::EnhancedCode::parse(text);
  if (enhanced && text.find(' ') == std::string_view::npos) return EnhancedAlone{*enhanced};
  return std::nullopt;
}

// "AUTH LOGIN PLAIN" is a line of the server: as a command it would carry the initial response "PLAIN".
bool lists_mechanisms(std::string_view text, const knowledge::Knowledge& knowledge) {
  if (!core::starts_with_ignoring_case(text, "AUTH ")) return false;
  const auto words = split(core::trim(text.substr(5)), " ");
  return words.size() > 1 && std::all_of(words.begin(), words.end(),
                                         [&](std::string_view one) { return knowledge.keyword(kSpoken, one) != nullptr; });
}

std::optional<Meant> recognise_command(std::string_view text) {
  const auto verb = smtp::find_command(first_word(text));
  if (!verb || text.find('\n') != std::string_view::npos) return std::nullopt;
  const std::string upper = core::to_upper(text);
  const bool bare = upper == smtp::row(*verb).verb || upper == "MAIL FROM" || upper == "MAIL FROM:" || upper == "RCPT TO" ||
                    upper == "RCPT TO:";
  return CommandLine{*verb, std::string(text), bare};
}

std::optional<Meant> recognise_other_input(std::string_view text) {
  if (text == ".") return OtherInput{smtp::Input::kMessage};
  if (text == "*") return OtherInput{smtp::Input::kAuthResponse};
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (row.verb.empty() && row.input != smtp::Input::kUnknown && text == smtp::name(row.input)) return OtherInput{row.input};
  }
  return std::nullopt;
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

Meant recognise(std::string_view input, const knowledge::Knowledge& knowledge) {
  const std::string_view text = without_speaker(input);
  if (text.empty()) return Unrecognised{};
  const std::string id = core::to_lower(text);
  if (knowledge.mistake(id) != nullptr) return MistakeName{id};
  if (knowledge.failure(id) != nullptr || knowledge.cause(id) != nullptr) return FailureName{id};
  if (auto reply = recognise_reply(text)) return std::move(*reply);
  if (auto number = recognise_number(text)) return std::move(*number);
  if (lists_mechanisms(text, knowledge)) return KeywordLine{std::string(text)};
  if (auto command = recognise_command(text)) return std::move(*command);
  if (auto other = recognise_other_input(text)) return std::move(*other);
  const bool is_line = text.find('\n') == std::string_view::npos;
  if (is_line && knowledge.keyword(kSpoken, split_keyword(text).keyword) != nullptr) return KeywordLine{std::string(text)};
  if (readable_base64(text)) return Base64Text{std::string(text)};
  return Unrecognised{};
}

}  // namespace commands
