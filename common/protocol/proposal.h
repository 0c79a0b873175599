// What a client could say next, as lines that make sense: for whoever leaves the guided path of a lesson, or has none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "sasl/client.h"

namespace protocol {

// Who steps: with what account, and for whom the mail is.
struct Identity {
  std::optional<sasl::Credentials> credentials = {};
  std::string from = "alice@client.example";
  std::vector<std::string> to{"bob@client.example"};
  std::string nonce = "nonce";                 // printable ASCII without ",", for SCRAM
  std::string client_name = "client.example";  // with which it introduces itself
  bool wants_tls = true;                       // false: it was wished not to encrypt, so it is not proposed first
};

enum class Form : std::uint8_t {
  kLine,
  kMessage,  // mail data up to its end mark, dots stuffed, without the mark itself
  kChunk,    // a whole message behind the command that says its length
  kConnect,  // nothing is sent: a new connection
};

struct Likely {
  std::string text;  // a line without its end; of a message all lines, each ended by \n
  Form form = Form::kLine;
  bool is_secret = false;  // the whole line is a password
  core::Text why = {};     // empty where the command itself says it
};

}  // namespace protocol
