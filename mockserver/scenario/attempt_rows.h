// Where the commands of each protocol come in a dialogue and what is said with them, to try them; inside of attempts.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mockserver/scenario/attempt.h"
#include "protocol/protocol.h"

namespace scenario {

// How much of a dialogue is said before the command, usually.
[[nodiscard]] Reach usual_place(const protocol::Protocol& protocol, std::string_view verb);
// The last part that a dialogue over this protocol has.
[[nodiscard]] Reach last_place(const protocol::Protocol& protocol);

// Commands have tags before them: in lines of attempts {tag}, which number_tags() fills in by the place of the step.
[[nodiscard]] bool has_tags(const protocol::Protocol& protocol);
[[nodiscard]] std::string tagged(const protocol::Protocol& protocol, const std::string& line);
void number_tags(std::vector<Step>& steps);

// Commands to try where any will do.
[[nodiscard]] std::vector<std::string_view> common_verbs(const protocol::Protocol& protocol);
// The command introduces the client.
[[nodiscard]] bool is_hello(const protocol::Protocol& protocol, std::string_view verb);
// Some command does.
[[nodiscard]] bool has_hello(const protocol::Protocol& protocol);

// What the clients of the guided dialogue would say for it, with what has to be said right before; empty for what is no
// command.
[[nodiscard]] std::vector<std::vector<std::string>> ordinary_turns(const protocol::Protocol& protocol, std::string_view verb);
// The same word used wrongly, in all the ways that servers have a word for.
[[nodiscard]] std::vector<std::vector<std::string>> malformed_turns(const protocol::Protocol& protocol, std::string_view verb);
// Lines that are no command at all.
[[nodiscard]] std::vector<std::string> unknown_lines(const protocol::Protocol& protocol);

}  // namespace scenario
