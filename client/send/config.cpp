#include "client/send/config.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "client/base/client_name.h"
#include "client/base/host_port.h"
#include "client/send/json_document.h"
#include "core/nearest.h"
#include "core/show.h"
#include "core/text.h"
#include "core/userinfo.h"
#include "document/problems.h"
#include "mime/address_list.h"
#include "mime/media_type.h"
#include "smtp/address.h"
#include "smtp/door.h"

namespace send {
namespace {

using document::Node;
using document::NodeType;

enum class Takes : std::uint8_t { kText, kTexts, kPort };  // kTexts: a text or a list of texts

struct KeyRow {
  std::string_view name;
  Takes takes;
  bool required;
};

// Every key there is. Those of IMAP stand in the same file and are for `smtplab fetch`.
constexpr std::array kKeys{
    KeyRow{"sender", Takes::kText, true},      KeyRow{"receiver", Takes::kTexts, true},
    KeyRow{"subject", Takes::kText, true},     KeyRow{"body", Takes::kText, true},
    KeyRow{"smtp_server", Takes::kText, true}, KeyRow{"password", Takes::kText, false},
    KeyRow{"smtp_port", Takes::kPort, false},  KeyRow{"security", Takes::kText, false},
    KeyRow{"user", Takes::kText, false},       KeyRow{"attachments", Takes::kTexts, false},
    KeyRow{"ca", Takes::kText, false},         KeyRow{"imap_url", Takes::kText, false},
    KeyRow{"imap_port", Takes::kPort, false},  KeyRow{"ehlo", Takes::kText, false},
};

// Keys whose values a message may show.
std::vector<std::string_view> shown_keys() {
  std::vector<std::string_view> names;
  for (const KeyRow& row : kKeys) {
    if (row.name != "password") names.push_back(row.name);
  }
  return names;
}

constexpr std::string_view kExample = R"({
  "sender": "alice@163.com",
  "receiver": "bob@qq.com, carol@example.org",
  "subject": "Hello · 你好",
  "body": "First line.\n\n第二段。\n",
  "smtp_server": "smtp.163.com",
  "smtp_port": 465,
  "security": "tls",
  "password": "the authorization code of the account",
  "attachments": []
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
  explicit Reader(const document::Document& document)
      : document_(document), problems_(document), folder_(std::filesystem::path(document.path).parent_path()) {}

  core::Result<Config> read() {
    for (const document::Entry& entry : document_.root.entries) check(entry);
    for (const KeyRow& row : kKeys) {
      const bool is_misspelt = std::find(meant_.begin(), meant_.end(), row.name) != meant_.end();  // and said so already
      if (row.required && document_.root.find(row.name) == nullptr && !is_misspelt) {
        problems_.add(
            document_.root.where, core::phrase("the key '{0}' is missing", "缺少键 '{0}'", {row.name}),
            {"smtplab send --example prints a file that has everything", "smtplab send --example 会打印一个齐全的文件"});
      }
    }
    read_addresses();
    read_server();
    read_name();
    config_.subject = text("subject");
    config_.body = text("body");
    if (const Node* const node = find("password")) config_.password = core::Secret(node->text);
    config_.user = find("user") != nullptr ? text("user") : config_.sender.mailbox;
    if (const std::string name = text("ca"); !name.empty()) config_.authority = resolved(name);
    for (const Node* const node : texts("attachments")) {
      config_.attachments.push_back({resolved(node->text), document_.path + ":" + std::to_string(node->where.line) + ":" +
                                                               std::to_string(node->where.column)});
    }
    if (!problems_.empty()) return core::Failure(problems_.error());
    return std::move(config_);
  }

