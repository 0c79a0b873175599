#include "imap/command.h"

#include <algorithm>

#include "core/text.h"
#include "imap/command_words.h"
#include "imap/cursor.h"
#include "imap/literal.h"
#include "imap/strangers.h"
#include "sasl/login_words.h"

namespace imap {
namespace {

core::Error syntax_error(const Fault& fault, std::string_view rule) {
  return {core::Blame::kPeer, fault, std::string(rule), {}};
}

// Reads what stands behind the verb; the fault says what is wrong with it.
class Reader {
 public:
  Reader(std::string_view octets, Cursor& cursor, ParsedCommand& parsed) : octets_(octets), cursor_(cursor), parsed_(parsed) {}

  std::optional<Fault> read(Argument argument, Arguments& out) {
    if (argument == Argument::kNone) return cursor_.take_end() ? std::nullopt : std::optional(kNotTaken);
    if (argument == Argument::kExpunge && !parsed_.by_uid) return cursor_.take_end() ? std::nullopt : std::optional(kNotTaken);
    if (!cursor_.take_blanks()) return kMissing;
    if (auto fault = read_words(argument, out)) return fault;
    return cursor_.take_end() ? std::nullopt : std::optional(kBehindIt);
  }

 private:
  static inline const Fault kNotTaken{"this command takes no arguments", "这个命令不带参数"};
  static inline const Fault kMissing{"the arguments are missing", "缺少参数"};
  static inline const Fault kBehindIt{"something stands behind the last argument", "最后一个参数后面还有内容"};

  std::optional<Fault> read_words(Argument argument, Arguments& out) {
    switch (argument) {
      case Argument::kId: return read_id(cursor_, out);
      case Argument::kMechanism: return read_mechanism(out);
      case Argument::kNameAndPassword: return read_login(out);
      case Argument::kCapabilities: return read_capabilities(out);
      case Argument::kSelect: return read_select(cursor_, out);
      case Argument::kMailbox: return read_mailbox(out);
      case Argument::kTwoMailboxes: return read_two_mailboxes(out);
      case Argument::kList: return read_list(cursor_, out);
      case Argument::kLsub: return read_lsub(cursor_, out);
      case Argument::kStatus: return read_status(cursor_, out);
      case Argument::kAppend: return read_append(cursor_, out);
      case Argument::kExpunge: return read_messages(cursor_, out);
      case Argument::kSearch: return read_search(cursor_, out);
      case Argument::kFetch: return read_fetch(cursor_, parsed_.by_uid, out);
      case Argument::kStore: return read_store(cursor_, out);
      case Argument::kCopy: return read_copy(cursor_, out);
      case Argument::kUid:
        return Fault{"UID stands before COPY, EXPUNGE, FETCH, MOVE, SEARCH or STORE",
                     "UID 后面只能是 COPY、EXPUNGE、FETCH、MOVE、SEARCH 或 STORE"};
      case Argument::kNone: break;
    }
    return std::nullopt;
  }

  // auth-type [SP initial-resp] (RFC 9051 §9, RFC 4959)
  std::optional<Fault> read_mechanism(Arguments& out) {
    const std::size_t word = cursor_.at();
    const auto mechanism = cursor_.take_atom();
    const std::size_t behind = std::min(octets_.find(' ', word), octets_.size());
    const auto secret = sasl::mechanism_secret(octets_.substr(word, behind - word));
    if (secret) parsed_.secrets.push_back({word + secret->begin, octets_.size()});
    if (!mechanism) return Fault{"the name of a mechanism is missing", "缺少机制名"};
    Authenticate words{core::to_upper(*mechanism), std::nullopt};
    if (cursor_.take_blanks() && !cursor_.is_at_end()) {
      const std::size_t begin = cursor_.at();
      words.initial_response = cursor_.take_until_blank();
      if (!secret) parsed_.secrets.push_back({begin, octets_.size()});
    }
    out = std::move(words);
    return std::nullopt;
  }

  // Behind the mark of a literal that stands there: how many octets a password has is in clear on the wire, and no secret.
  [[nodiscard]] std::size_t behind_mark(std::size_t at) const {
    const std::size_t end = std::min(octets_.find('\n', at), octets_.size());
    const std::string_view line = octets_.substr(at, end - at);
    const bool is_mark = line.starts_with('{') && line.find('{', 1) == std::string_view::npos && literal_mark(line);
    return is_mark ? std::min(end + 1, octets_.size()) : at;
  }

  void hide_from(std::size_t at) {
    const std::size_t secret = behind_mark(at);
    if (secret < octets_.size()) parsed_.secrets.push_back({secret, octets_.size()});
  }

  // userid SP password, each an astring. What is wrong with them is a password all the same.
  std::optional<Fault> read_login(Arguments& out) {
    const std::size_t begin = cursor_.at();
    auto user = cursor_.take_astring();
    if (!user || !cursor_.take_blanks()) {
      hide_from(begin);
      return Fault{"LOGIN takes a name and a password", "LOGIN 要用户名和密码两个参数"};
    }
    hide_from(cursor_.at());
    auto password = cursor_.take_astring();
    if (!password) return Fault{"the password has to be quoted, or be an atom", "密码要加引号，或者只含普通字符"};
    if (!parsed_.secrets.empty()) parsed_.secrets.back().end = cursor_.is_at_end() ? cursor_.at() : octets_.size();
    out = LoginWords{std::move(*user), std::move(*password)};
    return std::nullopt;
  }

