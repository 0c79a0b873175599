#include "mockserver/scenario/keys.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <map>
#include <string>

#include "core/text.h"
#include "mockserver/scenario/condition.h"
#include "mockserver/scenario/protocol_words.h"
#include "protocol/known.h"

namespace scenario {
namespace {

constexpr std::string_view kLimits = "limits";
constexpr std::string_view kWhen = "rule.when";

constexpr std::array kKeys{
    KeyRow{"extends", KeyType::kString, false, Files::kScenario, "",
           "The provider (a folder's name) whose replies, rules and habits this scenario starts from, or another scenario "
           "(folder/name), whose accounts, mails and steps it also has."},
    KeyRow{"protocol", KeyType::kString, false, Files::kBoth, "(protocols)",
           "What the server speaks; a scenario speaks as its provider does, smtp unless said otherwise."},
    KeyRow{"title", KeyType::kText, true, Files::kBoth, "", "What it is called in lists."},
    KeyRow{"summary", KeyType::kText, true, Files::kScenario, "", "What it teaches, in one sentence."},
    KeyRow{"subject", KeyType::kString, true, Files::kScenario,
           "basics|authentication|sender|recipient|content|size|rate|tls|network", "What kind of situation it is."},
    KeyRow{"code", KeyType::kCode, false, Files::kScenario, "200..599",
           "The reply code it is about; of POP3 \"+OK\" or \"-ERR\"."},

    KeyRow{"with", KeyType::kStrings, false, Files::kScenario, "",
           "Probes laid over everything else: slow, slow=MS, split, bytewise, words, refuse=STAGE[:CODE], close=STAGE, "
           "stall=STAGE."},
    KeyRow{"failure", KeyType::kString, false, Files::kScenario, "",
           "The failure that the lesson shows where no reply can: an id of knowledge/failures.toml, such as reset."},

    KeyRow{"server", KeyType::kTable, false, Files::kBoth, "",
           "What the server is like before any rule; a scenario's keys override its provider's one by one."},
    KeyRow{"server.name", KeyType::kString, false, Files::kBoth, "", "The server's host name, {server} in replies."},
    KeyRow{"server.signs", KeyType::kStrings, false, Files::kProvider, "",
           "What gives such a server away: domains of its names, and words of what it says."},
    KeyRow{
        "server.hosts", KeyType::kStrings, false, Files::kProvider, "",
        "Under which names it is reached, each with what it speaks where that is another protocol, and its ports, /tls behind "
        "those that begin with TLS: \"smtp.qq.com 25 587 465/tls\", \"pop.qq.com pop3 110 995/tls\"."},
    KeyRow{"server.greeting", KeyType::kReply, false, Files::kBoth, "", "The reply to the connection itself."},
    KeyRow{"server.ehlo_text", KeyType::kString, false, Files::kBoth, "",
           "The text of the first line of the answer to EHLO, a template."},
    KeyRow{"server.extensions", KeyType::kList, false, Files::kBoth, "",
           "The lines announced to EHLO behind the first, in order; STARTTLS only shows when security is starttls."},
    KeyRow{"server.extensions_tls", KeyType::kList, false, Files::kBoth, "",
           "The same inside TLS; without it the lines of extensions but STARTTLS."},
    KeyRow{"server.extensions_auth", KeyType::kList, false, Files::kBoth, "",
           "The same after a login; without it the lines from before the login."},
    KeyRow{"server.oauth_error", KeyType::kString, false, Files::kBoth, "",
           "The JSON that XOAUTH2 and OAUTHBEARER answer to a wrong token before they say 535."},
    KeyRow{"server.security", KeyType::kString, false, Files::kBoth, "none|starttls|tls",
           "Whether a client shall encrypt the connection, and when."},
    KeyRow{"server.connections", KeyType::kString, false, Files::kBoth, "take|refuse",
           "Whether anybody listens on the port; take unless said otherwise."},
    KeyRow{"server.line_ends", KeyType::kString, false, Files::kBoth, "normalize|strict|lenient|by-hand",
           "Which ends of line are taken: LF for commands only, CRLF only, or LF everywhere."},
    KeyRow{"server.sent_folder", KeyType::kString, false, Files::kBoth, "",
           "The folder that keeps a copy of what its owner sends by SMTP; none unless said otherwise."},
    KeyRow{"server.separator", KeyType::kString, false, Files::kBoth, "",
           "What separates the levels of a folder's name: one of . / | and \\; the dot unless said otherwise."},
    KeyRow{"server.quotes_names", KeyType::kBoolean, false, Files::kBoth, "",
           "Whether names of folders stand in quotes also where they need none."},
    KeyRow{"server.quirks", KeyType::kList, false, Files::kBoth, "(quirks)",
           "What this server takes although the RFCs do not allow it."},

    KeyRow{"tls", KeyType::kTable, false, Files::kBoth, "",
           "What is wrong with the server's TLS, and which versions it speaks; keys override one by one."},
    KeyRow{"tls.certificate", KeyType::kString, false, Files::kBoth,
           "valid|expired|not-yet-valid|wrong-host|self-signed|unknown-authority", "What kind of certificate it shows."},
    KeyRow{"tls.handshake", KeyType::kString, false, Files::kBoth, "complete|alert|garbage|close|stall",
           "What it does when the client has begun the handshake."},
    KeyRow{"tls.oldest", KeyType::kString, false, Files::kBoth, "1.0|1.1|1.2|1.3",
           "The oldest version it speaks; 1.2 unless said otherwise."},
    KeyRow{"tls.newest", KeyType::kString, false, Files::kBoth, "1.0|1.1|1.2|1.3",
           "The newest version it speaks; the newest of the library unless said otherwise."},

    KeyRow{kLimits, KeyType::kTable, false, Files::kBoth, "", "How much of one client the server puts up with."},
    KeyRow{"limits.idle_timeout", KeyType::kNumber, false, Files::kBoth, "0.01..86400",
           "Seconds of silence before the server closes."},
    KeyRow{"limits.silence", KeyType::kNumber, false, Files::kBoth, "0.01..86400",
           "Seconds before an unfinished line is remarked upon."},

    KeyRow{"account", KeyType::kTables, false, Files::kBoth, "",
           "Somebody who may log in; a scenario's accounts replace its provider's."},
    KeyRow{"account.user", KeyType::kString, true, Files::kBoth, "", "The name the server knows, in any letter case."},
    KeyRow{"account.password", KeyType::kString, true, Files::kBoth, "",
           "The password the server takes, often an authorization code."},
    KeyRow{"account.web_password", KeyType::kString, false, Files::kBoth, "",
           "The password of the web page, which the server does not take."},
    KeyRow{"account.token", KeyType::kString, false, Files::kBoth, "",
           "The OAuth access token that XOAUTH2 and OAUTHBEARER take."},

    KeyRow{"mail", KeyType::kTables, false, Files::kBoth, "",
           "A message that lies in a mailbox when the server starts; a scenario's messages replace its provider's."},
    KeyRow{"mail.to", KeyType::kString, true, Files::kBoth, "", "Whose mailbox: the user of an account."},
    KeyRow{"mail.message", KeyType::kString, true, Files::kBoth, "",
           "The message, header and text; its lines end in CRLF when they are fetched."},
    KeyRow{"mail.folder", KeyType::kString, false, Files::kBoth, "", "The folder it lies in; INBOX unless said otherwise."},
    KeyRow{"mail.flags", KeyType::kStrings, false, Files::kBoth, "",
           "What is marked on it: \"\\Seen\", \"\\Flagged\", or a keyword."},

    KeyRow{"folder", KeyType::kTables, false, Files::kBoth, "",
           "A folder that every mailbox has from the start beside INBOX; a scenario's folders replace its provider's."},
    KeyRow{"folder.name", KeyType::kString, true, Files::kBoth, "",
           "Its name as people read it; levels are separated by server.separator."},
    KeyRow{"folder.use", KeyType::kString, false, Files::kBoth,
           "\\All|\\Archive|\\Drafts|\\Flagged|\\Important|\\Junk|\\Sent|\\Trash", "What it is for (RFC 6154)."},

    KeyRow{"reply", KeyType::kTables, false, Files::kBoth, "", "A reply of the vocabulary; rules point at it as \"@id\"."},
    KeyRow{"reply.id", KeyType::kString, true, Files::kBoth, "", "Its name: small letters, digits and hyphens."},
    KeyRow{"reply.stage", KeyType::kString, true, Files::kBoth, "(stages)", "What it answers; HELO counts as ehlo."},
    KeyRow{"reply.lines", KeyType::kStrings, true, Files::kBoth, "",
           "The exact words with the code on every line, a template."},
    KeyRow{"reply.because", KeyType::kText, true, Files::kBoth, "", "Why a server says this."},
    KeyRow{"reply.fix", KeyType::kText, true, Files::kBoth, "", "What the sender does about it."},
    KeyRow{"reply.source", KeyType::kStrings, true, Files::kBoth, "", "Where the words were seen."},
    KeyRow{"reply.seen", KeyType::kString, false, Files::kBoth, "",
           "The date of the newest evidence: YYYY, YYYY-MM or YYYY-MM-DD."},
    KeyRow{"reply.verified", KeyType::kString, false, Files::kBoth, "verbatim|reported",
           "Whether the words were seen on the wire (the default) or are retold by the source."},

    KeyRow{"rule", KeyType::kTables, false, Files::kBoth, "",
           "When to give which reply; the first that matches decides, a scenario's before its provider's."},
    KeyRow{"rule.on", KeyType::kString, true, Files::kBoth, "connect|(verbs)|challenge|auth|midway|message|unknown|timeout|any",
           "What the reply answers."},
    KeyRow{kWhen, KeyType::kTable, false, Files::kBoth, "", "Conditions, all of which must hold."},
    KeyRow{"rule.when.order", KeyType::kString, false, Files::kBoth, "right|wrong|any",
           "Whether the command may come in this state; right unless said otherwise."},
    KeyRow{"rule.when.syntax", KeyType::kString, false, Files::kBoth, "right|wrong|any",
           "Whether it is well-formed; right unless said otherwise."},
    KeyRow{"rule.when.times", KeyType::kInteger, false, Files::kBoth, "1..1000000000",
           "Only so many times; counted are the times the other conditions hold and no rule before has decided."},
    KeyRow{"rule.when.nth", KeyType::kInteger, false, Files::kBoth, "1..1000000000",
           "Only this time, counted likewise from 1."},
    KeyRow{"rule.when.rate_over", KeyType::kString, false, Files::kBoth, "",
           "More often than \"20/minute\" (second, minute, hour, day), counting those that were let through."},
    KeyRow{"rule.when.since_first_under", KeyType::kNumber, false, Files::kBoth, "0.001..31536000",
           "The first time is less than so many seconds ago."},
    KeyRow{
        "rule.when.per", KeyType::kString, false, Files::kBoth, "all|connection|client-ip|sender|recipient|user|triplet",
        "For whom times, nth, rate_over and since_first_under count: all together unless said otherwise; triplet is address, "
        "sender and recipient."},
    KeyRow{"rule.when.chance", KeyType::kNumber, false, Files::kBoth, "0..1",
           "By chance, so often of all times; the same every time for one --seed."},
    KeyRow{"rule.reply", KeyType::kReply, false, Files::kBoth, "",
           "The reply: \"@id\" of the vocabulary, or lines written out; a rule without one adds to what the next ones say."},
    KeyRow{"rule.raw", KeyType::kString, false, Files::kBoth, "",
           "Instead of a reply: octets exactly as they go out, perhaps none; a template, {a*100} repeats, {0xff} is an octet."},
    KeyRow{"rule.data", KeyType::kBoolean, false, Files::kBoth, "",
           "Of IMAP: true puts the data that are due in place of the untagged lines of the reply, false sends none besides its "
           "own; "
           "without it a reply of one line has them before it."},
    KeyRow{"rule.because", KeyType::kText, false, Files::kBoth, "",
           "Why the server says it in this situation, in place of the reply's own words."},
    KeyRow{"rule.fix", KeyType::kText, false, Files::kBoth, "",
           "What to do in this situation, in place of the reply's own words."},
    KeyRow{"rule.only_called", KeyType::kBoolean, false, Files::kBoth, "",
           "What a server may be set to and this one is not: the rule holds where its reply is called for as PROVIDER#REPLY."},
    KeyRow{"rule.then", KeyType::kString, false, Files::kBoth, "close|reset|stall",
           "What becomes of the connection behind the reply; stall: it stays open and nothing is said any more."},
    KeyRow{"rule.keep", KeyType::kBoolean, false, Files::kBoth, "",
           "Whether the message is stored; without it, when the reply says so."},
    KeyRow{
        "rule.folder", KeyType::kString, false, Files::kBoth, "",
        "The folder of its recipients into which the message is put, such as the one for junk; INBOX unless said otherwise."},
    KeyRow{"rule.delay", KeyType::kNumber, false, Files::kBoth, "0..3600", "Seconds before the reply."},
    KeyRow{"rule.split_at", KeyType::kIntegers, false, Files::kBoth, "1..1000000",
           "The reply leaves in pieces; a new one begins behind each of these octets."},
    KeyRow{"rule.split_every", KeyType::kInteger, false, Files::kBoth, "1..1000000", "The same behind every so many octets."},
    KeyRow{"rule.split_pause", KeyType::kNumber, false, Files::kBoth, "0.001..3600", "Seconds between two pieces; 0.05."},

    KeyRow{"step", KeyType::kTables, false, Files::kScenario, "", "One step of the guided path, in order."},
    KeyRow{"step.send", KeyType::kString, false, Files::kScenario, "",
           "The line the client sends, a template without line end; with end = \"none\" exactly these octets."},
    KeyRow{"step.message", KeyType::kString, false, Files::kScenario, "", "Instead of send: mail data without the final dot."},
    KeyRow{"step.connect", KeyType::kBoolean, false, Files::kScenario, "",
           "Instead of send: a new connection, after the old one is closed; expect is the code of its greeting."},
    KeyRow{"step.at", KeyType::kString, false, Files::kScenario, "",
           "With connect: to the server of this provider, \"qq-imap\", for the same mailboxes; its protocol and its first "
           "accounts are "
           "those of the steps that follow. Without it: to the server before."},
    KeyRow{"step.end", KeyType::kString, false, Files::kScenario, "crlf|lf|none",
           "How the line ends; crlf unless said otherwise."},
    KeyRow{"step.expect", KeyType::kCode, false, Files::kScenario, "200..599",
           "The code that answers it; of POP3 \"+OK\", \"-ERR\" or \"+\"."},
    KeyRow{"step.wait", KeyType::kNumber, false, Files::kScenario, "0.01..3600",
           "Seconds that have to pass before it, counted from the last thing that was said."},
    KeyRow{"step.say", KeyType::kText, true, Files::kScenario, "", "Why this step, and what to look at."},
    KeyRow{"step.then", KeyType::kText, false, Files::kScenario, "",
           "What there is to see in the answer; shown when it has come, and stays with it."},
};

constexpr std::string_view parent_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

// Every parent is a row before its children, and no path stands there twice.
constexpr bool rows_are_sound() {
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    bool parent_found = parent_of(kKeys[i].path).empty();
    for (std::size_t k = 0; k < i; ++k) {
      if (kKeys[k].path == kKeys[i].path) return false;
      parent_found = parent_found || kKeys[k].path == parent_of(kKeys[i].path);
    }
    if (!parent_found) return false;
  }
  return true;
}
static_assert(rows_are_sound());

using Protocols = std::span<const protocol::Protocol* const>;

// The budgets of these protocols, each once.
std::vector<protocol::LimitRow> limits_of(Protocols protocols) {
  std::vector<protocol::LimitRow> all;
  for (const protocol::Protocol* const protocol : protocols) {
    for (const protocol::LimitRow& row : protocol->limits()) {
      const auto is_it = [&](const protocol::LimitRow& one) { return one.name == row.name; };
      if (std::none_of(all.begin(), all.end(), is_it)) all.push_back(row);
    }
  }
  return all;
}

// The rows above with what other tables bring: words of the protocols and their limits, and the conditions behind rule.when.
std::vector<KeyRow> with_tables(Protocols protocols) {
  static std::deque<std::string> texts;  // what the rows view
  const auto path_of = [](std::string_view parent, std::string_view key) -> std::string_view {
    return texts.emplace_back(std::string(parent) + "." + std::string(key));
  };
  const auto words_in = [&](std::string_view allowed) -> std::string_view {
    return allowed.find('(') == std::string_view::npos ? allowed : texts.emplace_back(with_protocol_words(allowed, protocols));
  };
  std::vector<KeyRow> all;
  for (const KeyRow& row : kKeys) {
    all.push_back(row);
    all.back().allowed = words_in(row.allowed);
    if (row.path == kLimits) {
      for (const protocol::LimitRow& one : limits_of(protocols))
        all.push_back({path_of(kLimits, one.name), KeyType::kInteger, false, Files::kBoth, one.range, one.about});
    } else if (row.path == kWhen) {
      for (const ConditionRow& one : conditions())
        all.push_back({path_of(kWhen, one.key), type_of(one), false, Files::kBoth, words_in(one.allowed), one.about});
    }
  }
  return all;
}

}  // namespace

