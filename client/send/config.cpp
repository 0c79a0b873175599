#include "client/send/config.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "client/base/client_name.h"
#include "client/send/json_document.h"
#include "client/send/keys.h"
#include "core/show.h"
#include "core/text.h"
#include "mime/media_type.h"
#include "smtp/door.h"

namespace send {
namespace {

using document::Node;
using document::NodeType;

constexpr auto kRequired = std::to_array<std::string_view>({"sender", "receiver", "subject", "body", "smtp_server"});

constexpr std::string_view kExample = R"({
  "sender": "alice@163.com",
  "receiver": "bob@qq.com, carol@example.org",
  "subject": "Hello · 你好",
  "body": "First line.\n\n第二段。\n",
  "smtp_server": "smtp.163.com",
  "smtp_port": 465,
  "security": "tls",
  "password": "the authorization code of the account",
  "attachments": [],
  "imap_url": "imap.163.com",
  "pop_url": "pop.163.com"
}
)";

// Nobody who writes down a server and a password means clear text, whatever the port; but 25 and 587 say that they begin so.
client::Security security_for(std::uint16_t port) {
  for (const client::Security one : {client::Security::kNone, client::Security::kStarttls}) {
    if (client::usual_port(smtp::door(), one) == port) return one;
  }
  return client::Security::kTls;
}

// Reads the tree and gathers everything that is wrong with it.
class Reader {
 public:
  explicit Reader(const document::Document& document) : keys_(document) {}

  core::Result<Config> read() {
    keys_.check(kRequired);
    config_.sender = keys_.sender();
    read_receivers();
    read_server();
    read_name();
    config_.subject = keys_.text("subject");
    config_.body = keys_.text("body");
    if (const Node* const node = keys_.find("password")) config_.password = core::Secret(node->text);
    config_.user = keys_.find("user") != nullptr ? keys_.text("user") : config_.sender.mailbox;
    if (const std::string name = keys_.text("ca"); !name.empty()) config_.authority = keys_.resolved(name);
    for (const Node* const node : keys_.texts("attachments")) {
      config_.attachments.push_back(
          {keys_.resolved(node->text),
           keys_.document().path + ":" + std::to_string(node->where.line) + ":" + std::to_string(node->where.column)});
    }
    if (!keys_.problems().empty()) return core::Failure(keys_.problems().error());
    return std::move(config_);
  }

 private:
  void read_receivers() {
    for (const Node* const node : keys_.texts("receiver")) {
      for (mime::Address& one : keys_.addresses(*node)) config_.receivers.push_back(std::move(one));
    }
    const Node* const list = keys_.document().root.find("receiver", NodeType::kList);
    if (list != nullptr && list->items.empty()) {
      keys_.problems().add(list->where, {"'receiver' names nobody", "'receiver' 里没有人"});
    }
  }

  void read_server() {
    const client::HostPort server = keys_.server("smtp_server", "smtp_port", "smtp.163.com, or smtp.163.com:465");
    config_.host = server.host;
    if (const auto security = keys_.security()) {
      config_.security = *security;
      config_.security_is_named = true;
    } else if (server.port) {
      config_.security = security_for(*server.port);
    }
    config_.port = server.port.value_or(client::usual_port(smtp::door(), config_.security));
  }

  // Domain / address-literal (RFC 5321 §4.1.1.1).
  void read_name() {
    const Node* const node = keys_.find("ehlo");
    if (node == nullptr) return;
    if (!client::is_client_name(node->text)) {
      keys_.problems().add(node->where, core::phrase("'{0}' is no name for EHLO", "'{0}' 不能作 EHLO 的名字", {node->text}),
                           {"the full name of this computer, or its address in brackets: [192.0.2.1]",
                            "写这台电脑的完整名字，或者方括号里的地址：[192.0.2.1]"});
    }
    config_.client_name = node->text;
  }

  Keys keys_;
  Config config_;
};

constexpr std::string_view kNotUtf8 = "\xFF";

// What can be told of a file without keeping it.
struct Survey {
  std::uint64_t size = 0;
  bool is_utf8 = true;
};

// Takes what is whole of `rest` and `part`; keeps the beginning of a character that was cut.
bool take_utf8(std::string& rest, std::string_view part) {
  rest += part;
  std::size_t at = 0;
  while (at < rest.size()) {
    const std::size_t length = core::utf8_sequence_length(std::string_view(rest).substr(at));
    if (length == 0) break;
    at += length;
  }
  rest.erase(0, at);
  return rest.size() < 4;  // a character has four octets at most
}

std::optional<Survey> survey(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  Survey found;
  std::string rest;
  std::array<char, 65536> part{};
  while (found.size <= kMaxAttachments && (file.read(part.data(), part.size()) || file.gcount() > 0)) {
    const std::string_view octets(part.data(), static_cast<std::size_t>(file.gcount()));
    found.size += octets.size();
    found.is_utf8 = found.is_utf8 && take_utf8(rest, octets);
  }
  if (file.bad()) return std::nullopt;
  found.is_utf8 = found.is_utf8 && rest.empty();
  return found;
}

core::Failure unreadable(core::Text text, core::Part place, core::Text hint) {
  return core::Failure(core::Error{core::Blame::kInput, std::move(text), std::move(place), std::move(hint), "file-unreadable"});
}

}  // namespace

core::Result<Config> parse_config(const std::string& path, std::string_view text) {
  const auto document = parse_json(path, text, shown_keys());
  if (!document) return core::Failure(document.error());
  return Reader(*document).read();
}

core::Result<Config> read_config(const std::string& path) {
  return read_config_text(path).and_then([&](const std::string& text) { return parse_config(path, text); });
}

core::Result<Attachments> look_at(const std::vector<NamedFile>& files) {
  Attachments out;
  std::uint64_t all = 0;
  for (const NamedFile& file : files) {
    const auto found = survey(file.path);
    if (!found) {
      return unreadable(core::phrase("the attachment '{0}' cannot be read", "附件 '{0}' 读不了", {file.path}), file.place,
                        {"relative paths begin in the folder of the configuration", "相对路径从配置文件所在的文件夹算起"});
    }
    all += found->size;
    if (all > kMaxAttachments) {
      return core::fail(core::Blame::kInput, {"the attachments are larger than 64 MiB together", "附件合起来超过 64 MiB"},
                        file.place,
                        {"most servers take 20 to 50 MB: put large files somewhere else and send a link",
                         "多数服务器只收 20 到 50 MB：大文件请放到别处，在邮件里发链接"});
    }
    const std::string name = std::filesystem::path(file.path).filename().string();
    const std::string type = mime::guess_type(name, found->is_utf8 ? "" : kNotUtf8);
    out.parts.push_back({name, {}, type});
    out.files.push_back({file.path, file.place, found->size});
  }
  return out;
}

std::string_view example_config() { return kExample; }

}  // namespace send
