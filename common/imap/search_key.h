// What SEARCH looks for (RFC 9051 §6.4.4): a tree of keys that fit their grammar.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "imap/sequence_set.h"

namespace imap {

struct SearchKey;

struct SearchAll {
  bool operator==(const SearchAll&) const = default;
};

// All of them, and a list of keys in parentheses.
struct SearchAnd {
  std::vector<SearchKey> keys;  // at least one
  bool operator==(const SearchAnd&) const;
};

struct SearchOr {
  std::vector<SearchKey> keys;  // two
  bool operator==(const SearchOr&) const;
};

struct SearchNot {
  std::vector<SearchKey> keys;  // one
  bool operator==(const SearchNot&) const;
};

// By number or by UID. Never SequenceSet::saved(): whoever has the saved messages has put them here.
struct SearchMessages {
  SequenceSet set;
  bool by_uid = false;
  bool operator==(const SearchMessages&) const = default;
};

// ANSWERED, UNSEEN …, RECENT and OLD. NEW is RECENT and UNSEEN.
struct SearchFlag {
  enum class Flag : std::uint8_t { kSeen, kAnswered, kFlagged, kDeleted, kDraft, kRecent };
  Flag flag = Flag::kSeen;
  bool is_set = true;
  bool operator==(const SearchFlag&) const = default;
};

struct SearchKeyword {
  std::string name;  // in any letter case
  bool is_set = true;
  bool operator==(const SearchKeyword&) const = default;
};

struct SearchDate {
  enum class Of : std::uint8_t { kReceived, kSent };  // INTERNALDATE, the Date field; neither time nor zone counts
  enum class Is : std::uint8_t { kBefore, kOn, kSince };
  Of of = Of::kReceived;
  Is is = Is::kOn;
  std::chrono::year_month_day day = {};  // ok()
  bool operator==(const SearchDate&) const = default;
};

struct SearchSize {
  bool larger = true;  // LARGER; otherwise SMALLER
  std::uint64_t octets = 0;
  bool operator==(const SearchSize&) const = default;
};

// Has been changed then or later (RFC 7162 §3.1.5).
struct SearchModSequence {
  std::uint64_t least = 0;
  bool operator==(const SearchModSequence&) const = default;
};

// HEADER field text, and FROM, TO, CC, BCC, SUBJECT under the names of their fields. Empty text: the field is there.
struct SearchHeader {
  std::string field;
  std::string text;  // in the charset of the SEARCH
  bool operator==(const SearchHeader&) const = default;
};

struct SearchText {
  bool in_header = true;  // TEXT; otherwise BODY
  std::string text;       // likewise
  bool operator==(const SearchText&) const = default;
};

struct SearchKey {
  std::variant<SearchAll, SearchAnd, SearchOr, SearchNot, SearchMessages, SearchFlag, SearchKeyword, SearchDate, SearchSize,
               SearchModSequence, SearchHeader, SearchText>
      is;
  bool operator==(const SearchKey&) const = default;
};

inline bool SearchAnd::operator==(const SearchAnd& other) const { return keys == other.keys; }
inline bool SearchOr::operator==(const SearchOr& other) const { return keys == other.keys; }
inline bool SearchNot::operator==(const SearchNot& other) const { return keys == other.keys; }

// A whole search.
struct SearchProgram {
  std::string charset;  // upper case; empty: none was said, which is US-ASCII, or UTF-8 in IMAP4rev2
  SearchKey key;
  bool operator==(const SearchProgram&) const = default;
};

}  // namespace imap