std::span<const KeyRow> keys() {
  static const std::vector<KeyRow> kAll = with_tables(protocol::known());
  return kAll;
}

std::span<const KeyRow> keys(const protocol::Protocol& protocol) {
  static std::map<std::string_view, std::vector<KeyRow>> known;
  std::vector<KeyRow>& rows = known[protocol.name()];
  const protocol::Protocol* const one = &protocol;
  if (rows.empty()) rows = with_tables({&one, 1});
  return rows;
}

const core::Text& name(KeyType type) {
  static const std::array<core::Text, 14> kNames{{{"text in two languages", "中英两种文本"},
                                                  {"string", "文本"},
                                                  {"pattern", "模式"},
                                                  {"whole number", "整数"},
                                                  {"whole number", "整数"},
                                                  {"number", "数字"},
                                                  {"true or false", "true 或 false"},
                                                  {"list of strings", "文本的列表"},
                                                  {"list of strings", "文本的列表"},
                                                  {"list of patterns", "模式的列表"},
                                                  {"list of whole numbers", "整数的列表"},
                                                  {"reply", "回复"},
                                                  {"table", "表"},
                                                  {"list of tables", "表的列表"}}};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view parent_part(const KeyRow& row) { return parent_of(row.path); }

std::string_view last_part(const KeyRow& row) {
  const std::size_t dot = row.path.rfind('.');
  return dot == std::string_view::npos ? row.path : row.path.substr(dot + 1);
}

const KeyRow* find_key(std::string_view parent, std::string_view key) { return find_key(keys(), parent, key); }

const KeyRow* find_key(std::span<const KeyRow> all, std::string_view parent, std::string_view key) {
  const std::size_t before = parent.empty() ? 0 : parent.size() + 1;  // octets of the path that lead to the key
  const auto hit = std::find_if(all.begin(), all.end(), [&](const KeyRow& row) {
    // Asked for every key of every file: the lengths tell most rows apart.
    return row.path.size() == before + key.size() && row.path.ends_with(key) && parent_part(row) == parent;
  });
  return hit == all.end() ? nullptr : &*hit;
}

bool belongs_in(const KeyRow& row, FileKind kind) {
  return row.files == Files::kBoth || row.files == (kind == FileKind::kProvider ? Files::kProvider : Files::kScenario);
}

std::vector<std::string_view> words_of(std::string_view allowed) {
  std::vector<std::string_view> words;
  while (!allowed.empty()) {
    words.push_back(allowed.substr(0, allowed.find('|')));
    allowed.remove_prefix(std::min(allowed.size(), words.back().size() + 1));
  }
  return words;
}

std::optional<Range> range_of(std::string_view allowed) {
  const std::size_t dots = allowed.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  // strtod, since from_chars for double is missing from the clang 14 library.
  return Range{std::strtod(std::string(allowed.substr(0, dots)).c_str(), nullptr),
               std::strtod(std::string(allowed.substr(dots + 2)).c_str(), nullptr)};
}

}  // namespace scenario
