// What the placeholders of steps stand for.
#pragma once

#include <string>
#include <string_view>

#include "mockserver/scenario/scenario.h"
#include "mockserver/scenario/template.h"

namespace scenario {

// For fill() with a step's send or message: {client}, and {user} {password} {web_password} {plain} {xoauth2} of the first
// account, {user2} of the second, as far as there are such accounts. {response} is empty: only who runs the dialogue knows what
// to answer to a challenge, and puts it in.
[[nodiscard]] Values step_values(const Scenario& scenario, std::string_view client = "client.example");

// Its line without its end, or its mail data, filled in; {literal} counts the octets that `announced` will be.
// REQUIRES: as below.
[[nodiscard]] std::string text_of(const protocol::Protocol& protocol, const Step& step, const Values& values);

// What a step puts on the wire: its line with its end, or its mail data with CRLF as the protocol hands it over. Nothing where
// it connects. REQUIRES: its template was checked against these values.
[[nodiscard]] std::string octets_of(const protocol::Protocol& protocol, const Step& step, const Values& values);

}  // namespace scenario
