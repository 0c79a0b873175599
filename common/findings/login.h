// The lines of a login by SASL: what is wrong with their base64 and what stands in it, and who it is that logs in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "findings/server.h"
#include "sasl/exchange.h"
#include "sasl/response_line.h"

namespace findings {

class Login {
 public:
  // AUTH came, and with it perhaps a response, which stands at `offset` of its line: spans count from the start of the line.
  [[nodiscard]] std::vector<Sight> begun(std::string_view mechanism, const std::optional<std::string>& response,
                                         std::size_t offset);
  // A line of the exchange, with its line end of so many octets.
  [[nodiscard]] std::vector<Sight> said(std::string_view line, std::size_t line_end);
  // The server asks on, in base64.
  void challenged(std::string_view base64);
  // AUTH came, and nobody can read how.
  void reset() { *this = {}; }

  // As far as the lines so far say it; empty when they do not.
  [[nodiscard]] const std::string& user() const { return user_; }
  [[nodiscard]] const std::string& password() const { return password_; }
  // The last line was an empty one where the password had to come, behind a user name that was none.
  [[nodiscard]] bool has_empty_password() const { return empty_password_; }
  [[nodiscard]] const std::string& mechanism() const { return mechanism_; }
  // Whoever reads along reads the password.
  [[nodiscard]] bool shows_password() const;

 private:
  [[nodiscard]] std::vector<Sight> response(std::string_view base64, std::size_t offset, sasl::ResponsePlace place);
  void take(const std::string& decoded);

  std::string mechanism_;
  std::optional<sasl::Exchange> exchange_;
  std::size_t responses_ = 0;
  std::string user_;
  std::string password_;
  bool empty_password_ = false;
};

// Why credentials are refused, where the accounts tell.
enum class Mismatch : std::uint8_t {
  kNone,
  kWebPassword,  // of the web site, where the mail programs' own is wanted
  kUserForm,     // the whole address in place of the name before the "@", or the other way round
};
struct Mismatched {
  Mismatch what = Mismatch::kNone;
  std::string user;     // kUserForm: as the server knows it
  bool certain = true;  // kWebPassword: not when all that is known is that the password has not the form of one for programs
};
[[nodiscard]] Mismatched why_refused(const Server& server, std::string_view user, std::string_view password);

}  // namespace findings
