// A transfer encoding undone piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace mime {

// base64, quoted-printable, uuencode; others are as they are. What is damaged is decoded as far as it goes. One object for one
// part.
class TransferDecoder {
 public:
  explicit TransferDecoder(std::string_view encoding);
  ~TransferDecoder();
  TransferDecoder(const TransferDecoder&) = delete;
  TransferDecoder& operator=(const TransferDecoder&) = delete;

  // What can be told of these octets and those before them.
  [[nodiscard]] std::string decoded(std::string_view octets);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mime
