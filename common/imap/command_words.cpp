#include "imap/command_words.h"

#include <algorithm>
#include <array>

#include "imap/date_time.h"

namespace imap {
namespace {

constexpr std::size_t kMaxIdFields = 30;  // RFC 2971 §3.3

struct StatusName {
  std::string_view name;
  StatusItem item;
};
constexpr std::array kStatusNames{
    StatusName{"MESSAGES", StatusItem::kMessages},   StatusName{"RECENT", StatusItem::kRecent},
    StatusName{"UIDNEXT", StatusItem::kUidNext},     StatusName{"UIDVALIDITY", StatusItem::kUidValidity},
    StatusName{"UNSEEN", StatusItem::kUnseen},       StatusName{"DELETED", StatusItem::kDeleted},
    StatusName{"SIZE", StatusItem::kSize},           StatusName{"HIGHESTMODSEQ", StatusItem::kModSequence},
    StatusName{"MAILBOXID", StatusItem::kMailboxId},
};

struct SystemFlag {
  std::string_view name;
  bool mailbox::Flags::*flag;
};
constexpr std::array kSystemFlags{
    SystemFlag{"\\Seen", &mailbox::Flags::seen},       SystemFlag{"\\Answered", &mailbox::Flags::answered},
    SystemFlag{"\\Flagged", &mailbox::Flags::flagged}, SystemFlag{"\\Deleted", &mailbox::Flags::deleted},
    SystemFlag{"\\Draft", &mailbox::Flags::draft},
};

// flag = "\Answered" / … / flag-keyword; \Recent is the server's own.
std::optional<Fault> read_flag(Cursor& cursor, mailbox::Flags& flags) {
  if (cursor.peek() == '\\') {
    for (const SystemFlag& one : kSystemFlags) {
      if (!cursor.take_word(one.name)) continue;
      flags.*one.flag = true;
      return std::nullopt;
    }
    return Fault{"there is no such system flag that a client may set", "没有这样的系统标志，或者客户端不能设置它"};
  }
  const auto atom = cursor.take_atom();
  if (!atom || !mailbox::is_keyword(*atom)) return Fault{"this is no flag", "这不是标志"};
  flags.keywords.emplace_back(*atom);
  return std::nullopt;
}

std::optional<Fault> read_status_items(Cursor& cursor, std::vector<StatusItem>& items) {
  auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
    const auto* const hit = std::find_if(kStatusNames.begin(), kStatusNames.end(),
                                         [&](const StatusName& one) { return cursor.take_word(one.name); });
    if (hit == kStatusNames.end()) return Fault{"this is no item of STATUS", "STATUS 没有这一项"};
    if (std::find(items.begin(), items.end(), hit->item) == items.end()) items.push_back(hit->item);
    return std::nullopt;
  });
  if (!fault && items.empty()) return Fault{"no item of STATUS is named", "没有写 STATUS 的任何一项"};
  return fault;
}

// list-select-opts, in their parentheses (RFC 5258 §3.1)
std::optional<Fault> read_select_options(Cursor& cursor, ListWords& words) {
  auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
    if (cursor.take_word("SUBSCRIBED")) {
      words.only_subscribed = true;
    } else if (cursor.take_word("RECURSIVEMATCH")) {
      words.recursive_match = true;
    } else if (cursor.take_word("SPECIAL-USE")) {
      words.only_special_use = true;
    } else if (!cursor.take_word("REMOTE")) {  // there are none
      return Fault{"LIST has no such option", "LIST 没有这个选项"};
    }
    return std::nullopt;
  });
  if (!fault && words.recursive_match && !words.only_subscribed)
    return Fault{"RECURSIVEMATCH needs SUBSCRIBED", "RECURSIVEMATCH 要和 SUBSCRIBED 一起用"};
  return fault;
}

// return-option (RFC 5258 §3.2, RFC 5819 §2, RFC 6154 §3)
std::optional<Fault> read_return_option(Cursor& cursor, ListWords& words) {
  if (cursor.take_word("SUBSCRIBED")) {
    words.return_subscribed = true;
  } else if (cursor.take_word("CHILDREN")) {
    words.return_children = true;
  } else if (cursor.take_word("SPECIAL-USE")) {
    words.return_special_use = true;
  } else if (cursor.take_word("STATUS") && cursor.take_blanks()) {
    return read_status_items(cursor, words.return_status);
  } else {
    return Fault{"LIST cannot return that", "LIST 不能返回这个"};
  }
  return std::nullopt;
}