 private:
  // The name and the type of a key.
  void check(const document::Entry& entry) {
    const auto row = std::find_if(kKeys.begin(), kKeys.end(), [&](const KeyRow& one) { return one.name == entry.key; });
    if (row == kKeys.end()) {
      std::vector<std::string_view> names;
      for (const KeyRow& one : kKeys) names.push_back(one.name);
      const std::vector<std::string_view> near = core::nearest(entry.key, names);
      meant_.insert(meant_.end(), near.begin(), near.end());
      problems_.add(entry.where, core::phrase("unknown key '{0}'", "没有 '{0}' 这个键", {entry.key}),
                    core::proposal(entry.key, names));
      return;
    }
    const Node& value = entry.value;
    if (value.type == NodeType::kNull && !row->required) return;  // as if it were not there
    switch (row->takes) {
      case Takes::kText:
        return want(value, value.type == NodeType::kText, entry.key, kText, {"write \"…\" around it", "两边写上 \"…\""});
      case Takes::kPort: return want_port(entry.key, value);
      case Takes::kTexts:
        if (value.type != NodeType::kList) {
          return want(value, value.type == NodeType::kText, entry.key, kTextOrList, {});
        }
        for (const Node& one : value.items) want(one, one.type == NodeType::kText, entry.key, kList, {});
        return;
    }
  }

  // What a key takes, as the sentence that says what stands there instead: {0} is the key, {1} the type that was found.
  struct Wanted {
    std::string_view en;
    std::string_view zh;
  };
  static constexpr Wanted kText{"'{0}' has to be a text, not {1}", "'{0}' 应当是文本，不是{1}"};
  static constexpr Wanted kTextOrList{"'{0}' has to be a text or a list of texts, not {1}",
                                      "'{0}' 应当是文本或文本的列表，不是{1}"};
  static constexpr Wanted kList{"'{0}' has to be a list of texts, and this is {1}", "'{0}' 应当是文本的列表，这里却是{1}"};

  void want(const Node& value, bool holds, const std::string& key, const Wanted& what, core::Text hint) {
    if (holds) return;
    problems_.add(value.where, core::phrase(what.en, what.zh, {key, document::name(value.type)}), std::move(hint));
  }

  void want_port(const std::string& key, const Node& value) {
    const bool is_number = value.type == NodeType::kInteger;
    if (is_number && value.integer >= 1 && value.integer <= 65535) return;
    problems_.add(
        value.where,
        core::phrase("'{0}' has to be a whole number from 1 to 65535, not {1}", "'{0}' 应当是 1 到 65535 的整数，不是 {1}",
                     {key, is_number ? core::Part(value.integer) : core::Part(document::name(value.type))}),
        value.type == NodeType::kText ? core::Text{"write it without quotation marks", "不要加引号"} : core::Text());
  }

  [[nodiscard]] const Node* find(std::string_view key) const { return document_.root.find(key, NodeType::kText); }
  [[nodiscard]] std::string text(std::string_view key) const {
    const Node* const node = find(key);
    return node == nullptr ? std::string() : node->text;
  }
  [[nodiscard]] std::vector<const Node*> texts(std::string_view key) const {
    std::vector<const Node*> out;
    if (const Node* const one = find(key)) return {one};
    if (const Node* const list = document_.root.find(key, NodeType::kList)) {
      for (const Node& one : list->items) {
        if (one.type == NodeType::kText) out.push_back(&one);
      }
    }
    return out;
  }
  [[nodiscard]] std::string resolved(const std::string& name) const { return (folder_ / name).string(); }

  std::vector<mime::Address> addresses(const Node& node) {
    for (const std::string_view wide : {"，", "；", "、", "＠"}) {
      if (node.text.find(wide) == std::string::npos) continue;
      problems_.add(node.where, core::phrase("'{0}' is full-width punctuation", "'{0}' 是全角标点", {wide}),
                    {"several addresses are separated by ,", "几个地址之间用 , 隔开"});
      return {};
    }
    auto found = mime::parse_addresses(node.text);
    if (!found) {
      problems_.add(node.where, found.error().text, found.error().hint);
      return {};
    }
    for (const mime::Address& one : *found) {
      if (const auto mailbox = smtp::Mailbox::parse(one.mailbox, true); !mailbox) {
        problems_.add(node.where, core::phrase("'{0}' is no mail address: {1}", "'{0}' 不是邮件地址：{1}",
                                               {one.mailbox, mailbox.error().text}));
      }
    }
    return std::move(*found);
  }

