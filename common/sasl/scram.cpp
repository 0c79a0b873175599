// SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677): both sides prove that they know the password, nobody says it.
#include <cstdint>
#include <optional>
#include <utility>

#include "core/base64.h"
#include "core/show.h"
#include "sasl/gs2.h"
#include "sasl/hashes.h"
#include "sasl/mechanism.h"
#include "sasl/scram_keys.h"
#include "sasl/scram_messages.h"

namespace sasl {
namespace {

constexpr std::uint32_t kIterations = 4096;  // the least that RFC 7677 §4 allows
constexpr std::size_t kSaltLength = 16;
constexpr std::size_t kMaxShownError = 100;

// What both sides sign (RFC 5802 §3).
std::string auth_message(std::string_view client_first_bare, std::string_view server_first, std::string_view without_proof) {
  std::string out(client_first_bare);
  return out.append(",").append(server_first).append(",").append(without_proof);
}

// How far an exchange has come, on both sides.
enum class Phase : std::uint8_t { kFirst, kFinal, kLastWord, kOver };

class ScramServer final : public Cloneable<ScramServer, ServerSide> {
 public:
  ScramServer(Hash hash, ServerPart part) : hash_(hash), part_(std::move(part)) {}

  void challenged(std::string_view octets) override {
    if (phase_ == Phase::kFinal) server_first_ = octets;
  }

  core::Result<Step> respond(std::string_view response) override {
    switch (phase_) {
      case Phase::kFirst: return first(response);
      case Phase::kFinal: return final(response);
      case Phase::kLastWord: return last_word_answered(response);
      case Phase::kOver: break;
    }
    return too_many_responses();
  }

 private:
  core::Result<Step> first(std::string_view response) {
    const auto read = read_client_first(response);
    if (!read) return core::Failure(read.error());
    header_ = response.substr(0, read->header.length);
    bare_ = response.substr(read->header.length);
    authorization_ = read->header.authorization;
    user_ = read->user;
    nonce_ = read->nonce;
    // The salt has to be the same whenever this user comes; where nothing is stored it is made of what stays.
    const std::string salt = hmac(Hash::kSha256, "salt of " + part_.host, user_).substr(0, kSaltLength);
    server_first_ = "r=" + nonce_ + part_.nonce + ",s=" + core::base64_encode(salt) + ",i=" + std::to_string(kIterations);
    phase_ = Phase::kFinal;
    return Challenge{server_first_, Wants::kResponse};
  }

  core::Result<Step> final(std::string_view response) {
    const auto read = read_client_final(response);
    if (!read) return core::Failure(read.error());
    if (read->header != header_) {
      return malformed({"'c=' is not the GS2 header of the first message", "'c=' 不是第一条消息的 GS2 头"}, "RFC 5802 §5.1",
                       {"c=biws is n,, in base64; whoever changed the header on the way is found out here",
                        "c=biws 是 n,, 的 base64；谁在中途改过这个头，在这里就会被发现"});
    }
    const auto said = read_server_first(server_first_);
    if (said && read->nonce != said->nonce) {
      return malformed({"'r=' is not the nonce that the server gave", "'r=' 不是服务器给出的随机数"}, "RFC 5802 §5.1",
                       {"repeat the server's whole 'r='", "把服务器的 'r=' 原样重复一遍"});
    }
    claim_.authorization = authorization_;
    claim_.user = user_;
    claim_.is_proof = true;
    // What went out may have been anything (Exchange::challenged): no proof fits a challenge that cannot be read.
    if (said) set_proof(*said, *read);
    phase_ = Phase::kLastWord;
    return claim_;
  }

  void set_proof(const ServerFirst& said, const ClientFinal& read) {
    const auto keys_of = [hash = hash_, salt = said.salt, iterations = said.iterations](std::string_view password) {
      return scram_keys(hash, password, salt, iterations);
    };
    const std::string signed_text = auth_message(bare_, server_first_, read.without_proof);
    claim_.check = [keys_of, signed_text, proof = read.proof](std::string_view password) {
      return keys_of(password).is_proof(proof, signed_text);
    };
    claim_.server_final = [keys_of, signed_text](std::string_view password) {
      return "v=" + core::base64_encode(keys_of(password).server_signature(signed_text));
    };
  }

  core::Result<Step> last_word_answered(std::string_view response) {
    if (!response.empty())
      return malformed({"the answer to the server's signature is an empty line", "对服务器签名的回答是空行"},
                       "RFC 5802 §5, RFC 4422 §3.6");
    phase_ = Phase::kOver;
    claim_.is_final = true;
    return claim_;
  }

  Hash hash_;
  ServerPart part_;
  Phase phase_ = Phase::kFirst;
  std::string header_;  // of the client's first message, which is header_ + bare_
  std::string bare_;
  std::string authorization_;
  std::string user_;
  std::string nonce_;
  std::string server_first_;  // as it went out
  Claim claim_;
};

class ScramClient final : public Cloneable<ScramClient, ClientSide> {
 public:
  ScramClient(Hash hash, Credentials credentials, std::string nonce)
      : hash_(hash), credentials_(std::move(credentials)), nonce_(std::move(nonce)) {}

  core::Result<std::string> respond(std::string_view challenge) override {
    switch (phase_) {
      case Phase::kFirst: return first();
      case Phase::kFinal: return final(challenge);
      case Phase::kLastWord: return verify(challenge);
      case Phase::kOver: break;
    }
    return too_many_challenges();
  }

