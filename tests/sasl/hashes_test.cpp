#include "sasl/hashes.h"

#include <array>
#include <string>

#include <doctest/doctest.h>

using sasl::Hash;

TEST_CASE("sasl hashes: the examples of the standards") {
  struct Row {
    std::string name;
    std::string got;
    std::string want;
  };
  const std::string sixteen_b(16, '\x0b');
  const std::string twenty_b(20, '\x0b');
  const std::string long_key(80, '\xaa');
  const std::string longer_key(131, '\xaa');
  const std::string larger = "Test Using Larger Than Block-Size Key - Hash Key First";
  const std::array rows{
      Row{"MD5 of nothing, RFC 1321", sasl::digest(Hash::kMd5, ""), "d41d8cd98f00b204e9800998ecf8427e"},
      Row{"MD5 of no string at all", sasl::digest(Hash::kMd5, {}), "d41d8cd98f00b204e9800998ecf8427e"},
      Row{"SHA-1, RFC 3174", sasl::digest(Hash::kSha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"},
      Row{"SHA-256, FIPS 180-4", sasl::digest(Hash::kSha256, "abc"),
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      Row{"HMAC-MD5, RFC 2202 1", sasl::hmac(Hash::kMd5, sixteen_b, "Hi There"), "9294727a3638bb1c13f48ef8158bfc9d"},
      Row{"HMAC-MD5, RFC 2202 2", sasl::hmac(Hash::kMd5, "Jefe", "what do ya want for nothing?"),
          "750c783e6ab0b503eaa86e310a5db738"},
      Row{"HMAC-SHA-1, RFC 2202 1", sasl::hmac(Hash::kSha1, twenty_b, "Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00"},
      Row{"HMAC-SHA-1, a key longer than a block, RFC 2202 6", sasl::hmac(Hash::kSha1, long_key, larger),
          "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
      Row{"HMAC-SHA-256, RFC 4231 1", sasl::hmac(Hash::kSha256, twenty_b, "Hi There"),
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      Row{"HMAC-SHA-256, a key longer than a block, RFC 4231 6", sasl::hmac(Hash::kSha256, longer_key, larger),
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      Row{"HMAC of nothing with no key", sasl::hmac(Hash::kSha256, {}, {}),
          "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
      Row{"PBKDF2, RFC 6070 1", sasl::pbkdf2(Hash::kSha1, "password", "salt", 1), "0c60c80f961f0e71f3a9b524af6012062fe037a6"},
      Row{"PBKDF2, RFC 6070 2", sasl::pbkdf2(Hash::kSha1, "password", "salt", 2), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"},
      Row{"PBKDF2, RFC 6070 3", sasl::pbkdf2(Hash::kSha1, "password", "salt", 4096),
          "4b007901b765489abead49d926f721d065a429c1"},
      Row{"PBKDF2-HMAC-SHA-256, RFC 7914 §11", sasl::pbkdf2(Hash::kSha256, "passwd", "salt", 1),
          "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(sasl::hexadecimal(row.got) == row.want);
  }
}

TEST_CASE("sasl hashes: a digest is as long as it says") {
  for (const Hash hash : {Hash::kMd5, Hash::kSha1, Hash::kSha256}) {
    CHECK(sasl::digest(hash, "a").size() == sasl::digest_length(hash));
    CHECK(sasl::hmac(hash, "k", "a").size() == sasl::digest_length(hash));
    CHECK(sasl::pbkdf2(hash, "p", "s", 1).size() == sasl::digest_length(hash));
  }
}

TEST_CASE("sasl hashes: octets are the same when all of them are") {
  CHECK(sasl::same_octets("", ""));
  CHECK(sasl::same_octets("abc", "abc"));
  CHECK_FALSE(sasl::same_octets("abc", "abd"));
  CHECK_FALSE(sasl::same_octets("abc", "ab"));
  CHECK_FALSE(sasl::same_octets("", "a"));
}
