#include "client/send/json_document.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "client/send/hidden_values.h"
#include "core/ascii.h"
#include "core/show.h"
#include "document/problems.h"

namespace send {
namespace {

using document::Node;
using document::NodeType;

constexpr std::size_t kDeepest = 100;  // nesting of lists and tables

// The position of `octet`, counted on from one that is known.
document::Position position_of(std::string_view text, std::size_t octet, std::size_t known = 0,
                               document::Position position = {}) {
  for (std::size_t i = known; i < std::min(octet, text.size()); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((c & 0xC0U) != 0x80U) {  // a column is a character, not an octet
      ++position.column;
    }
  }
  return position;
}

std::optional<std::size_t> first_not_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = core::utf8_sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Of a number, true, false and null.
bool is_of_word(char c) { return core::is_alnum(c) || c == '+' || c == '-' || c == '.'; }

// Walks over text that is known to be JSON, token by token, since the library never says where a value stands.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  // Where the next token begins; one comma or colon before it is passed over.
  [[nodiscard]] std::size_t next_begin() const {
    std::size_t at = skip_blanks(end_);
    if (at < text_.size() && (text_[at] == ',' || text_[at] == ':')) at = skip_blanks(at + 1);
    return at;
  }
  void take() {
    std::size_t at = next_begin();
    if (at >= text_.size()) return;
    const char first = text_[at++];
    if (first == '"') {
      while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
      ++at;
    } else if (std::string_view("{}[]").find(first) == std::string_view::npos) {
      while (at < text_.size() && is_of_word(text_[at])) ++at;
    }
    end_ = at;
  }

 private:
  [[nodiscard]] std::size_t skip_blanks(std::size_t at) const {
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at;
  }

  std::string_view text_;
  std::size_t end_ = 0;  // behind the token taken last
};

// What a person meant who wrote what is no JSON.
struct Diagnosis {
  std::size_t where = 0;
  core::Text message;
  core::Text hint;
};

// begin: where the token begins that does not belong.
Diagnosis diagnose(std::string_view text, std::size_t begin) {
  const std::string_view rest = text.substr(std::min(begin, text.size()));
  std::size_t before = begin;
  while (before > 0 && is_blank(text[before - 1])) --before;
  if (rest.empty())
    return {begin, {"the text ends too early", "文件结束得太早"}, {"a closing } ] or \" is missing", "缺少收尾的 } ] 或 \""}};
  if (rest.starts_with('/') || rest.starts_with('#'))
    return {begin, {"JSON has no comments", "JSON 没有注释"}, {"delete the comment", "删掉注释"}};
  if ((rest.starts_with('}') || rest.starts_with(']')) && before > 0 && text[before - 1] == ',') {
    return {before - 1,
            {"a comma behind the last value", "最后一个值后面多了逗号"},
            {"delete the comma: JSON has none before } and ]", "删掉这个逗号：JSON 在 } 和 ] 前面不写逗号"}};
  }
  if (rest.starts_with('\'')) return {begin, {"JSON has no single quotes", "JSON 不用单引号"}, {"write \"…\"", "写成 \"…\""}};
  for (const std::string_view wide : {"，", "：", "“", "”", "‘", "’", "｛", "｝", "［", "］", "【", "】", "、", "；"}) {
    if (rest.starts_with(wide)) {
      return {begin,
              core::phrase("'{0}' is full-width punctuation", "'{0}' 是全角标点", {wide}),
              {"write , : \" { } [ ] with the Latin keyboard", "切换到英文输入法，写 , : \" { } [ ]"}};
    }
  }
  if (rest.starts_with('"') && before > 0 && (text[before - 1] == '"' || text[before - 1] == ']')) {
    return {begin,
            {"a comma is missing before this", "这前面缺少逗号"},
            {"every value but the last one is followed by a comma", "除了最后一个，每个值后面都要有逗号"}};
  }
  if (core::is_alpha(rest.front())) {
    return {begin,
            {"a word without \"…\"", "这个词没有放在 \"…\" 里"},
            {"write \"…\" around keys and texts; true, false and null in small letters",
             "键和文本两边写上 \"…\"；true、false 和 null 用小写"}};
  }
  return {begin,
          {"this does not belong here", "这里不该有这个"},
          {"JSON looks like {\"key\": \"value\", \"number\": 25}; smtplab send --example prints one",
           "JSON 的样子是 {\"key\": \"value\", \"number\": 25}；smtplab send --example 会打印一个"}};
}

// Inside a string: what cannot stand there.
Diagnosis diagnose_string(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  if (rest.empty())
    return {at, {"the text ends inside \"…\"", "文件在 \"…\" 中间就结束了"}, {"the closing \" is missing", "缺少收尾的 \""}};
  if (rest.front() == '\n' || rest.front() == '\r')
    return {
        at, {"a line ends inside \"…\"", "\"…\" 中间换了行"}, {"write \\n for a line end in a text", "文本里的换行写成 \\n"}};
  if (static_cast<unsigned char>(rest.front()) < 0x20)
    return {at, {"a control character inside \"…\"", "\"…\" 里有控制字符"}, {"write it as \\u00XX", "写成 \\u00XX"}};
  return {at,
          {"this escape does not exist", "没有这种转义"},
          {"in a text a backslash is written \\\\, also in Windows paths: C:\\\\mail",
           "文本里的反斜杠写成 \\\\，Windows 路径也一样：C:\\\\mail"}};
}

// Builds the tree out of what the library calls while it reads, a call for each token. The names of the calls are its own.
class Builder {
 public:
  using Json = nlohmann::json;

