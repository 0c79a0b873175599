// Inside of command.cpp: the arguments that have a grammar of their own. Each reads from the cursor, which stands behind the
// blank, and says what is wrong where something is.
#pragma once

#include <optional>

#include "core/text.h"
#include "imap/command.h"
#include "imap/cursor.h"

namespace imap {

using Fault = core::Text;

inline const Fault kNoMailbox{"the name of a mailbox is missing, or has to be quoted", "缺少邮箱名，或者邮箱名要加引号"};
inline const Fault kNoSet{"this is no sequence set", "这不是序号集合"};

[[nodiscard]] std::optional<Fault> read_id(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_select(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_list(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_lsub(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_status(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_append(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_messages(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_search(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_fetch(Cursor& cursor, bool by_uid, Arguments& out);
[[nodiscard]] std::optional<Fault> read_store(Cursor& cursor, Arguments& out);
[[nodiscard]] std::optional<Fault> read_copy(Cursor& cursor, Arguments& out);

// "(" word SP mod-sequence ")" (RFC 7162 §7).
[[nodiscard]] std::optional<Fault> read_since(Cursor& cursor, std::string_view word, std::optional<std::uint64_t>& since);

// flag-list in parentheses; with is_bare also flags without them (RFC 9051 §9: store-att-flags).
[[nodiscard]] std::optional<Fault> read_flags(Cursor& cursor, bool is_bare, mailbox::Flags& flags);

// Calls read() for each word of "(" … ")"; an error of it ends the list.
template <typename Read>
[[nodiscard]] std::optional<Fault> read_list_of(Cursor& cursor, Read read) {
  static const Fault kNoList{"a list in parentheses is not complete", "括号里的列表不完整"};
  if (!cursor.take('(')) return kNoList;
  cursor.take_blanks();
  while (!cursor.take(')')) {
    if (auto fault = read()) return fault;
    const bool is_apart = cursor.take_blanks();
    if (!is_apart && cursor.peek() != ')') return kNoList;
  }
  return std::nullopt;
}

}  // namespace imap
