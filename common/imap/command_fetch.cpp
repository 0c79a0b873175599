// What FETCH asks for (RFC 9051 §9: fetch-att).
#include <algorithm>
#include <array>

#include "imap/command_words.h"

namespace imap {
namespace {

using What = FetchItem::What;

struct PlainItem {
  std::string_view name;
  What what;
  bool peeks;
};
constexpr std::array kPlainItems{
    PlainItem{"UID", What::kUid, true},
    PlainItem{"FLAGS", What::kFlags, true},
    PlainItem{"INTERNALDATE", What::kInternalDate, true},
    PlainItem{"RFC822.SIZE", What::kRfc822Size, true},
    PlainItem{"RFC822.HEADER", What::kRfc822Header, true},
    PlainItem{"RFC822.TEXT", What::kRfc822Text, false},
    PlainItem{"RFC822", What::kRfc822, false},
    PlainItem{"MODSEQ", What::kModSequence, true},
    PlainItem{"ENVELOPE", What::kEnvelope, true},
    PlainItem{"BODYSTRUCTURE", What::kBodyStructure, true},
    PlainItem{"X-GM-MSGID", What::kGmailId, true},
    PlainItem{"X-GM-THRID", What::kGmailThread, true},
    PlainItem{"X-GM-LABELS", What::kGmailLabels, true},
    PlainItem{"EMAILID", What::kEmailId, true},
    PlainItem{"THREADID", What::kThreadId, true},
};

// Words that stand for several (RFC 9051 §6.4.5).
struct Macro {
  std::string_view name;
  std::size_t items;  // of kAllItems
};
constexpr std::array kAllItems{What::kFlags, What::kInternalDate, What::kRfc822Size, What::kEnvelope, What::kBody};
constexpr std::array kMacros{Macro{"FAST", 3}, Macro{"ALL", 4}, Macro{"FULL", 5}};

const Fault kNoItem{"this is nothing that FETCH knows", "FETCH 没有这一项"};
const Fault kNoSection{"the section in the brackets is wrong", "方括号里的部分写得不对"};

// section-part = nz-number *("." nz-number), and the dot behind it where a word follows
bool take_part(Cursor& cursor, std::vector<std::uint32_t>& part) {
  constexpr std::size_t kMaxDepth = 100;
  while (cursor.peek() >= '0' && cursor.peek() <= '9') {
    const auto number = cursor.take_number();
    if (!number || *number == 0 || part.size() == kMaxDepth) return false;
    part.push_back(*number);
    if (!cursor.take('.')) return cursor.peek() == ']';
  }
  return cursor.peek() != ']' || part.empty();
}

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
std::optional<Fault> read_fields(Cursor& cursor, std::vector<std::string>& fields) {
  if (!cursor.take_blanks()) return kNoSection;
  auto fault = read_list_of(cursor, [&]() -> std::optional<Fault> {
    auto field = cursor.take_astring();
    if (!field) return kNoSection;
    fields.push_back(std::move(*field));
    return std::nullopt;
  });
  return fields.empty() ? kNoSection : fault;
}

// section-spec = section-msgtext / (section-part ["." section-text])
std::optional<Fault> read_section(Cursor& cursor, Section& section) {
  if (!take_part(cursor, section.part)) return kNoSection;
  if (cursor.peek() == ']') return std::nullopt;
  if (cursor.take_word("HEADER.FIELDS.NOT")) {
    section.what = Section::What::kHeaderFieldsNot;
    return read_fields(cursor, section.fields);
  }
  if (cursor.take_word("HEADER.FIELDS")) {
    section.what = Section::What::kHeaderFields;
    return read_fields(cursor, section.fields);
  }
  if (cursor.take_word("HEADER")) {
    section.what = Section::What::kHeader;
  } else if (cursor.take_word("TEXT")) {
    section.what = Section::What::kText;
  } else if (!section.part.empty() && cursor.take_word("MIME")) {
    section.what = Section::What::kMime;
  } else {
    return kNoSection;
  }
  return std::nullopt;
}

// "<" number64 "." nz-number64 ">"
std::optional<Fault> read_partial(Cursor& cursor, std::optional<Partial>& partial) {
  static const Fault kNoPartial{"the part between < and > is an offset, a dot and a size", "< 和 > 之间是偏移、点和长度"};
  if (!cursor.take('<')) return std::nullopt;
  const auto offset = cursor.take_number64();
  if (!offset || !cursor.take('.')) return kNoPartial;
  const auto size = cursor.take_number64();
  if (!size || *size == 0 || !cursor.take('>')) return kNoPartial;
  partial = Partial{*offset, *size};
  return std::nullopt;
}

// "BODY" ["STRUCTURE"] / "BODY" [".PEEK"] section [partial] / "BINARY" …
std::optional<Fault> read_bracketed(Cursor& cursor, FetchItem& item) {
  if (cursor.take_word("BINARY.SIZE")) {
    item.what = What::kBinarySize;
    item.peeks = true;
  } else if (cursor.take_word("BINARY.PEEK")) {
    item.what = What::kBinary;
    item.peeks = true;
  } else if (cursor.take_word("BINARY")) {
    item.what = What::kBinary;
  } else if (cursor.take_word("BODY.PEEK")) {
    item.what = What::kSection;
    item.peeks = true;
  } else {
    item.what = What::kSection;
    if (!cursor.take_word("BODY")) return kNoItem;
    if (cursor.peek() != '[') {
      item.what = What::kBody;
      item.peeks = true;
      return std::nullopt;
    }
  }
  if (!cursor.take('[')) return kNoSection;
  if (auto fault = read_section(cursor, item.section)) return fault;
  if (item.what != What::kSection && item.section.what != Section::What::kAll) return kNoSection;
  if (!cursor.take(']')) return kNoSection;
  return item.what == What::kBinarySize ? std::nullopt : read_partial(cursor, item.partial);
}

void add(std::vector<FetchItem>& items, FetchItem item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(std::move(item));
}

std::optional<Fault> read_item(Cursor& cursor, std::vector<FetchItem>& items) {
  const auto* const plain =
      std::find_if(kPlainItems.begin(), kPlainItems.end(), [&](const PlainItem& one) { return cursor.take_word(one.name); });
  FetchItem item;
  if (plain != kPlainItems.end()) {
    item.what = plain->what;
    item.peeks = plain->peeks;
  } else if (auto fault = read_bracketed(cursor, item)) {
    return fault;
  }
  add(items, std::move(item));
  return std::nullopt;
}

// [SP "(" "CHANGEDSINCE" SP mod-sequence ")"], which asks for mod-sequences, too (RFC 7162 §3.1.4).
std::optional<Fault> read_changed_since(Cursor& cursor, FetchWords& words) {
  Cursor ahead = cursor;
  if (!ahead.take_blanks() || ahead.peek() != '(') return std::nullopt;
  cursor = ahead;
  add(words.items, {.what = What::kModSequence, .peeks = true});
  return read_since(cursor, "CHANGEDSINCE", words.changed_since);
}

}  // namespace

// sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"). UID FETCH asks for the UID, too.
std::optional<Fault> read_fetch(Cursor& cursor, bool by_uid, Arguments& out) {
  auto set = SequenceSet::parse(cursor.take_set());
  if (!set || !cursor.take_blanks()) return kNoSet;
  FetchWords words{std::move(*set), {}, {}};
  if (by_uid) words.items.push_back({.what = What::kUid, .peeks = true});
  const auto* const macro =
      std::find_if(kMacros.begin(), kMacros.end(), [&](const Macro& one) { return cursor.take_word(one.name); });
  std::optional<Fault> fault;
  if (macro != kMacros.end()) {
    for (std::size_t i = 0; i < macro->items; ++i) words.items.push_back({.what = kAllItems[i], .peeks = true});
  } else if (cursor.peek() == '(') {
    fault = read_list_of(cursor, [&] { return read_item(cursor, words.items); });
  } else {
    fault = read_item(cursor, words.items);
  }
  if (!fault && words.items.empty()) return kNoItem;
  if (!fault) fault = read_changed_since(cursor, words);
  out = std::move(words);
  return fault;
}

}  // namespace imap