  Builder(std::string_view text, document::Problems& problems) : text_(text), tokens_(text), problems_(problems) {}

  bool null() { return put(begin(NodeType::kNull)); }
  bool boolean(bool value) {
    Node node = begin(NodeType::kBoolean);
    node.boolean = value;
    return put(std::move(node));
  }
  bool number_integer(Json::number_integer_t value) {
    Node node = begin(NodeType::kInteger);
    node.integer = value;
    node.number = static_cast<double>(value);
    return put(std::move(node));
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    constexpr auto kMost = static_cast<Json::number_unsigned_t>(INT64_MAX);
    return number_integer(static_cast<Json::number_integer_t>(std::min(value, kMost)));
  }
  bool number_float(Json::number_float_t value, const Json::string_t&) {
    Node node = begin(NodeType::kNumber);
    node.number = value;
    return put(std::move(node));
  }
  bool string(const Json::string_t& value) {
    Node node = begin(NodeType::kText);
    node.text = value;
    return put(std::move(node));
  }
  static bool binary(const Json::binary_t&) { return false; }  // not in JSON
  bool start_object(std::size_t) { return open(NodeType::kTable); }
  bool start_array(std::size_t) { return open(NodeType::kList); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(const Json::string_t& name) {
    key_ = document::Entry{name, begin(NodeType::kText).where, {}};
    return true;
  }
  bool parse_error(std::size_t octets_read, const std::string&, const nlohmann::detail::exception& error) {
    const std::size_t begins = tokens_.next_begin();
    if (error.id == kOutOfRange) {
      problems_.add(position_of(text_, begins), {"this number is too large", "这个数太大"});
      return false;
    }
    const bool in_string = std::string_view(error.what()).find(" - invalid string: ") != std::string_view::npos;
    const Diagnosis found =
        in_string ? diagnose_string(text_, octets_read == 0 ? 0 : octets_read - 1) : diagnose(text_, begins);
    problems_.add(position_of(text_, found.where), found.message, found.hint);
    return false;
  }

  [[nodiscard]] std::optional<Node>& root() { return root_; }

 private:
  static constexpr int kOutOfRange = 406;  // the library's number

  struct Open {
    Node node;
    std::optional<document::Entry> key;  // under which it stands in the table around it
  };

  Node begin(NodeType type) {
    Node node;
    node.type = type;
    const std::size_t octet = tokens_.next_begin();
    last_ = position_of(text_, octet, last_octet_, last_);
    last_octet_ = octet;
    node.where = last_;
    tokens_.take();
    return node;
  }
  bool put(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().node.type == NodeType::kList) {
      open_.back().node.items.push_back(std::move(node));
    } else if (key_) {
      key_->value = std::move(node);
      open_.back().node.entries.push_back(std::move(*key_));
      key_.reset();
    }
    return true;
  }
  bool open(NodeType type) {
    Node node = begin(type);
    if (open_.size() >= kDeepest) {
      problems_.add(node.where, {"too many brackets inside one another", "括号嵌套得太深"});
      return false;
    }
    open_.push_back({std::move(node), std::exchange(key_, std::nullopt)});
    return true;
  }
  bool close() {
    tokens_.take();
    Open done = std::move(open_.back());
    open_.pop_back();
    key_ = std::move(done.key);
    auto& entries = done.node.entries;
    std::stable_sort(entries.begin(), entries.end(),
                     [](const document::Entry& a, const document::Entry& b) { return a.key < b.key; });
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (entries[i].key != entries[i - 1].key) continue;
      problems_.add(entries[i].where,
                    core::phrase("'{0}' stands here a second time", "'{0}' 在这里又出现了一次", {entries[i].key}),
                    {"delete one of the two", "删掉其中一个"});
    }
    return put(std::move(done.node));
  }

  std::string_view text_;
  Tokens tokens_;
  document::Problems& problems_;
  std::size_t last_octet_ = 0;  // where the last token began …
  document::Position last_;     // … and where that is
  std::vector<Open> open_;
  std::optional<document::Entry> key_;  // whose value comes next
  std::optional<Node> root_;
};

}  // namespace

core::Result<document::Document> parse_json(std::string path, std::string_view text,
                                            const std::vector<std::string_view>& shown) {
  if (text.starts_with(core::kByteOrderMark)) text.remove_prefix(core::kByteOrderMark.size());
  document::Document out{std::move(path), {}, {}};
  if (text.size() > document::kMaxFile) {
    return core::fail(core::Blame::kInput, {"the file is larger than 1 MiB", "文件超过 1 MiB"}, out.path,
                      {"attachments are named in it, not part of it", "附件只写名字，不放进这个文件"});
  }
  out.text = text;
  out.hidden = hidden_values(text, shown);
  document::Problems problems(out);
  if (const auto octet = first_not_utf8(text)) {
    problems.add(position_of(text, *octet), {"this is not UTF-8", "这不是 UTF-8"},
                 {"save the file as UTF-8, not as GBK or ANSI", "请把文件存成 UTF-8，不要用 GBK 或 ANSI"});
    return core::Failure(problems.error());
  }
  Builder builder(out.text, problems);
  nlohmann::json::sax_parse(out.text, &builder);
  if (problems.empty() && (!builder.root() || builder.root()->type != NodeType::kTable)) {
    problems.add({}, {"the file holds no { … }", "文件里没有 { … }"},
                 {"smtplab send --example prints one to start from", "smtplab send --example 会打印一个，可以从它改起"});
  }
  if (!problems.empty()) return core::Failure(problems.error());
  out.root = std::move(*builder.root());
  return out;
}

}  // namespace send
