#include "client/commands/fresh.h"

#include <random>

namespace commands {

std::string fresh_word(std::size_t letters) {
  constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::random_device source;
  std::uniform_int_distribution<std::size_t> any(0, kLetters.size() - 1);
  std::string word;
  for (std::size_t i = 0; i < letters; ++i) word += kLetters[any(source)];
  return word;
}

std::string fresh_message_id(std::string_view sender) {
  const std::size_t at = sender.rfind('@');
  return fresh_word(20) + (at == std::string_view::npos ? "@smtplab.example" : std::string(sender.substr(at)));
}

}  // namespace commands