std::optional<Fault> read_patterns(Cursor& cursor, ListWords& words) {
  static const Fault kNoPattern{"a pattern of names is missing, or has to be quoted", "缺少名字的模式，或者要加引号"};
  const auto read = [&]() -> std::optional<Fault> {
    auto pattern = cursor.take_list_mailbox();
    if (!pattern) return kNoPattern;
    words.patterns.push_back(std::move(*pattern));
    return std::nullopt;
  };
  if (cursor.peek() != '(') return read();
  auto fault = read_list_of(cursor, read);
  if (!fault && words.patterns.empty()) return kNoPattern;
  return fault;
}

std::optional<Fault> read_reference(Cursor& cursor, ListWords& words) {
  auto reference = cursor.take_astring();
  if (!reference || !cursor.take_blanks()) return Fault{"a reference and a pattern are wanted", "要写参照名和模式"};
  words.reference = std::move(*reference);
  return std::nullopt;
}

}  // namespace

std::optional<Fault> read_since(Cursor& cursor, std::string_view word, std::optional<std::uint64_t>& since) {
  return read_list_of(cursor, [&]() -> std::optional<Fault> {
    if (cursor.take_word(word) && cursor.take_blanks()) since = cursor.take_number64();
    return since ? std::nullopt : std::optional(Fault{"a mod-sequence is a number", "修改序号要写成数字"});
  });
}

std::optional<Fault> read_flags(Cursor& cursor, bool is_bare, mailbox::Flags& flags) {
  std::optional<Fault> fault;
  if (cursor.peek() == '(' || !is_bare) {
    fault = read_list_of(cursor, [&] { return read_flag(cursor, flags); });
  } else {
    do {
      fault = read_flag(cursor, flags);
    } while (!fault && cursor.take_blanks() && !cursor.is_at_end());
  }
  std::vector<std::string>& keywords = flags.keywords;
  std::sort(keywords.begin(), keywords.end());
  keywords.erase(std::unique(keywords.begin(), keywords.end()), keywords.end());
  return fault;
}

// id-params-list = "(" *(string SP nstring) ")" / nil
std::optional<Fault> read_id(Cursor& cursor, Arguments& out) {
  static const Fault kForm{"ID takes NIL, or pairs of strings in parentheses", "ID 的参数是 NIL，或括号里成对的字符串"};
  IdFields words;
  if (!cursor.take_word("NIL")) {
    auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
      auto name = cursor.take_string();
      if (!name || !cursor.take_blanks() || words.fields.size() == kMaxIdFields) return kForm;
      std::optional<std::string> value = cursor.take_string();
      if (!value && !cursor.take_word("NIL")) return kForm;
      words.fields.emplace_back(std::move(*name), std::move(value));
      return std::nullopt;
    });
    if (fault) return kForm;
  }
  out = std::move(words);
  return std::nullopt;
}

// mailbox [SP "(" select-param *(SP select-param) ")"] (RFC 4466 §2.1): CONDSTORE is known (RFC 7162 §3.1.8).
std::optional<Fault> read_select(Cursor& cursor, Arguments& out) {
  auto name = cursor.take_astring();
  if (!name) return kNoMailbox;
  SelectWords words{std::move(*name), false};
  Cursor ahead = cursor;
  if (ahead.take_blanks() && ahead.peek() == '(') {
    cursor = ahead;
    auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
      if (!cursor.take_word("CONDSTORE")) return Fault{"there is no such parameter of SELECT", "SELECT 没有这个参数"};
      words.condstore = true;
      return std::nullopt;
    });
    if (fault) return fault;
  }
  out = std::move(words);
  return std::nullopt;
}

std::optional<Fault> read_list(Cursor& cursor, Arguments& out) {
  ListWords words;
  if (cursor.peek() == '(') {
    if (auto fault = read_select_options(cursor, words)) return fault;
    if (!cursor.take_blanks()) return Fault{"a reference and a pattern are wanted", "要写参照名和模式"};
  }
  if (auto fault = read_reference(cursor, words)) return fault;
  if (auto fault = read_patterns(cursor, words)) return fault;
  Cursor ahead = cursor;
  if (ahead.take_blanks() && ahead.take_word("RETURN") && ahead.take_blanks()) {
    cursor = ahead;
    if (auto fault = read_list_of(cursor, [&] { return read_return_option(cursor, words); })) return fault;
  }
  out = std::move(words);
  return std::nullopt;
}

