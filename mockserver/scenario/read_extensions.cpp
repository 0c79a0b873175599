#include <algorithm>
#include <array>

#include "core/text.h"
#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// An extension that the RFCs let nobody offer without another one.
struct Dependence {
  std::string_view keyword;
  std::string_view needs;
  std::string_view rule;
};
constexpr std::array kDependences{
    Dependence{"SMTPUTF8", "8BITMIME", "RFC 6531 §3.1"},
    Dependence{"BINARYMIME", "CHUNKING", "RFC 3030 §3"},
};

// Those in which the password itself never comes.
constexpr std::array<std::string_view, 3> kProofMechanisms{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"};

std::string_view first_word(std::string_view line) { return line.substr(0, line.find(' ')); }

bool is_extension_line(std::string_view line) {
  const bool printable = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return printable && !line.empty() && line.front() != ' ';
}

void check_line(const Reading& reading, const document::Node& line, const protocol::Offers& all) {
  if (!is_extension_line(line.text)) {
    reading.problems.add(line.where,
                         {"an extension is a keyword and its parameters, in ASCII", "扩展是一个关键字加参数，只用 ASCII"},
                         {"for example \"AUTH LOGIN PLAIN\"", "例如 \"AUTH LOGIN PLAIN\""});
  } else if (line.text.find('{') != std::string::npos) {
    reading.problems.add(line.where, {"an extension line is no template", "扩展行不是模板"},
                         {"write out what the server announces", "直接写出服务器宣布的内容"});
  }
  for (const Dependence& one : kDependences) {
    if (!core::equals_ignoring_case(first_word(line.text), one.keyword) || protocol::offers(all, one.needs)) continue;
    reading.problems.add(line.where,
                         core::phrase("{0} is never offered without {1} ({2})", "提供 {0} 就必须同时提供 {1}（{2}）",
                                      {one.keyword, one.needs, one.rule}),
                         core::phrase("add \"{0}\"", "加上 \"{0}\"", {one.needs}));
  }
}

protocol::Offers announced(const Reading& reading, const ExtensionList& list, bool with_starttls) {
  protocol::Offers lines = list.lines;
  const std::string_view starttls = starttls_word(*reading.draft.scenario.protocol);
  if (!with_starttls)
    std::erase_if(lines, [&](const std::string& line) { return core::equals_ignoring_case(first_word(line), starttls); });
  return lines;
}

// A mechanism in which a client proves that it knows a password needs somebody who has one.
void check_mechanisms(const Reading& reading, const ExtensionList& list) {
  if (!reading.draft.scenario.accounts.empty()) return;
  const std::vector<std::string> offered = reading.draft.scenario.protocol->mechanisms_in(list.lines);
  for (const std::string_view mechanism : kProofMechanisms) {
    if (std::find(offered.begin(), offered.end(), mechanism) == offered.end()) continue;
    reading.problems.add(list.where.value_or(document::Position{}),
                         core::phrase("{0} is offered, and nobody has a password to prove",
                                      "提供了 {0}，却没有任何账户的密码可以证明", {mechanism}),
                         {"add an [[account]], or leave the mechanism out", "加一个 [[account]]，或者去掉这种机制"});
  }
}

}  // namespace

ExtensionList read_extensions(const Reading& reading, const document::Node& list) {
  ExtensionList read;
  read.where = list.where;
  const std::vector<const document::Node*> lines = strings_of(&list);
  for (const document::Node* const line : lines) read.lines.push_back(line->text);
  for (const document::Node* const line : lines) check_line(reading, *line, read.lines);
  return read;
}

void finish_server(const Reading& reading) {
  Draft& draft = reading.draft;
  protocol::ServerSettings& server = draft.scenario.server;
  check_mechanisms(reading, draft.extensions);
  server.offers = announced(reading, draft.extensions, draft.scenario.security != Security::kTls);
  const auto finish = [&](const std::optional<ExtensionList>& list, std::optional<protocol::Offers>& into) {
    if (!list) return;
    check_mechanisms(reading, *list);
    into = announced(reading, *list, false);
  };
  finish(draft.extensions_tls, server.offers_tls);
  finish(draft.extensions_auth, server.offers_auth);
}

}  // namespace scenario
