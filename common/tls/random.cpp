#include "tls/random.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>

namespace tls {
namespace {

class Source {
 public:
  Source() {
    mbedtls_entropy_init(&entropy_);
    mbedtls_ctr_drbg_init(&generator_);
    constexpr std::string_view kUse = "smtplab";
    seeded_ = mbedtls_ctr_drbg_seed(&generator_, mbedtls_entropy_func, &entropy_,
                                    reinterpret_cast<const unsigned char*>(kUse.data()), kUse.size());
  }
  ~Source() {
    mbedtls_ctr_drbg_free(&generator_);
    mbedtls_entropy_free(&entropy_);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  int fill(unsigned char* out, std::size_t size) {
    int code = seeded_;
    while (code == 0 && size > 0) {
      const std::size_t part = std::min<std::size_t>(size, MBEDTLS_CTR_DRBG_MAX_REQUEST);
      code = mbedtls_ctr_drbg_random(&generator_, out, part);
      out += part;
      size -= part;
    }
    return code;
  }

 private:
  mbedtls_entropy_context entropy_{};
  mbedtls_ctr_drbg_context generator_{};
  int seeded_ = 0;
};

}  // namespace

int fill_randomly(void* /*unused*/, unsigned char* out, std::size_t size) {
  static Source source;
  return source.fill(out, size);
}

std::string random_octets(std::size_t size) {
  std::string octets(size, '\0');
  // A system that gives no randomness cannot keep any secret: nothing sensible can follow.
  if (fill_randomly(nullptr, reinterpret_cast<unsigned char*>(octets.data()), size) != 0) std::abort();
  return octets;
}

std::string random_text(std::size_t size) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string text;
  while (text.size() < size) {
    for (const char octet : random_octets(size - text.size())) {
      // 248 is the largest multiple of 62 in an octet: beyond it the first letters would come more often.
      const auto number = static_cast<unsigned char>(octet);
      if (number < 4 * kLetters.size()) text += kLetters[number % kLetters.size()];
    }
  }
  return text;
}

}  // namespace tls
