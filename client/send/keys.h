// The keys of email_config.json, which `smtplab send` and `smtplab fetch` read: what each takes, and everything that is wrong
// with a file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/host_port.h"
#include "client/base/security.h"
#include "core/result.h"
#include "document/document.h"
#include "document/problems.h"
#include "mime/address_list.h"

namespace send {

// Keys whose values a message may show: all but the password.
[[nodiscard]] std::vector<std::string_view> shown_keys();

// The octets of a configuration. Error id "file-unreadable" when it cannot be read.
[[nodiscard]] core::Result<std::string> read_config_text(const std::string& path);

// Reads the keys of one file and gathers what is wrong with them.
class Keys {
 public:
  // document outlives it.
  explicit Keys(const document::Document& document) : document_(document), problems_(document) {}

  // Names and types of all that is there, and which of these are missing.
  void check(std::span<const std::string_view> required);
  // One of these is missing, unless it was misspelt, which is said already. hint: what to write.
  void miss(std::string_view key, core::Text hint);

  // The value, where it has the right type; null or empty otherwise.
  [[nodiscard]] const document::Node* find(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::vector<const document::Node*> texts(std::string_view key) const;

  // Mail addresses that stand in a text; none when one of them is wrong.
  [[nodiscard]] std::vector<mime::Address> addresses(const document::Node& node);
  // The one of "sender"; an empty one when it is missing or wrong.
  [[nodiscard]] mime::Address sender();
  // The server of this key, and its port, which may stand in a key of its own. example: what to write instead; schemes: of
  // URLs that may stand there ("imaps://").
  [[nodiscard]] client::HostPort server(std::string_view key, std::string_view port_key, std::string_view example,
                                        std::span<const std::string_view> schemes = {});
  // Of "security"; nothing when it is not there.
  [[nodiscard]] std::optional<client::Security> security();

  // A path that is named in the file, relative ones from its folder.
  [[nodiscard]] std::string resolved(const std::string& name) const;
  [[nodiscard]] const document::Document& document() const { return document_; }
  [[nodiscard]] document::Problems& problems() { return problems_; }

 private:
  void check(const document::Entry& entry, bool is_required);

  const document::Document& document_;
  document::Problems problems_;
  std::vector<std::string_view> meant_;  // keys that an unknown one is near to
};

}  // namespace send