  // "ENABLE" 1*(SP capability)
  std::optional<Fault> read_capabilities(Arguments& out) {
    Enable words;
    do {
      const auto atom = cursor_.take_atom();
      if (!atom) return Fault{"ENABLE takes names of capabilities", "ENABLE 的参数是功能名"};
      words.capabilities.push_back(core::to_upper(*atom));
    } while (cursor_.take_blanks() && !cursor_.is_at_end());
    out = std::move(words);
    return std::nullopt;
  }

  std::optional<Fault> read_mailbox(Arguments& out) {
    auto name = cursor_.take_astring();
    if (!name) return kNoMailbox;
    out = OneMailbox{std::move(*name)};
    return std::nullopt;
  }

  std::optional<Fault> read_two_mailboxes(Arguments& out) {
    auto from = cursor_.take_astring();
    if (!from || !cursor_.take_blanks()) return kNoMailbox;
    auto to = cursor_.take_astring();
    if (!to) return kNoMailbox;
    out = TwoMailboxes{std::move(*from), std::move(*to)};
    return std::nullopt;
  }

  std::string_view octets_;
  Cursor& cursor_;
  ParsedCommand& parsed_;
};

bool takes_uid(Input verb) {
  switch (verb) {
    case Input::kCopy:
    case Input::kExpunge:
    case Input::kFetch:
    case Input::kMove:
    case Input::kSearch:
    case Input::kStore: return true;
    default: return false;
  }
}

// The verb, and UID before it.
void read_verb(Cursor& cursor, ParsedCommand& parsed) {
  const std::size_t begin = cursor.at();
  const std::string_view first = cursor.take_until_blank();
  parsed.verb = find_command(first).value_or(Input::kUnknown);
  if (parsed.verb == Input::kUid) {
    Cursor ahead = cursor;
    ahead.take_blanks();
    const auto second = find_command(ahead.take_until_blank());
    if (second && takes_uid(*second)) {
      parsed.verb = *second;
      parsed.by_uid = true;
      cursor = ahead;
    }
  }
  const std::string_view name = row(parsed.verb).verb;
  parsed.parts.emplace_back(name.empty() ? "command" : name, core::Span{begin, cursor.at()});
}

}  // namespace

const SequenceSet* set_of(const Command& command) {
  const Arguments& words = command.arguments;
  if (const auto* const one = std::get_if<FetchWords>(&words)) return &one->set;
  if (const auto* const one = std::get_if<StoreWords>(&words)) return &one->set;
  if (const auto* const one = std::get_if<CopyWords>(&words)) return &one->set;
  if (const auto* const one = std::get_if<Messages>(&words)) return &one->set;
  return nullptr;
}

ParsedCommand parse_command(std::string_view octets) {
  ParsedCommand parsed;
  Cursor cursor(octets);
  const std::string_view tag = cursor.take_until_blank();
  if (!is_tag(tag)) {
    parsed.fault = syntax_error({"a command begins with a tag of its own", "命令要以标签开头"}, "RFC 9051 §2.2.1");
    parsed.secrets = secrets_of_stranger(octets);
    return parsed;
  }
  parsed.tag = tag;
  parsed.parts.emplace_back("tag", core::Span{0, cursor.at()});
  if (!cursor.take_blanks() || cursor.is_at_end()) {
    parsed.fault = syntax_error({"there is no command behind the tag", "标签后面没有命令"}, "RFC 9051 §2.2.1");
    parsed.secrets = secrets_of_stranger(octets);
    return parsed;
  }
  read_verb(cursor, parsed);
  if (parsed.verb == Input::kUnknown) {
    parsed.fault = syntax_error({"unknown command", "没有这个命令"}, "RFC 9051 §7.1.3");
    parsed.secrets = secrets_of_stranger(octets);
    return parsed;
  }
  const std::size_t arguments = cursor.at() + (cursor.is_at_end() ? 0 : 1);
  if (arguments < octets.size()) parsed.parts.emplace_back("arguments", core::Span{arguments, octets.size()});
  Command command{parsed.tag, parsed.verb, parsed.by_uid, {}};
  if (auto fault = Reader(octets, cursor, parsed).read(row(parsed.verb).argument, command.arguments)) {
    parsed.fault = syntax_error(*fault, row(parsed.verb).rule);
    if (parsed.verb != Input::kUid) return parsed;
    const std::size_t begin = parsed.parts[1].second.begin;  // it stands where the tag of a login could
    for (const core::Span& span : secrets_of_stranger(octets.substr(begin)))
      parsed.secrets.push_back({begin + span.begin, begin + span.end});
  } else {
    parsed.command = std::move(command);
  }
  return parsed;
}

std::optional<ParsedCommand> parse_begun_append(std::string_view octets) {
  const std::size_t mark = octets.rfind('{');
  if (mark == std::string_view::npos) return std::nullopt;
  ParsedCommand parsed = parse_command(std::string(octets.substr(0, mark)) + "{0}\r\n");
  if (parsed.verb != Input::kAppend) return std::nullopt;
  const std::size_t behind_verb = parsed.parts[1].second.end;
  const bool is_name = mark < behind_verb || core::trim(octets.substr(behind_verb, mark - behind_verb)).empty();
  return is_name ? std::nullopt : std::optional(std::move(parsed));
}

}  // namespace imap
