// Which mistakes are those of clients that fetch mail, over POP3 and over IMAP, and of no others.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "pop3/door.h"
#include "smtp/door.h"

namespace test {

template <typename Ids>
bool has_id(const Ids& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Of both, and of no others.
inline constexpr std::array<std::string_view, 9> kOfBoth{
    "one-recv-for-a-reply", "short-chunk-means-end",   "reads-until-timeout", "reply-not-checked",       "user-without-domain",
    "login-in-clear",       "login-password-not-code", "no-logout",           "imap-client-on-pop3-port"};

inline constexpr auto kOfImapAlone = std::to_array<std::string_view>({
    "missing-tag",
    "imap-bad-tag",
    "tag-reused",
    "untagged-taken-for-result",
    "tag-found-in-text",
    "ok-searched-anywhere",
    "bad-not-handled",
    "bye-not-handled",
    "chunk-decoded-alone",
    "imap-not-logged-in",
    "imap-bad-sequence",
    "imap-not-offered",
    "idle-not-offered",
    "select-forgotten",
    "failed-select-closes",
    "netease-id-missing",
    "idle-without-done",
    "done-with-tag",
    "done-without-idle",
    "wrong-command-word",
    "imap-arguments",
    "unbalanced-brackets",
    "password-not-quoted",
    "password-quote-not-escaped",
    "mailbox-not-quoted",
    "mailbox-utf8-name",
    "list-reply-split-badly",
    "select-noselect",
    "empty-or-descending-set",
    "imap-no-set",
    "fetch-zero-or-beyond",
    "fetch-items-without-brackets",
    "search-8bit-no-charset",
    "search-date-form",
    "literal-length-wrong",
    "literal-without-waiting",
    "literal-without-crlf",
    "literal-reply-read-by-lines",
    "fetch-sets-seen",
    "uid-used-as-number",
    "numbers-after-expunge",
    "expunge-takes-others",
    "deleted-without-expunge",
    "search-empty-result",
    "too-many-connections",
    "auth-no-wait-for-plus",
    "auth-plain-authzid",
    "plus-empty-handling",
    "imaplib-data-shape",
    "decode-utf8-always",
    "encoded-words-left",
    "payload-not-decoded",
});

// Of others, too, and IMAP makes them its own way.
inline constexpr auto kOfImapAsWell = std::to_array<std::string_view>({
    "mailbox-no-line-end",
    "mailbox-lf-only",
    "cr-only",
    "extra-empty-line",
    "all-commands-at-once",
    "mailbox-tls-on-plain-port",
    "mailbox-plain-on-tls-port",
    "speaks-before-greeting",
    "replies-off-by-one",
    "literal-backslash-crlf",
    "nul-bytes",
    "control-characters",
    "reversed-crlf",
    "length-prefix",
    "login-is-over",
    "base64-extra-newline",
    "credentials-not-base64",
    "base64-no-padding",
    "base64-python-literal",
    "base64-of-newline",
    "auth-plain-format",
    "empty-credentials",
    "empty-password",
    "user-name-form",
    "plaintext-behind-starttls",
    "plaintext-after-starttls",
    "old-ssl-api",
    "certificate-not-checked",
});

inline bool is_of_pop3(std::string_view id) {
  return id.starts_with("pop3-") || id.starts_with("mailbox-") || has_id(kOfBoth, id) || has_id(pop3::door().mistakes(), id);
}

inline bool is_of_imap(std::string_view id) {
  return has_id(kOfBoth, id) || has_id(kOfImapAlone, id) || has_id(kOfImapAsWell, id);
}

// SMTP has nothing to do with it.
inline bool is_of_fetching(std::string_view id) {
  return has_id(kOfImapAlone, id) || (is_of_pop3(id) && !has_id(smtp::door().mistakes(), id));
}

}  // namespace test
