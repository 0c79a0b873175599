// Host and ports for a program that has to be told where to connect: in its arguments and in its environment.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace program {

// Where the first stand is.
struct OpenPorts {
  std::string host = "127.0.0.1";
  std::uint16_t first = 0;                            // in clear text, of what it speaks first
  std::map<std::string, std::uint16_t> by_name = {};  // "smtp", "smtps", "pop3", "pop3s" …
};

// {host}, {port} and {port:NAME} of these words replaced; what names no port of ours stays.
[[nodiscard]] std::string filled_in(std::string word, const OpenPorts& ports);
// Whether a word has one of them that is a port.
[[nodiscard]] bool asks_for_port(std::string_view word);

// "NAME=value" each: those of `environment` filled in, and SMTPLAB_HOST, SMTPLAB_PORT, SMTPLAB_PORT_SMTPS …
[[nodiscard]] std::vector<std::string> told_environment(const std::vector<std::string>& environment, const OpenPorts& ports);

}  // namespace program
