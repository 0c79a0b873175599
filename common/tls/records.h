// Records of TLS from the outside (RFC 5246 §6.2.1): type, version (2 octets), length (2), contents. Internal to tls/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tls/settings.h"

namespace tls {

inline constexpr unsigned char kAlertRecord = 21;

// Whether a connection that begins with these octets may be TLS, when `earlier` octets of it came before. Two are enough to
// tell it from text, and text is what a wrong port speaks. REQUIRES: octets is not empty.
[[nodiscard]] bool may_be_record(std::string_view octets, std::size_t earlier);

// The records of a handshake, on their way to the library.
//
// Who refuses our old version says so with an alert in a record of his own, newer one. The library would find fault with
// that record and never see the alert: so it gets the oldest version there is. What is encrypted is never in such a record.
class Records {
 public:
  explicit Records(Version newest) : newest_minor_(static_cast<unsigned char>(newest) + 1) {}

  // The next octets, in any chunking; they may be changed.
  void pass(unsigned char* octets, std::size_t size);

  // The fatal alert that came last in clear, also where none was to be expected in clear: some clients of TLS 1.3 say in this
  // way that they do not like the certificate, and the library sees only that it is not encrypted.
  [[nodiscard]] std::optional<std::uint8_t> alert() const { return alert_; }

 private:
  void header(unsigned char& octet);
  void contents(unsigned char octet);

  static constexpr std::size_t kHeader = 5;
  unsigned char newest_minor_;
  unsigned char type_ = 0;
  std::size_t at_ = 0;      // in the record
  std::size_t length_ = 0;  // of its contents
  bool is_fatal_ = false;
  std::optional<std::uint8_t> alert_;
};

}  // namespace tls