  void read_addresses() {
    if (const Node* const node = find("sender")) {
      const std::vector<mime::Address> found = addresses(*node);
      if (found.size() > 1) problems_.add(node->where, {"'sender' has to be one address", "'sender' 只能有一个地址"});
      if (!found.empty()) config_.sender = found.front();
    }
    for (const Node* const node : texts("receiver")) {
      for (mime::Address& one : addresses(*node)) config_.receivers.push_back(std::move(one));
    }
    if (const Node* const list = document_.root.find("receiver", NodeType::kList); list != nullptr && list->items.empty()) {
      problems_.add(list->where, {"'receiver' names nobody", "'receiver' 里没有人"});
    }
  }

  void read_server() {
    std::optional<std::uint16_t> port;
    if (const Node* const node = find("smtp_server")) {
      if (const auto server = client::parse_host_port(node->text)) {
        config_.host = server->host;
        port = server->port;
      } else {
        problems_.add(node->where, core::phrase("'{0}' is no server", "'{0}' 不是服务器", {core::show_server(node->text)}),
                      {"write smtp.163.com, or smtp.163.com:465", "写成 smtp.163.com 或 smtp.163.com:465"});
      }
    }
    if (const Node* const node = document_.root.find("smtp_port", NodeType::kInteger)) {
      if (port && *port != node->integer) {
        problems_.add(node->where, {"'smtp_server' has another port already", "'smtp_server' 已经写了另一个端口"},
                      {"say the port once", "端口只写一次"});
      }
      port = static_cast<std::uint16_t>(node->integer);
    }
    if (const Node* const node = find("security")) {
      const auto security = client::find_security(node->text);
      if (!security) {
        problems_.add(node->where, core::phrase("'{0}' is no security", "'{0}' 不是安全方式", {node->text}),
                      {"one of: none, starttls, tls", "可选：none, starttls, tls"});
      }
      config_.security = security.value_or(client::Security::kTls);
      config_.security_is_named = true;
    } else if (port) {
      config_.security = security_for(*port);
    }
    config_.port = port.value_or(client::usual_port(smtp::door(), config_.security));
  }

  // Domain / address-literal (RFC 5321 §4.1.1.1).
  void read_name() {
    const Node* const node = find("ehlo");
    if (node == nullptr) return;
    if (!client::is_client_name(node->text)) {
      problems_.add(node->where, core::phrase("'{0}' is no name for EHLO", "'{0}' 不能作 EHLO 的名字", {node->text}),
                    {"the full name of this computer, or its address in brackets: [192.0.2.1]",
                     "写这台电脑的完整名字，或者方括号里的地址：[192.0.2.1]"});
    }
    config_.client_name = node->text;
  }

  const document::Document& document_;
  document::Problems problems_;
  std::filesystem::path folder_;
  std::vector<std::string_view> meant_;  // keys that an unknown one is near to
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

// The octets of a file, no more than `most` of them plus one; nothing when it cannot be read.
std::optional<std::string> read_file(const std::string& path, std::size_t most) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string octets;
  std::array<char, 65536> part{};
  while (octets.size() <= most && (file.read(part.data(), part.size()) || file.gcount() > 0)) {
    octets.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return octets;
}

}  // namespace

core::Result<Config> parse_config(const std::string& path, std::string_view text) {
  const auto document = parse_json(path, text, shown_keys());
  if (!document) return core::Failure(document.error());
  return Reader(*document).read();
}

core::Result<Config> read_config(const std::string& path) {
  const auto text = read_file(path, document::kMaxFile);
  if (!text) {
    return unreadable({"the configuration cannot be read", "配置文件读不了"}, path,
                      {"smtplab send --example > email_config.json makes one to fill in",
                       "smtplab send --example > email_config.json 会生成一个，填好即可"});
  }
  return parse_config(path, *text);
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
