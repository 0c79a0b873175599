// A line of a provider's vocabulary as a server sends it.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"

namespace test {

// Values that stand where a provider puts its own.
inline std::string filled(std::string line) {
  struct Value {
    std::string_view name;
    std::string_view value;
  };
  for (const Value& one : {Value{"{recipient}", "bob@example.org"},
                           Value{"{sender}", "alice@example.com"},
                           Value{"{user}", "alice@example.com"},
                           Value{"{sender-domain}", "example.com"},
                           Value{"{recipient-domain}", "example.org"},
                           Value{"{client}", "client.example"},
                           Value{"{client-ip}", "192.0.2.7"},
                           Value{"{server-ip}", "192.0.2.1"},
                           Value{"{server}", "mx1.example.net"},
                           Value{"{id}", "c24Jt0wDGGdpQAAA.8161S2"},
                           Value{"{timestamp}", "1795193890"},
                           Value{"{n}", "7"},
                           Value{"{queue-id}", "4F2A11C0"},
                           Value{"{date}", "Mon, 30 Nov 2026 10:00:00 +0800"},
                           Value{"{size}", "1204"},
                           Value{"{command}", "FROB"},
                           Value{"{mechanism}", "CRAM-MD5"},
                           Value{"{argument}", "bob"},
                           Value{"{messages}", "2"},
                           Value{"{octets}", "320"},
                           Value{"{tag}", "a2"}}) {
    line = core::replace_all(line, one.name, one.value);
  }
  return line;
}

}  // namespace test
