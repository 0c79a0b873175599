// What CAPA announces (RFC 2449 §5): one capability a line, a keyword and its parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pop3 {

class Capabilities {
 public:
  Capabilities() = default;
  // Lines as CAPA gives them, in this order; empty ones are left out.
  static Capabilities from_lines(std::vector<std::string> lines);

  // Some line has this keyword, in any letter case.
  [[nodiscard]] bool offers(std::string_view keyword) const;
  // What stands behind the keyword; empty when nothing does.
  [[nodiscard]] std::string_view parameters(std::string_view keyword) const;
  // Names of mechanisms behind SASL, upper case.
  [[nodiscard]] std::vector<std::string> mechanisms() const;
  [[nodiscard]] bool offers_mechanism(std::string_view name) const;

  [[nodiscard]] Capabilities without(std::string_view keyword) const;
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  [[nodiscard]] bool empty() const { return lines_.empty(); }

  bool operator==(const Capabilities&) const = default;

 private:
  [[nodiscard]] const std::string* find(std::string_view keyword) const;

  std::vector<std::string> lines_;
};

}  // namespace pop3
