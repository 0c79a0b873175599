#include "tls/records.h"

namespace tls {
namespace {

constexpr unsigned char kFirstType = 20;   // change_cipher_spec
constexpr unsigned char kLastType = 23;    // application_data
constexpr char kMajorVersion = 3;          // of SSL 3.0 to TLS 1.3
constexpr unsigned char kOldestMinor = 1;  // TLS 1.0
constexpr unsigned char kFatal = 2;

}  // namespace

bool may_be_record(std::string_view octets, std::size_t earlier) {
  if (earlier > 1) return true;
  if (earlier == 1) return octets.front() == kMajorVersion;
  const auto type = static_cast<unsigned char>(octets.front());
  return type >= kFirstType && type <= kLastType && (octets.size() == 1 || octets[1] == kMajorVersion);
}

void Records::pass(unsigned char* octets, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (at_ < kHeader) {
      header(octets[i]);
    } else {
      contents(octets[i]);
    }
    ++at_;
    if (at_ >= kHeader && at_ == kHeader + length_) at_ = length_ = 0;
  }
}

void Records::header(unsigned char& octet) {
  if (at_ == 0) type_ = octet;
  if (at_ == 2 && type_ == kAlertRecord && octet > newest_minor_) octet = kOldestMinor;
  if (at_ >= 3) length_ = length_ * 256 + octet;
}

// Alert ::= level, description (RFC 5246 §7.2): in clear these two octets are all.
void Records::contents(unsigned char octet) {
  if (type_ != kAlertRecord || length_ != 2) return;
  if (at_ == kHeader) {
    is_fatal_ = octet == kFatal;
  } else if (is_fatal_) {
    alert_ = octet;
  }
}

}  // namespace tls