  [[nodiscard]] bool is_done() const override { return phase_ == Phase::kOver; }

 private:
  core::Result<std::string> first() {
    bare_ = "n=" + encode_saslname(credentials_.user) + ",r=" + nonce_;
    header_ = write_gs2(credentials_.authorization);
    // Names that cannot be written (empty, NUL) show when they are read back.
    const auto read = read_client_first(header_ + bare_);
    if (!read) return cannot_write(read.error().text, read.error().place);
    phase_ = Phase::kFinal;
    return header_ + bare_;
  }

  core::Result<std::string> final(std::string_view server_first) {
    const auto said = read_server_first(server_first);
    if (!said) return core::Failure(said.error());
    if (said->nonce.size() <= nonce_.size() || !said->nonce.starts_with(nonce_)) {
      return malformed(
          {"the server's nonce does not begin with ours and go on", "服务器的随机数没有以我们的随机数开头并接着写下去"},
          "RFC 5802 §5.1",
          {"cancel with *: this may be the recording of another exchange", "用 * 取消：这可能是把另一次交换录下来重放"});
    }
    const std::string without_proof = "c=" + core::base64_encode(header_) + ",r=" + said->nonce;
    const std::string signed_text = auth_message(bare_, server_first, without_proof);
    const ScramKeys keys = scram_keys(hash_, credentials_.password.reveal(), said->salt, said->iterations);
    server_signature_ = keys.server_signature(signed_text);
    phase_ = Phase::kLastWord;
    return without_proof + ",p=" + core::base64_encode(keys.proof(signed_text));
  }

  core::Result<std::string> verify(std::string_view server_final) {
    const auto said = read_server_final(server_final);
    if (!said) return core::Failure(said.error());
    if (!said->error.empty()) {
      return malformed(core::phrase("the server refuses the proof: {0}", "服务器拒绝了证明：{0}",
                                    {core::show_bytes(said->error.substr(0, kMaxShownError))}),
                       "RFC 5802 §7", {"cancel with *; the user name or the password is wrong", "用 * 取消；用户名或密码不对"});
    }
    if (!same_octets(said->signature, server_signature_)) {
      auto impostor = malformed(
          {"the server's signature is wrong: it does not know this password", "服务器的签名不对：它不知道这个密码"},
          "RFC 5802 §3",
          {"cancel with * and hang up: this is not the server that it says it is", "用 * 取消并断开：它不是自称的那台服务器"});
      impostor.value().id = "sasl-impostor";
      return impostor;
    }
    phase_ = Phase::kOver;
    return std::string();
  }

  Hash hash_;
  Credentials credentials_;
  std::string nonce_;
  Phase phase_ = Phase::kFirst;
  std::string header_;
  std::string bare_;
  std::string server_signature_;  // that the server has to give
};

struct LetterName {
  char letter;
  const char* part;
};

// The attributes whose letters have a name; a value of which only this side knows the parts is one part.
void add_parts(const Attributes& attributes, std::initializer_list<LetterName> names, std::vector<Part>& parts) {
  for (const Attribute& one : attributes) {
    for (const LetterName& name : names) {
      if (one.letter == name.letter) parts.push_back({name.part, {one.at, one.at + one.value.size()}});
    }
  }
}

std::vector<Part> client_parts(std::size_t round, std::string_view octets) {
  std::vector<Part> parts;
  if (round == 0) {
    const auto read = read_client_first(octets);
    if (!read) return {};
    parts.push_back({"channel-binding", {0, 1}});
    if (!read->header.authorization.empty()) parts.push_back({"authorization", read->header.authorization_where});
    add_parts(read->attributes, {{'n', "user"}, {'r', "client-nonce"}}, parts);
  } else if (round == 1) {
    const auto read = read_client_final(octets);
    if (!read) return {};
    add_parts(read->attributes, {{'c', "channel-binding"}, {'r', "server-nonce"}, {'p', "proof"}}, parts);
  } else if (round == 2 && octets.empty()) {
    parts.push_back({"empty", {0, 0}});
  }
  return parts;
}

std::vector<Part> server_parts(std::size_t round, std::string_view octets) {
  std::vector<Part> parts;
  if (round == 1) {
    const auto read = read_server_first(octets);
    if (!read) return {};
    add_parts(read->attributes, {{'r', "server-nonce"}, {'s', "salt"}, {'i', "iterations"}}, parts);
  } else if (round == 2) {
    const auto read = read_server_final(octets);
    if (!read) return {};
    add_parts(read->attributes, {{'v', "server-signature"}, {'e', "server-error"}}, parts);
  }
  return parts;
}

template <Hash kHash>
Mechanism scram(std::string_view name) {
  Mechanism one;
  one.name = name;
  one.server = [](const ServerPart& part) -> std::unique_ptr<ServerSide> { return std::make_unique<ScramServer>(kHash, part); };
  one.client = [](const Credentials& credentials, const std::string& nonce) -> std::unique_ptr<ClientSide> {
    return std::make_unique<ScramClient>(kHash, credentials, nonce);
  };
  one.parts = [](Speaker speaker, std::size_t round, std::string_view octets) {
    return speaker == Speaker::kClient ? client_parts(round, octets) : server_parts(round, octets);
  };
  return one;
}

}  // namespace

Mechanism scram_sha_1() { return scram<Hash::kSha1>("SCRAM-SHA-1"); }

Mechanism scram_sha_256() { return scram<Hash::kSha256>("SCRAM-SHA-256"); }

}  // namespace sasl
