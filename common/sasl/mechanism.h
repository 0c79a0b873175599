// What a mechanism is made of, for the files of this folder: each has one for both sides, mechanism.cpp lists them all.
// What the functions of the sides mean stands in exchange.h and client.h.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "sasl/client.h"
#include "sasl/exchange.h"
#include "sasl/parts.h"

namespace sasl {

class ServerSide {
 public:
  virtual ~ServerSide() = default;
  [[nodiscard]] virtual std::unique_ptr<ServerSide> clone() const = 0;
  [[nodiscard]] virtual Challenge first_challenge() const { return {}; }
  virtual void challenged(std::string_view /*octets*/) {}
  virtual core::Result<Step> respond(std::string_view response) = 0;
  [[nodiscard]] virtual bool next_is_secret() const { return false; }
};

class ClientSide {
 public:
  virtual ~ClientSide() = default;
  [[nodiscard]] virtual std::unique_ptr<ClientSide> clone() const = 0;
  virtual core::Result<std::string> respond(std::string_view challenge) = 0;
  [[nodiscard]] virtual bool is_done() const = 0;
};

// Gives `Own`, a ServerSide or a ClientSide, its clone().
template <typename Own, typename Side>
class Cloneable : public Side {
 public:
  [[nodiscard]] std::unique_ptr<Side> clone() const final { return std::make_unique<Own>(static_cast<const Own&>(*this)); }
};

struct Mechanism {
  std::string_view name;
  bool client_first = true;  // an initial response may stand in the AUTH command
  bool takes_token = false;  // an OAuth token instead of a password
  std::unique_ptr<ServerSide> (*server)(const ServerPart& part) = nullptr;
  std::unique_ptr<ClientSide> (*client)(const Credentials& credentials, const std::string& nonce) = nullptr;
  std::vector<Part> (*parts)(Speaker speaker, std::size_t round, std::string_view octets) = nullptr;
};

Mechanism plain();
Mechanism login();
Mechanism cram_md5();
Mechanism scram_sha_1();
Mechanism scram_sha_256();
Mechanism xoauth2();
Mechanism oauthbearer();

// All of them, strongest first.
const std::vector<Mechanism>& table();
// Null when the name (upper case) is not known.
const Mechanism* find_mechanism(std::string_view name);

// The errors that all of them have. Of what the other side said:
core::Failure malformed(core::Text text, core::Part place, core::Text hint = {});
core::Failure too_many_responses();
core::Failure too_many_challenges();
// … and of credentials that this mechanism cannot write down.
core::Failure cannot_write(core::Text text, core::Part place);

}  // namespace sasl
