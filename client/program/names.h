// The name server of a closed network (RFC 1035): addresses of the hosts of a street, mail exchangers of the domains of mail.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace program {

class Names {
 public:
  // Host names with their addresses and domains with their mail exchanger, in small letters. Whatever else is asked for has the
  // address `elsewhere`.
  Names(std::map<std::string, std::string> addresses, std::map<std::string, std::string> exchangers, std::string elsewhere);

  // The answer to a query as it came in a datagram; nothing: it is none. There is no IPv6: no address is not an unknown name
  // (RFC 4074 §3).
  [[nodiscard]] std::optional<std::string> answer(std::string_view query);

  // Names that stand for nobody here, and were asked for all the same.
  [[nodiscard]] const std::set<std::string>& strangers() const { return strangers_; }

 private:
  [[nodiscard]] std::string record(const std::string& name, int type);

  std::map<std::string, std::string> addresses_;
  std::map<std::string, std::string> exchangers_;
  std::string elsewhere_;
  std::set<std::string> strangers_;
};

}  // namespace program
