// The configuration file that students write: who sends what to whom, over which server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/security.h"
#include "client/send/letter.h"
#include "core/result.h"
#include "core/secret.h"
#include "mime/compose.h"

namespace send {

// A file that the configuration names.
struct NamedFile {
  std::string path;   // relative ones count from the folder of the configuration
  std::string place;  // where it is named: "email_config.json:9:20"
};

struct Config {
  mime::Address sender;
  std::vector<mime::Address> receivers;
  std::string subject;
  std::string body;
  std::vector<NamedFile> attachments;
  std::string host;
  std::uint16_t port = 465;
  client::Security security = client::Security::kTls;
  bool security_is_named = false;        // the file says it in so many words
  std::string user;                      // who logs in
  std::optional<core::Secret> password;  // nothing: the file has none; an empty one: no login
  std::string authority;                 // PEM file of authorities; empty: those of this computer
  std::string client_name;               // for EHLO; empty: the own name or address
};

// Without `security` the port decides: 587 means STARTTLS, 25 clear text, any other one TLS from the start; without `smtp_port`
// the security decides, and without both it is TLS on 465.
//
// `path` is how the file is called in messages, and its folder is where relative paths begin. Errors (Blame::kInput) have the
// form of document/problems.h, all of them at once: keys that are missing, unknown or of the wrong type, what is no address,
// what is no port.
core::Result<Config> parse_config(const std::string& path, std::string_view text);

// The same from a file. Error id "file-unreadable" when it cannot be read.
core::Result<Config> read_config(const std::string& path);

// Most octets of all attachments together: in base64 still less than most servers take.
inline constexpr std::size_t kMaxAttachments = std::size_t{64} << 20;

// Files that were read through once, and not kept.
struct Attachments {
  std::vector<mime::Attachment> parts;  // names and types, without octets
  std::vector<AttachedFile> files;      // the same in the same order
};

// Errors (Blame::kInput): one cannot be read, or they are too large.
core::Result<Attachments> look_at(const std::vector<NamedFile>& files);

// A configuration to start from (`--example`): read_config takes it.
[[nodiscard]] std::string_view example_config();

}  // namespace send
