#include "client/program/told_ports.h"

#include "core/text.h"

namespace program {

std::string filled_in(std::string word, const OpenPorts& ports) {
  word = core::replace_all(word, "{host}", ports.host);
  word = core::replace_all(word, "{port}", std::to_string(ports.first));
  for (const auto& [name, port] : ports.by_name) word = core::replace_all(word, "{port:" + name + "}", std::to_string(port));
  return word;
}

bool asks_for_port(std::string_view word) {
  return word.find("{port}") != std::string_view::npos || word.find("{port:") != std::string_view::npos;
}

std::vector<std::string> told_environment(const std::vector<std::string>& environment, const OpenPorts& ports) {
  std::vector<std::string> told;
  for (const std::string& variable : environment) {
    if (!variable.starts_with("SMTPLAB_HOST=") && !variable.starts_with("SMTPLAB_PORT"))
      told.push_back(filled_in(variable, ports));
  }
  told.push_back("SMTPLAB_HOST=" + ports.host);
  told.push_back("SMTPLAB_PORT=" + std::to_string(ports.first));
  for (const auto& [name, port] : ports.by_name) {
    told.push_back("SMTPLAB_PORT_" + core::to_upper(name) + "=" + std::to_string(port));
  }
  return told;
}

}  // namespace program
