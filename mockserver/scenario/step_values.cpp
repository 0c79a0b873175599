#include "mockserver/scenario/step_values.h"

#include <string>

#include "core/base64.h"
#include "core/text.h"
#include "smtp/data_reader.h"

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

std::string octets_of(const Step& step, const Values& values) {
  if (step.connects) return {};
  if (!step.message.empty()) {
    return smtp::dot_stuff(core::replace_all(fill(step.message, values).value_or(step.message), "\n", "\r\n"));
  }
  const std::string line = fill(step.send, values).value_or(step.send);
  switch (step.line_end) {
    case smtp::LineEnd::kCrlf: return line + "\r\n";
    case smtp::LineEnd::kLf: return line + "\n";
    case smtp::LineEnd::kNone: return line;
  }
  return line;
}

}  // namespace scenario
