#include "smtp/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"
#include "smtp/extension_table.h"
#include "smtp/xtext.h"

namespace smtp {
namespace {

constexpr std::size_t kMaxEnvid = 100;      // RFC 3461 §4.4
constexpr std::size_t kMaxOrcpt = 500;      // RFC 3461 §4.2
constexpr std::size_t kMaxSizeDigits = 20;  // RFC 1870 §3

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, word); });
}

// RFC 3030 §3: BINARYMIME is only for messages that come in chunks.
bool is_body(std::string_view value, const Extensions& announced) {
  constexpr std::array<std::string_view, 2> kLines{"7BIT", "8BITMIME"};
  if (is_one_of(value, kLines)) return true;
  return core::equals_ignoring_case(value, "BINARYMIME") && announced.offers("BINARYMIME") && announced.offers("CHUNKING");
}

bool is_notify(std::string_view value) {
  constexpr std::array<std::string_view, 3> kEvents{"SUCCESS", "FAILURE", "DELAY"};
  if (core::equals_ignoring_case(value, "NEVER")) return true;
  for (std::string seen = ","; true;) {
    const std::string_view word = value.substr(0, value.find(','));
    const std::string key = core::to_upper(word) + ",";
    if (!is_one_of(word, kEvents) || seen.find("," + key) != std::string::npos) return false;
    seen += key;
    if (word.size() == value.size()) return true;
    value.remove_prefix(word.size() + 1);
  }
}

bool is_envid(std::string_view value) {
  const auto text = decode_xtext(value);
  return text && value.size() <= kMaxEnvid && core::is_printable_ascii(*text);
}

// original-recipient-address = addr-type ";" xtext; of the type utf-8 it may be UTF-8 as it is (RFC 6533 §3).
bool is_orcpt(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  if (value.size() > kMaxOrcpt || semicolon == std::string_view::npos || semicolon == 0) return false;
  const std::string_view type = value.substr(0, semicolon);
  const bool is_atom = std::all_of(type.begin(), type.end(), [](char c) { return core::is_alnum(c) || c == '-'; });
  const std::string_view address = value.substr(semicolon + 1);
  if (!is_atom || address.empty()) return false;
  if (core::equals_ignoring_case(type, "utf-8")) return core::is_utf8(address);
  const auto text = decode_xtext(address);
  // RFC 3461 wants printable ASCII; Postfix writes addresses in UTF-8 this way.
  return text && core::is_utf8(*text) && std::none_of(text->begin(), text->end(), core::is_control);
}

bool is_auth(std::string_view value) {
  const auto text = decode_xtext(value);
  return text && (*text == "<>" || Mailbox::parse(*text, true).has_value());
}

bool fits(ValueKind kind, const std::optional<std::string>& value, const Extensions& announced) {
  constexpr std::array<std::string_view, 2> kReturns{"FULL", "HDRS"};
  if (kind == ValueKind::kNone || !value) return (kind == ValueKind::kNone) == !value;
  switch (kind) {
    case ValueKind::kNone: break;
    case ValueKind::kSize: return value->size() <= kMaxSizeDigits && std::all_of(value->begin(), value->end(), core::is_digit);
    case ValueKind::kBody: return is_body(*value, announced);
    case ValueKind::kAuth: return is_auth(*value);
    case ValueKind::kRet: return is_one_of(*value, kReturns);
    case ValueKind::kEnvid: return is_envid(*value);
    case ValueKind::kNotify: return is_notify(*value);
    case ValueKind::kOrcpt: return is_orcpt(*value);
  }
  return true;
}

// Twenty digits may be more than fits a number; then they are above any limit.
bool is_above(const std::string& digits, std::size_t limit) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return error == std::errc::result_out_of_range || size > limit;
}

std::optional<Refusal> refuse_value(const ParameterRow& row, const Parameter& parameter, const Extensions& announced,
                                    std::size_t size_limit) {
  if (!fits(row.value, parameter.value, announced)) {
    return Refusal{501, "5.5.4", "Bad value of parameter " + std::string(row.keyword)};
  }
  if (row.value == ValueKind::kSize && is_above(*parameter.value, size_limit)) {
    return Refusal{552, "5.3.4", "Message size exceeds fixed maximum message size"};
  }
  return std::nullopt;
}

const ParameterRow* row_of(Input command, std::string_view keyword, const Extensions& announced) {
  const auto* const hit = std::find_if(kParameters.begin(), kParameters.end(), [&](const ParameterRow& row) {
    return row.command == command && core::equals_ignoring_case(row.keyword, keyword) &&
           (announced.offers(row.extension) || (row.extension == "AUTH" && !announced.mechanisms().empty()));
  });
  return hit == kParameters.end() ? nullptr : hit;
}

}  // namespace

std::optional<Refusal> refuse_parameters(const Command& command, const Extensions& announced, std::size_t size_limit) {
  for (const Parameter& parameter : command.parameters) {
    const ParameterRow* const row = row_of(command.verb, parameter.keyword, announced);
    if (row == nullptr) {
      return Refusal{555, "5.5.4", "Parameter " + core::show_bytes(parameter.keyword) + " not recognized or not offered"};
    }
    if (find_parameter(command.parameters, parameter.keyword) != &parameter) {
      return Refusal{501, "5.5.4", "Parameter " + std::string(row->keyword) + " given twice"};
    }
    if (auto refusal = refuse_value(*row, parameter, announced, size_limit)) return refusal;
  }
  return std::nullopt;
}

bool lacks_smtputf8(const Command& command, const Memory& memory) {
  const bool has_path = command.verb == Input::kMail || command.verb == Input::kRcpt;
  const bool is_ascii = has_path ? core::is_ascii(command.path.text()) : core::is_ascii(command.argument);
  if (is_ascii || (!has_path && row(command.verb).takes != Takes::kMailbox)) return false;
  const bool of_mail = command.verb == Input::kRcpt;
  return find_parameter(of_mail ? memory.mail_parameters : command.parameters, "SMTPUTF8") == nullptr;
}

}  // namespace smtp
