#include "mockserver/scenario/step_values.h"

#include <string>

#include "core/base64.h"
#include "core/text.h"

namespace scenario {

Values step_values(const Scenario& scenario, std::string_view client) {
  Values values{{"client", std::string(client)}, {"response", ""}};
  if (scenario.accounts.empty()) return values;
  const Account& first = scenario.accounts.front();
  values["user"] = first.user;
  values["password"] = first.password;
  values["web_password"] = first.web_password;
  // RFC 4616 §2: message = [authzid] UTF8NUL authcid UTF8NUL passwd
  const std::string nul(1, '\0');
  std::string plain = nul;
  plain.append(first.user).append(nul).append(first.password);
  values["plain"] = core::base64_encode(plain);
  if (scenario.accounts.size() > 1) values["user2"] = scenario.accounts[1].user;
  return values;
}

std::string octets_of(const protocol::Protocol& protocol, const Step& step, const Values& values) {
  if (step.connects) return {};
  if (!step.message.empty()) {
    const std::string lines = core::replace_all(fill(step.message, values).value_or(step.message), "\n", "\r\n");
    return protocol.octets_of_message(lines, protocol::Form::kMessage);
  }
  const std::string line = fill(step.send, values).value_or(step.send);
  switch (step.line_end) {
    case protocol::LineEnd::kCrlf: return line + "\r\n";
    case protocol::LineEnd::kLf: return line + "\n";
    case protocol::LineEnd::kNone: return line;
  }
  return line;
}

}  // namespace scenario
