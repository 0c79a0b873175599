// What SEARCH looks for (RFC 9051 §9: search).
#include <algorithm>
#include <array>

#include "imap/command_words.h"
#include "imap/date_time.h"

namespace imap {
namespace {

using Flag = SearchFlag::Flag;

struct FlagName {
  std::string_view name;
  Flag flag;
  bool is_set;
};
constexpr std::array kFlagNames{
    FlagName{"SEEN", Flag::kSeen, true},         FlagName{"UNSEEN", Flag::kSeen, false},
    FlagName{"ANSWERED", Flag::kAnswered, true}, FlagName{"UNANSWERED", Flag::kAnswered, false},
    FlagName{"FLAGGED", Flag::kFlagged, true},   FlagName{"UNFLAGGED", Flag::kFlagged, false},
    FlagName{"DELETED", Flag::kDeleted, true},   FlagName{"UNDELETED", Flag::kDeleted, false},
    FlagName{"DRAFT", Flag::kDraft, true},       FlagName{"UNDRAFT", Flag::kDraft, false},
    FlagName{"RECENT", Flag::kRecent, true},     FlagName{"OLD", Flag::kRecent, false},
};

constexpr std::array<std::string_view, 5> kFields{"FROM", "TO", "CC", "BCC", "SUBJECT"};

struct DateName {
  std::string_view name;
  SearchDate::Of of;
  SearchDate::Is is;
};
constexpr std::array kDateNames{
    DateName{"BEFORE", SearchDate::Of::kReceived, SearchDate::Is::kBefore},
    DateName{"ON", SearchDate::Of::kReceived, SearchDate::Is::kOn},
    DateName{"SINCE", SearchDate::Of::kReceived, SearchDate::Is::kSince},
    DateName{"SENTBEFORE", SearchDate::Of::kSent, SearchDate::Is::kBefore},
    DateName{"SENTON", SearchDate::Of::kSent, SearchDate::Is::kOn},
    DateName{"SENTSINCE", SearchDate::Of::kSent, SearchDate::Is::kSince},
};

class Keys {
 public:
  Keys(Cursor& cursor, SearchWords& words) : cursor_(cursor), words_(words) {}

