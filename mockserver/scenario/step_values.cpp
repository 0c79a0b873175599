#include "mockserver/scenario/step_values.h"

#include <string>

#include "core/base64.h"
#include "core/text.h"

namespace scenario {

namespace {

// The token in the frame of that mechanism.
std::string xoauth2(const Account& account) {
  return core::base64_encode("user=" + account.user + "\x01" + "auth=Bearer " + account.token + "\x01\x01");
}

}  // namespace

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
  values["xoauth2"] = first.token.empty() ? std::string() : xoauth2(first);
  if (scenario.accounts.size() > 1) values["user2"] = scenario.accounts[1].user;
  return values;
}

std::string text_of(const protocol::Protocol& protocol, const Step& step, const Values& values) {
  if (!step.message.empty()) return fill(step.message, values).value_or(step.message);
  if (step.announced.empty()) return fill(step.send, values).value_or(step.send);
  Values with_literal = values;
  Step message;
  message.message = step.announced;
  with_literal["literal"] = "{" + std::to_string(octets_of(protocol, message, values).size()) + "}";
  return fill(step.send, with_literal).value_or(step.send);
}

std::string octets_of(const protocol::Protocol& protocol, const Step& step, const Values& values) {
  if (step.connects) return {};
  const std::string line = text_of(protocol, step, values);
  if (!step.message.empty()) return protocol.octets_of_message(core::replace_all(line, "\n", "\r\n"), protocol::Form::kMessage);
  switch (step.line_end) {
    case protocol::LineEnd::kCrlf: return line + "\r\n";
    case protocol::LineEnd::kLf: return line + "\n";
    case protocol::LineEnd::kNone: return line;
  }
  return line;
}

}  // namespace scenario
