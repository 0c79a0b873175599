#include "mockserver/speaker.h"

#include <utility>
#include <vector>

#include "core/phrase.h"
#include "core/show.h"
#include "dialogue/text_lines.h"

namespace mockserver {
namespace {

using dialogue::Kind;

constexpr std::string_view kIndent = "     ";

constexpr core::Phrase kConnected{"{0} has connected", "{0} 已连接"};
constexpr core::Phrase kSecured{"TLS from here on: {0}", "从这里起是 TLS：{0}"};
constexpr core::Phrase kWhy{"Why: ", "原因："};
constexpr core::Phrase kDo{"Do: ", "做法："};
constexpr core::Phrase kGuess{" (a guess)", "（推测）"};
constexpr core::Phrase kAdvice{"Advice: ", "建议："};
constexpr core::Phrase kNoLineEnd{"(no line end)", "（没有行结尾）"};
constexpr core::Phrase kOctets{"octets", "字节"};

core::Text closing(const dialogue::Event& event) {
  switch (event.closed_by) {
    case dialogue::ClosedBy::kServer: return {"closed by the server", "服务器关闭了连接"};
    case dialogue::ClosedBy::kClient: return {"closed by the client", "客户端关闭了连接"};
    case dialogue::ClosedBy::kFailure: break;
  }
  return {"the connection broke", "连接断了"};
}

bool is_refusal(const dialogue::Event& event) { return event.reply && event.reply->is_negative(); }

// "alice@163.com, bob@163.com + 12".
std::string recipients_of(const store::Place& place, const Kept& message) {
  std::string text;
  for (std::size_t i = 0; i < place.recipients.size() && i < Speaker::kMostCopies; ++i)
    text += (i == 0 ? "" : ", ") + core::show_bytes(message.forward_paths[place.recipients[i]]);
  if (place.recipients.size() <= Speaker::kMostCopies) return text;
  return text + " + " + std::to_string(place.recipients.size() - Speaker::kMostCopies);
}

core::Text where(const store::Place& place) {
  if (!place.path.empty()) return core::phrase("in {0}", "保存在 {0}", {core::show_bytes(place.path)});
  if (place.account.empty())
    return {"in memory, in the mailbox of those who have no account", "保存在内存里，在没有账户者共用的邮箱"};
  return core::phrase("in memory, in the mailbox of {0}", "保存在内存里 {0} 的邮箱", {core::show_bytes(place.account)});
}

}  // namespace

std::string Speaker::line(const std::string& prefix, std::string_view label, const core::Text& text) const {
  if (text.empty()) return {};
  return prefix + std::string(kIndent) + std::string(label) + text.in(language_) + "\n";
}

std::string Speaker::event(std::uint64_t connection, const dialogue::Event& event) {
  const std::string prefix = "#" + std::to_string(connection) + " ";
  if (event.kind == Kind::kClosed) connections_.erase(connection);
  if (event.kind != Kind::kClient && event.kind != Kind::kServer) return prefix + "-- " + aside(event) + "\n";
  std::string text = wire(prefix, connection, event);
  return text + meaning(prefix, connections_[connection], event);
}

std::string Speaker::aside(const dialogue::Event& event) const {
  const std::string note = core::show_bytes(event.note.in(language_));
  switch (event.kind) {
    case Kind::kConnected: return core::phrase(kConnected.en, kConnected.zh, {note}).in(language_);
    case Kind::kSecured: return core::phrase(kSecured.en, kSecured.zh, {note}).in(language_);
    case Kind::kClosed: return closing(event).in(language_) + (note.empty() ? "" : ": " + note);
    case Kind::kNote:
    case Kind::kClient:
    case Kind::kServer: break;
  }
  return note;
}

std::string Speaker::wire(const std::string& prefix, std::uint64_t connection, const dialogue::Event& event) {
  const std::vector<std::string> lines =
      dialogue::text_lines(event, {show_secrets_, kNoLineEnd.in(language_), kOctets.in(language_)});
  const bool is_message = event.kind == Kind::kClient && event.input && event.input->is(protocol::Role::kContent);
  std::string text;
  Said& said = connections_[connection];
  if (!is_message) {
    said.lines = 0;
    for (const std::string& one : lines) text += prefix + one + "\n";
    return text;
  }
  std::size_t left_out = 0;
  for (const std::string& one : lines) {
    if (++said.lines <= kMostLines) {
      text += prefix + one + "\n";
    } else {
      ++left_out;
    }
  }
  if (left_out == 0) return text;
  return text + prefix + "C: " + core::phrase("… ({0} more lines)", "…（还有 {0} 行）", {left_out}).in(language_) + "\n";
}

// What the client is for, the first time; of a reply why it refuses.
std::string Speaker::meaning(const std::string& prefix, Said& said, const dialogue::Event& event) {
  if (event.kind == Kind::kClient) {
    const bool is_told = !event.input || !event.is_command || !explained_.insert(std::string(event.input->name())).second;
    const auto* const entry = is_told ? nullptr : knowledge_.command(*event.input);
    return entry == nullptr ? std::string() : line(prefix, "", entry->purpose);
  }
  said.is_explained = false;
  const bool is_step = event.input && !event.input->row().is_aside && !event.input->is(protocol::Role::kQuit);
  if (event.reply && event.reply->is_positive() && is_step) said.has_cause = false;
  if (!is_refusal(event) || said.has_cause) return {};
  if (event.explanation != nullptr && !event.explanation->because.empty()) {
    said.is_explained = true;
    return line(prefix, kWhy.in(language_), event.explanation->because) +
           line(prefix, kDo.in(language_), event.explanation->fix);
  }
  const auto* const entry = knowledge_.code(event.reply->code);
  return entry == nullptr ? std::string() : line(prefix, kWhy.in(language_), entry->meaning);
}

std::string Speaker::finding(std::uint64_t connection, const findings::Finding& finding) {
  const std::string prefix = "#" + std::to_string(connection) + " ";
  const auto* const entry = knowledge_.mistake(finding.id);
  if (entry == nullptr || finding.follows) return {};
  const std::string title = entry->title.in(language_) + (finding.certain ? "" : std::string(kGuess.in(language_)));
  const std::string id = " [" + finding.id + "]\n";
  if (entry->severity == knowledge::Severity::kAdvice)
    return prefix + std::string(kIndent) + std::string(kAdvice.in(language_)) + title + ": " + entry->fix.in(language_) + id;
  Said& said = connections_[connection];
  said.has_cause = said.has_cause || entry->severity == knowledge::Severity::kError;
  const std::string text = prefix + "!! " + title + id;
  if (std::exchange(said.is_explained, false)) return text;
  return text + line(prefix, "", entry->explain) + line(prefix, kDo.in(language_), entry->fix);
}

std::string Speaker::stored(const Kept& message) const {
  std::string text;
  for (std::size_t i = 0; i < message.places.size() && i < kMostCopies; ++i) {
    const store::Place& place = message.places[i];
    text += core::phrase("-- stored for {0}: {1} octets, {2}", "-- 已收下给 {0} 的信：{1} 字节，{2}",
                         {recipients_of(place, message), message.octets, where(place)})
                .in(language_) +
            "\n";
  }
  if (message.places.size() <= kMostCopies) return text;
  const std::size_t more = message.places.size() - kMostCopies;
  return text + core::phrase("-- … and {0} more copies", "-- …还有 {0} 份", {more}).in(language_) + "\n";
}

std::string Speaker::accounts(const scenario::Scenario& scenario) const {
  std::string text;
  for (const scenario::Account& account : scenario.accounts) {
    core::Text one = core::phrase("{0} logs in with {1}", "{0} 用 {1} 登录",
                                  {core::show_bytes(account.user), core::show_bytes(account.password)});
    if (!account.web_password.empty())
      one = core::phrase("{0}; the password of the web page, {1}, is not taken", "{0}；网页密码 {1} 不能用",
                         {one, core::show_bytes(account.web_password)});
    if (!account.token.empty())
      one = core::phrase("{0}; OAuth token {1}", "{0}；OAuth 令牌 {1}", {one, core::show_bytes(account.token)});
    text += std::string(kIndent) + one.in(language_) + "\n";
  }
  return text;
}

}  // namespace mockserver