// mailbox SP list-mailbox (RFC 3501 §9)
std::optional<Fault> read_lsub(Cursor& cursor, Arguments& out) {
  ListWords words;
  words.only_subscribed = true;
  if (auto fault = read_reference(cursor, words)) return fault;
  auto pattern = cursor.take_list_mailbox();
  if (!pattern) return Fault{"a pattern of names is missing, or has to be quoted", "缺少名字的模式，或者要加引号"};
  words.patterns.push_back(std::move(*pattern));
  out = std::move(words);
  return std::nullopt;
}

// mailbox SP "(" status-att *(SP status-att) ")"
std::optional<Fault> read_status(Cursor& cursor, Arguments& out) {
  auto name = cursor.take_astring();
  if (!name || !cursor.take_blanks()) return kNoMailbox;
  StatusWords words{std::move(*name), {}};
  if (auto fault = read_status_items(cursor, words.items)) return fault;
  out = std::move(words);
  return std::nullopt;
}

// mailbox [SP flag-list] [SP date-time] SP literal
std::optional<Fault> read_append(Cursor& cursor, Arguments& out) {
  auto name = cursor.take_astring();
  if (!name || !cursor.take_blanks()) return kNoMailbox;
  AppendWords words{std::move(*name), {}, std::nullopt, {}};
  if (cursor.peek() == '(') {
    if (auto fault = read_flags(cursor, false, words.flags)) return fault;
    cursor.take_blanks();
  }
  if (cursor.peek() == '"') {
    const auto text = cursor.take_string();
    const auto moment = text ? parse_date_time(*text) : std::nullopt;
    if (!moment) return Fault{"this is no date and time", "这不是日期和时间"};
    words.received = moment->at.time_since_epoch().count();
    cursor.take_blanks();
  }
  const auto message = cursor.take_literal();
  if (!message) return Fault{"the message has to come as a literal", "邮件要用字面量（literal）发送"};
  words.message = *message;
  out = std::move(words);
  return std::nullopt;
}

std::optional<Fault> read_messages(Cursor& cursor, Arguments& out) {
  auto set = SequenceSet::parse(cursor.take_set());
  if (!set) return kNoSet;
  out = Messages{std::move(*set)};
  return std::nullopt;
}

// sequence-set [SP "(" "UNCHANGEDSINCE" SP mod-sequence ")"] SP ["+" / "-"] "FLAGS" [".SILENT"] SP (flag-list / (flag *(SP
// flag)))
std::optional<Fault> read_store(Cursor& cursor, Arguments& out) {
  auto set = SequenceSet::parse(cursor.take_set());
  if (!set || !cursor.take_blanks()) return kNoSet;
  StoreWords words{std::move(*set), mailbox::Change::kReplace, false, {}, {}};
  if (cursor.peek() == '(') {
    if (auto fault = read_since(cursor, "UNCHANGEDSINCE", words.unchanged_since)) return fault;
    if (!cursor.take_blanks()) return Fault{"the flags are missing", "缺少标志"};
  }
  if (cursor.take('+')) {
    words.change = mailbox::Change::kAdd;
  } else if (cursor.take('-')) {
    words.change = mailbox::Change::kRemove;
  }
  words.silent = cursor.take_word("FLAGS.SILENT");
  if (!words.silent && !cursor.take_word("FLAGS"))
    return Fault{"STORE takes FLAGS, +FLAGS or -FLAGS, each also with .SILENT",
                 "STORE 只认 FLAGS、+FLAGS、-FLAGS，可带 .SILENT"};
  if (!cursor.take_blanks()) return Fault{"the flags are missing", "缺少标志"};
  if (auto fault = read_flags(cursor, true, words.flags)) return fault;
  out = std::move(words);
  return std::nullopt;
}

std::optional<Fault> read_copy(Cursor& cursor, Arguments& out) {
  auto set = SequenceSet::parse(cursor.take_set());
  if (!set || !cursor.take_blanks()) return kNoSet;
  auto to = cursor.take_astring();
  if (!to) return kNoMailbox;
  out = CopyWords{std::move(*set), std::move(*to)};
  return std::nullopt;
}

}  // namespace imap
