#include "client/send/keys.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "core/userinfo.h"
#include "smtp/address.h"

namespace send {
namespace {

using document::Node;
using document::NodeType;

enum class Takes : std::uint8_t { kText, kTexts, kPort };  // kTexts: a text or a list of texts

struct KeyRow {
  std::string_view name;
  Takes takes;
};

// Every key there is. Those of IMAP and POP3 stand in the same file and are for `smtplab fetch`.
constexpr std::array kKeys{
    KeyRow{"sender", Takes::kText},       KeyRow{"receiver", Takes::kTexts},   KeyRow{"subject", Takes::kText},
    KeyRow{"body", Takes::kText},         KeyRow{"smtp_server", Takes::kText}, KeyRow{"password", Takes::kText},
    KeyRow{"smtp_port", Takes::kPort},    KeyRow{"security", Takes::kText},    KeyRow{"user", Takes::kText},
    KeyRow{"attachments", Takes::kTexts}, KeyRow{"ca", Takes::kText},          KeyRow{"imap_url", Takes::kText},
    KeyRow{"imap_port", Takes::kPort},    KeyRow{"pop_url", Takes::kText},     KeyRow{"pop_port", Takes::kPort},
    KeyRow{"ehlo", Takes::kText},
};

std::vector<std::string_view> key_names() {
  std::vector<std::string_view> names;
  for (const KeyRow& row : kKeys) names.push_back(row.name);
  return names;
}

// What a key takes, as the sentence that says what stands there instead: {0} is the key, {1} the type that was found.
struct Wanted {
  std::string_view en;
  std::string_view zh;
};
constexpr Wanted kText{"'{0}' has to be a text, not {1}", "'{0}' 应当是文本，不是{1}"};
constexpr Wanted kTextOrList{"'{0}' has to be a text or a list of texts, not {1}", "'{0}' 应当是文本或文本的列表，不是{1}"};
constexpr Wanted kList{"'{0}' has to be a list of texts, and this is {1}", "'{0}' 应当是文本的列表，这里却是{1}"};

void want(document::Problems& problems, const Node& value, bool holds, const std::string& key, const Wanted& what,
          core::Text hint) {
  if (holds) return;
  problems.add(value.where, core::phrase(what.en, what.zh, {key, document::name(value.type)}), std::move(hint));
}

void want_port(document::Problems& problems, const std::string& key, const Node& value) {
  const bool is_number = value.type == NodeType::kInteger;
  if (is_number && value.integer >= 1 && value.integer <= 65535) return;
  problems.add(
      value.where,
      core::phrase("'{0}' has to be a whole number from 1 to 65535, not {1}", "'{0}' 应当是 1 到 65535 的整数，不是 {1}",
                   {key, is_number ? core::Part(value.integer) : core::Part(document::name(value.type))}),
      value.type == NodeType::kText ? core::Text{"write it without quotation marks", "不要加引号"} : core::Text());
}

// "imaps://imap.qq.com/" names the server imap.qq.com.
std::string_view without_scheme(std::string_view url, std::span<const std::string_view> schemes) {
  const auto scheme = std::find_if(schemes.begin(), schemes.end(),
                                   [&](std::string_view one) { return core::starts_with_ignoring_case(url, one); });
  if (scheme == schemes.end()) return url;
  url.remove_prefix(scheme->size());
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// The octets of a file, no more than `most` of them plus one; nothing when it cannot be read.
std::optional<std::string> octets_of_file(const std::string& path, std::size_t most) {
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

std::vector<std::string_view> shown_keys() {
  std::vector<std::string_view> names = key_names();
  std::erase(names, "password");
  return names;
}

core::Result<std::string> read_config_text(const std::string& path) {
  auto text = octets_of_file(path, document::kMaxFile);
  if (text) return std::move(*text);
  return core::Failure(core::Error{core::Blame::kInput,
                                   {"the configuration cannot be read", "配置文件读不了"},
                                   path,
                                   {"smtplab send --example > email_config.json makes one to fill in",
                                    "smtplab send --example > email_config.json 会生成一个，填好即可"},
                                   "file-unreadable"});
}

void Keys::check(std::span<const std::string_view> required) {
  for (const document::Entry& entry : document_.root.entries) {
    check(entry, std::find(required.begin(), required.end(), entry.key) != required.end());
  }
  for (const std::string_view key : required) {
    if (document_.root.find(key) != nullptr) continue;
    miss(key, {"smtplab send --example prints a file that has everything", "smtplab send --example 会打印一个齐全的文件"});
  }
}

void Keys::miss(std::string_view key, core::Text hint) {
  if (std::find(meant_.begin(), meant_.end(), key) != meant_.end()) return;
  problems_.add(document_.root.where, core::phrase("the key '{0}' is missing", "缺少键 '{0}'", {key}), std::move(hint));
}

void Keys::check(const document::Entry& entry, bool is_required) {
  const auto row = std::find_if(kKeys.begin(), kKeys.end(), [&](const KeyRow& one) { return one.name == entry.key; });
  if (row == kKeys.end()) {
    const std::vector<std::string_view> names = key_names();
    const std::vector<std::string_view> near = core::nearest(entry.key, names);
    meant_.insert(meant_.end(), near.begin(), near.end());
    problems_.add(entry.where, core::phrase("unknown key '{0}'", "没有 '{0}' 这个键", {entry.key}),
                  core::proposal(entry.key, names));
    return;
  }
  const Node& value = entry.value;
  if (value.type == NodeType::kNull && !is_required) return;  // as if it were not there
  const bool is_text = value.type == NodeType::kText;
  switch (row->takes) {
    case Takes::kText: return want(problems_, value, is_text, entry.key, kText, {"write \"…\" around it", "两边写上 \"…\""});
    case Takes::kPort: return want_port(problems_, entry.key, value);
    case Takes::kTexts:
      if (value.type != NodeType::kList) return want(problems_, value, is_text, entry.key, kTextOrList, {});
      for (const Node& one : value.items) want(problems_, one, one.type == NodeType::kText, entry.key, kList, {});
      return;
  }
}

const Node* Keys::find(std::string_view key) const { return document_.root.find(key, NodeType::kText); }

std::string Keys::text(std::string_view key) const {
  const Node* const node = find(key);
  return node == nullptr ? std::string() : node->text;
}

std::vector<const Node*> Keys::texts(std::string_view key) const {
  std::vector<const Node*> out;
  if (const Node* const one = find(key)) return {one};
  if (const Node* const list = document_.root.find(key, NodeType::kList)) {
    for (const Node& one : list->items) {
      if (one.type == NodeType::kText) out.push_back(&one);
    }
  }
  return out;
}

std::string Keys::resolved(const std::string& name) const {
  return (std::filesystem::path(document_.path).parent_path() / name).string();
}

std::vector<mime::Address> Keys::addresses(const Node& node) {
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

mime::Address Keys::sender() {
  const Node* const node = find("sender");
  if (node == nullptr) return {};
  const std::vector<mime::Address> found = addresses(*node);
  if (found.size() > 1) problems_.add(node->where, {"'sender' has to be one address", "'sender' 只能有一个地址"});
  return found.empty() ? mime::Address() : found.front();
}

client::HostPort Keys::server(std::string_view key, std::string_view port_key, std::string_view example,
                              std::span<const std::string_view> schemes) {
  client::HostPort server;
  if (const Node* const node = find(key)) {
    if (auto parsed = client::parse_host_port(without_scheme(node->text, schemes))) {
      server = std::move(*parsed);
    } else {
      problems_.add(node->where, core::phrase("'{0}' is no server", "'{0}' 不是服务器", {core::show_server(node->text)}),
                    core::phrase("write {0}", "写成 {0}",
                                 {core::Part(core::phrase(example, core::replace_all(example, ", or ", " 或 ")))}));
    }
  }
  if (const Node* const node = document_.root.find(port_key, NodeType::kInteger)) {
    if (server.port && *server.port != node->integer) {
      problems_.add(node->where, core::phrase("'{0}' has another port already", "'{0}' 已经写了另一个端口", {key}),
                    {"say the port once", "端口只写一次"});
    }
    server.port = static_cast<std::uint16_t>(node->integer);
  }
  return server;
}

std::optional<client::Security> Keys::security() {
  const Node* const node = find("security");
  if (node == nullptr) return std::nullopt;
  const auto security = client::find_security(node->text);
  if (!security) {
    problems_.add(node->where, core::phrase("'{0}' is no security", "'{0}' 不是安全方式", {node->text}),
                  {"one of: none, starttls, tls", "可选：none, starttls, tls"});
  }
  return security.value_or(client::Security::kTls);
}

}  // namespace send