  // search-key *(SP search-key), up to `end` or the end of the command; several are one SearchAnd.
  std::optional<Fault> read(bool in_parentheses, SearchKey& out) {
    std::vector<SearchKey> keys;
    do {
      if (in_parentheses && cursor_.peek() == ')') break;
      if (!in_parentheses && cursor_.is_at_end()) break;
      if (auto fault = read_one(keys.emplace_back())) return fault;
    } while (cursor_.take_blanks());
    if (keys.empty()) return Fault{"SEARCH needs something to look for", "SEARCH 后面要写找什么"};
    if (keys.size() == 1) {
      SearchKey only = std::move(keys.front());
      out = std::move(only);
    } else {
      out.is = SearchAnd{std::move(keys)};
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kMaxDepth = 50;
  static constexpr std::size_t kMaxKeys = 1000;

  std::optional<Fault> read_one(SearchKey& out) {
    static const Fault kTooMuch{"the search is nested too deeply, or has too many keys", "搜索条件太多，或者嵌套太深"};
    if (depth_ == kMaxDepth || ++keys_ > kMaxKeys) return kTooMuch;
    ++depth_;
    auto fault = read_kind(out);
    --depth_;
    return fault;
  }

  std::optional<Fault> read_kind(SearchKey& out) {
    if (cursor_.take('(')) {
      if (auto fault = read(true, out)) return fault;
      return cursor_.take(')') ? std::nullopt : std::optional(Fault{"a parenthesis is not closed", "括号没有闭合"});
    }
    const char first = cursor_.peek();
    if ((first >= '0' && first <= '9') || first == '*' || first == '$') return read_set(false, out);
    if (cursor_.take_word("ALL")) return plain(out, SearchAll{});
    if (cursor_.take_word("NEW")) {
      out.is = SearchAnd{{SearchKey{SearchFlag{Flag::kRecent, true}}, SearchKey{SearchFlag{Flag::kSeen, false}}}};
      return std::nullopt;
    }
    for (const FlagName& one : kFlagNames) {
      if (cursor_.take_word(one.name)) return plain(out, SearchFlag{one.flag, one.is_set});
    }
    return read_with_argument(out);
  }

  template <typename Key>
  static std::optional<Fault> plain(SearchKey& out, Key key) {
    out.is = std::move(key);
    return std::nullopt;
  }

  std::optional<Fault> read_with_argument(SearchKey& out) {
    const std::string_view word = cursor_.take_atom().value_or(std::string_view());
    const auto is = [&](std::string_view name) { return core::equals_ignoring_case(word, name); };
    const bool has_argument = cursor_.take_blanks();
    static const Fault kNoKey{"this is no key of SEARCH, or its argument is missing", "SEARCH 没有这个条件，或者缺少参数"};
    if (!has_argument) return kNoKey;
    if (is("NOT")) return read_not(out);
    if (is("OR")) return read_or(out);
    if (is("UID")) return read_set(true, out);
    if (is("HEADER")) return read_header(out);
    if (is("BODY") || is("TEXT")) return read_text(is("TEXT"), out);
    if (is("KEYWORD") || is("UNKEYWORD")) return read_keyword(is("KEYWORD"), out);
    if (is("LARGER") || is("SMALLER")) return read_size(is("LARGER"), out);
    if (is("MODSEQ")) return read_mod_sequence(out);
    for (const std::string_view field : kFields) {
      if (is(field)) return read_field(std::string(field), out);
    }
    for (const DateName& one : kDateNames) {
      if (is(one.name)) return read_date(one, out);
    }
    return kNoKey;
  }

  std::optional<Fault> read_not(SearchKey& out) {
    std::vector<SearchKey> keys(1);
    if (auto fault = read_one(keys.front())) return fault;
    return plain(out, SearchNot{std::move(keys)});
  }

  std::optional<Fault> read_or(SearchKey& out) {
    std::vector<SearchKey> keys(2);
    if (auto fault = read_one(keys.front())) return fault;
    if (!cursor_.take_blanks()) return Fault{"OR takes two keys", "OR 要两个条件"};
    if (auto fault = read_one(keys.back())) return fault;
    return plain(out, SearchOr{std::move(keys)});
  }

  std::optional<Fault> read_set(bool by_uid, SearchKey& out) {
    auto set = SequenceSet::parse(cursor_.take_set());
    if (!set) return kNoSet;
    words_.takes_saved = words_.takes_saved || set->is_saved();
    return plain(out, SearchMessages{std::move(*set), by_uid});
  }

  std::optional<std::string> take_text() { return cursor_.take_astring(); }

  std::optional<Fault> read_header(SearchKey& out) {
    auto field = take_text();
    if (!field || !cursor_.take_blanks()) return kNoText;
    return read_field(std::move(*field), out);
  }

  std::optional<Fault> read_field(std::string field, SearchKey& out) {
    auto text = take_text();
    if (!text) return kNoText;
    return plain(out, SearchHeader{std::move(field), std::move(*text)});
  }

  std::optional<Fault> read_text(bool in_header, SearchKey& out) {
    auto text = take_text();
    if (!text) return kNoText;
    return plain(out, SearchText{in_header, std::move(*text)});
  }

  std::optional<Fault> read_keyword(bool is_set, SearchKey& out) {
    const auto name = cursor_.take_atom();
    if (!name) return Fault{"the keyword is missing", "缺少关键字"};
    return plain(out, SearchKeyword{std::string(*name), is_set});
  }

  std::optional<Fault> read_size(bool larger, SearchKey& out) {
    const auto octets = cursor_.take_number64();
    if (!octets) return Fault{"a size is a number", "大小要写成数字"};
    return plain(out, SearchSize{larger, *octets});
  }

  // ["/flags/…" SP ("priv" / "shared" / "all") SP] mod-sequence: all flags of a message change together here.
  std::optional<Fault> read_mod_sequence(SearchKey& out) {
    if (cursor_.peek() == '"') {
      const bool is_whole = cursor_.take_string() && cursor_.take_blanks() && cursor_.take_atom() && cursor_.take_blanks();
      if (!is_whole) return kNoText;
    }
    const auto least = cursor_.take_number64();
    if (!least) return Fault{"a mod-sequence is a number", "修改序号要写成数字"};
    words_.by_mod_sequence = true;
    return plain(out, SearchModSequence{*least});
  }

  std::optional<Fault> read_date(const DateName& name, SearchKey& out) {
    const auto text = take_text();
    const auto day = text ? parse_date(*text) : std::nullopt;
    // 31-Feb-2026 fits the grammar: no message is of that day, before it or behind it.
    if (!day && text && is_date_text(*text)) return plain(out, SearchNot{{SearchKey{SearchAll{}}}});
    if (!day) return Fault{"a date is written 1-Feb-1994", "日期写成 1-Feb-1994"};
    return plain(out, SearchDate{name.of, name.is, *day});
  }

  static inline const Fault kNoText{"the text is missing, or has to be quoted", "缺少文本，或者要加引号"};

  Cursor& cursor_;
  SearchWords& words_;
  std::size_t depth_ = 0;
  std::size_t keys_ = 0;
};

// search-return-opts (RFC 4731 §3.1, RFC 5182 §2.1); an empty list asks for ALL.
std::optional<Fault> read_return(Cursor& cursor, SearchReturn& wanted) {
  bool is_any = false;
  auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
    is_any = true;
    for (const auto& [name, option] :
         {std::pair{std::string_view("MIN"), &SearchReturn::min}, std::pair{std::string_view("MAX"), &SearchReturn::max},
          std::pair{std::string_view("ALL"), &SearchReturn::all}, std::pair{std::string_view("COUNT"), &SearchReturn::count},
          std::pair{std::string_view("SAVE"), &SearchReturn::save}}) {
      if (!cursor.take_word(name)) continue;
      wanted.*option = true;
      return std::nullopt;
    }
    return Fault{"SEARCH cannot return that", "SEARCH 不能返回这个"};
  });
  if (!is_any) wanted.all = true;
  return fault;
}

}  // namespace

// [RETURN (…) SP] [CHARSET charset SP] search-key *(SP search-key)
std::optional<Fault> read_search(Cursor& cursor, Arguments& out) {
  SearchWords words;
  if (cursor.take_word("RETURN")) {
    words.wanted.emplace();
    if (!cursor.take_blanks()) return Fault{"RETURN takes a list in parentheses", "RETURN 后面是括号里的列表"};
    if (auto fault = read_return(cursor, *words.wanted)) return fault;
    if (!cursor.take_blanks()) return Fault{"SEARCH needs something to look for", "SEARCH 后面要写找什么"};
  }
  if (cursor.take_word("CHARSET")) {
    if (!cursor.take_blanks()) return Fault{"the name of a charset is missing", "缺少字符集名"};
    auto charset = cursor.take_astring();
    if (!charset || !cursor.take_blanks()) return Fault{"the name of a charset is missing", "缺少字符集名"};
    words.program.charset = core::to_upper(*charset);
  }
  auto fault = Keys(cursor, words).read(false, words.program.key);
  out = std::move(words);
  return fault;
}

}  // namespace imap
