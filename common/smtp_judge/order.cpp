#include "smtp_judge/order.h"

#include <bit>
#include <cstdint>
#include <string_view>

#include "core/text.h"
#include "smtp/extension_table.h"
#include "smtp/not_now.h"

namespace smtp_judge {
namespace {

using findings::Sight;
using smtp::Input;

bool is_lacking(smtp::Lacking what, const Known& known) {
  switch (what) {
    case smtp::Lacking::kNothing: return true;
    case smtp::Lacking::kBeingNobody: return known.has_user;
    case smtp::Lacking::kEhlo: return known.hello != Hello::kEhlo;
    case smtp::Lacking::kEhloInTls: return known.upgraded;
    case smtp::Lacking::kClearText: return known.encrypted;
    case smtp::Lacking::kChunking: return !known.extensions.offers("CHUNKING");
    case smtp::Lacking::kLines: return smtp::declares(known.mail.parameters, "BODY", "BINARYMIME");
    case smtp::Lacking::kRecipient: return known.refused_recipients > 0;
  }
  return false;
}

constexpr smtp::InputSet kNeedsHello =
    smtp::InputSet(Input::kMail) | Input::kRcpt | Input::kData | Input::kBdat | Input::kAuth | Input::kStarttls;
constexpr smtp::InputSet kNeedsMail = smtp::InputSet(Input::kRcpt) | Input::kData | Input::kBdat;

core::Span where_parameter(const Line& line, std::string_view keyword) {
  const std::size_t at = core::to_upper(line.text()).find(keyword, line.text().find('>'));
  return at == std::string::npos ? core::Span{} : core::Span{at, at + keyword.size()};
}

bool brings(std::string_view keyword, Input command, const Known& known) {
  for (const smtp::ParameterRow& row : smtp::kParameters) {
    if (row.command == command && row.keyword == keyword && known.extensions.offers(row.extension)) return true;
  }
  return false;
}

std::optional<Sight> parameter_not_offered(const Line& line, const Known& known) {
  for (const smtp::Parameter& parameter : line.parsed.command->parameters) {
    const std::string keyword = core::to_upper(parameter.keyword);
    if (brings(keyword, line.input, known)) continue;
    return Sight{"extension-not-offered", where_parameter(line, keyword)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Sight> out_of_order(const Line& line, const Known& known) {
  if (line.input == Input::kUnknown || !known.greeted) return std::nullopt;
  const smtp::State state = known.state();
  for (std::uint32_t left = smtp::reasons_for(state, line.input); left != 0; left &= left - 1) {
    const smtp::NotNow& row = smtp::kNotNow[static_cast<std::size_t>(std::countr_zero(left))];
    if (!is_lacking(row.lacking, known)) continue;
    // The login of a client that was refused may be tried again.
    return Sight{smtp::id(row.mistake), {}};
  }
  return std::nullopt;
}

std::optional<Sight> not_offered(const Line& line, const Known& known) {
  if (!line.parsed.command || known.hello == Hello::kNone || known.upgraded) return std::nullopt;
  const bool envelope = line.input == Input::kMail || line.input == Input::kRcpt;
  if (envelope) return parameter_not_offered(line, known);
  if (known.hello == Hello::kHelo) {
    return line.input == Input::kStarttls ? std::optional(Sight{"starttls-after-helo", {}}) : std::nullopt;
  }
  const smtp::CommandRow& row = smtp::row(line.input);
  if (row.offered_by.empty() || row.may_be_silent) return std::nullopt;
  const core::Span verb{0, row.verb.size()};
  if (!known.extensions.brings(line.input)) {
    // A login that is offered inside TLS only.
    const bool wants_tls = line.input == Input::kAuth && !known.encrypted && known.extensions.offers("STARTTLS");
    return Sight{wants_tls ? "starttls-required" : "extension-not-offered", verb};
  }
  if (line.input != Input::kAuth || known.extensions.offers_mechanism(line.parsed.command->mechanism)) return std::nullopt;
  return Sight{"extension-not-offered", {row.verb.size() + 1, line.text().size()}};
}

std::optional<Sight> ignores_refusal(const Line& line, const Known& known) {
  const Input input = line.input;
  if (!line.is_command() || input == Input::kUnknown) return std::nullopt;
  if (known.refused.greeting && input != Input::kQuit) return Sight{"ignores-error-reply", {}};
  if (known.refused.hello && known.hello == Hello::kNone && kNeedsHello.has(input)) return Sight{"ignores-error-reply", {}};
  if (known.refused.login && !known.has_user && input == Input::kMail) return Sight{"ignores-error-reply", {}};
  if (known.refused.mail && !known.mail_open && kNeedsMail.has(input)) return Sight{"ignores-error-reply", {}};
  const bool nobody = known.mail_open && known.recipients.empty() && known.refused_recipients > 0;
  if (nobody && smtp::kSendsMessage.has(input)) return Sight{"recipient-refused-ignored", {}};
  return std::nullopt;
}

}  // namespace smtp_judge
