// The table of conditions: each with what it looks at.
#include <algorithm>
#include <array>

#include "mockserver/scenario/condition.h"
#include "mockserver/scenario/facts.h"

namespace scenario {
namespace {

// Where a condition says something.
constexpr std::string_view kAnywhere = "connect|verb|challenge|auth|midway|message|unknown|timeout|any";
constexpr std::string_view kStanding = "verb|challenge|auth|message|unknown|timeout|any";
constexpr std::string_view kInSession = "verb|challenge|auth|midway|message|unknown|timeout|any";
constexpr std::string_view kInLogin = "AUTH|challenge|auth";
constexpr std::string_view kInTransaction = "MAIL|RCPT|DATA|BDAT|midway|message|any";
constexpr std::string_view kWithRecipients = "RCPT|DATA|BDAT|midway|message|any";
constexpr std::string_view kOfMessage = "message";

constexpr std::array kConditions{
    ConditionRow{"state",
                 "(states)",
                 kStanding,
                 {"in state {}", "处于状态 {}"},
                 NameOf{[](const Facts& facts) { return facts.state(); }},
                 "Where the session stands before the command."},
    ConditionRow{"authenticated",
                 "",
                 kInSession,
                 {"logged in|not logged in", "已登录|未登录"},
                 FlagOf{[](const Facts& facts) { return std::optional(!facts.text("logged-in").empty()); }},
                 "Whether somebody has logged in."},
    ConditionRow{"tls",
                 "",
                 kAnywhere,
                 {"inside TLS|in clear", "TLS 之内|明文"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.flag("tls")); }},
                 "Whether the connection is encrypted."},
    ConditionRow{"hello",
                 "(hellos)",
                 kInSession,
                 {"after {}|before HELO or EHLO", "已 {}|还没有 HELO 或 EHLO"},
                 NameOf{[](const Facts& facts) { return facts.hello(); }},
                 "How the client has introduced itself."},
    ConditionRow{"client",
                 "",
                 kInSession,
                 {"client like {}", "客户端名形如 {}"},
                 TextOf{[](const Facts& facts) { return std::optional(facts.text("client")); }},
                 "A pattern for the name the client gives with HELO or EHLO, or has given."},
    ConditionRow{"argument",
                 "",
                 "verb|unknown",
                 {"argument like {}", "参数形如 {}"},
                 TextOf{[](const Facts& facts) { return std::optional(facts.text("argument")); }},
                 "A pattern for what stands behind the verb."},
    ConditionRow{"mistake",
                 "",
                 "verb|auth|message|unknown|any",
                 {"with the mistake {}", "带有错误 {}"},
                 Shows{[](const Facts& facts, protocol::MistakeId mistake) { return facts.shows(mistake); }},
                 "The line, or the message, shows this mistake; smtplab explain knows them all."},
    ConditionRow{"connections_over",
                 "0..1000000",
                 kAnywhere,
                 {"more than {} connections", "连接多于 {} 个"},
                 NumberOf{[](const Facts& facts) { return facts.around().connections; }},
                 "More clients than this are connected, with this one."},
    ConditionRow{"messages_over",
                 "0..1000000",
                 kInSession,
                 {"behind more than {} messages", "已收下的邮件多于 {} 封"},
                 NumberOf{[](const Facts& facts) { return facts.number("messages"); }},
                 "More messages than this were taken on this connection before."},
    ConditionRow{"marked_over",
                 "0..1000000",
                 kInSession,
                 {"more than {} marked", "有删除标记的多于 {} 封"},
                 NumberOf{[](const Facts& facts) {
                   const auto* const marks = std::get_if<std::vector<std::string>>(&facts.fact("marks"));
                   return marks == nullptr ? std::size_t{0} : marks->size();
                 }},
                 "More messages than this are marked to be deleted, where a mailbox is read."},

    ConditionRow{"mechanism",
                 "",
                 kInLogin,
                 {"mechanism {}", "机制 {}"},
                 TextOf{[](const Facts& facts) { return std::optional(facts.text("mechanism")); }},
                 "A pattern for the SASL mechanism of the AUTH command."},
    ConditionRow{"initial_response",
                 "",
                 kInLogin,
                 {"with an initial response|without an initial response", "带初始回答|不带初始回答"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.around().initial_response); }},
                 "Whether the AUTH command carried the first response."},
    ConditionRow{"wants",
                 "user|password|response",
                 "challenge",
                 {"the user name|the password|the response", "要用户名|要密码|要回答"},
                 WordOf{[](const Facts& facts) { return facts.wants(); }},
                 "What the server is about to ask for."},
    ConditionRow{"password",
                 "right|web|newline|empty|wrong",
                 "auth",
                 {"right password|password of the web page|line end inside the base64|empty password|wrong password",
                  "密码正确|用了网页密码|base64 里混进了换行|密码为空|密码错误"},
                 WordOf{[](const Facts& facts) {
                   return facts.judgement() ? std::optional(Word(facts.judgement()->password)) : std::nullopt;
                 }},
                 "Which password was given; newline is a right or web password with a line end inside the base64."},
    ConditionRow{"user",
                 "",
                 kInSession,
                 {"user like {}", "用户形如 {}"},
                 TextOf{[](const Facts& facts) { return std::optional(facts.text("user")); }},
                 "A pattern for who logs in, or has logged in."},
    ConditionRow{"user_known",
                 "",
                 "auth",
                 {"known user|unknown user", "用户存在|用户不存在"},
                 FlagOf{[](const Facts& facts) {
                   return facts.judgement() ? std::optional(facts.judgement()->user_known) : std::nullopt;
                 }},
                 "Whether there is an account of that name."},

    ConditionRow{"sender",
                 "",
                 kInTransaction,
                 {"sender like {}|empty sender <>", "发件人形如 {}|发件人为空 <>"},
                 TextOf{[](const Facts& facts) { return facts.known_text("own-sender"); }},
                 "A pattern for the address in MAIL FROM; \"\" is the null path."},
    ConditionRow{"sender_is_login",
                 "",
                 kInTransaction,
                 {"sender is who logged in|sender is not who logged in", "发件人就是登录者|发件人不是登录者"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.is_login(facts.text("own-sender"))); }},
                 "Whether the address in MAIL FROM is the one that logged in."},
    ConditionRow{"recipient",
                 "",
                 kWithRecipients,
                 {"recipient like {}", "收件人形如 {}"},
                 AnyText{[](const Facts& facts, const Pattern& pattern, Values* captures) {
                   return facts.has_recipient(pattern, captures);
                 }},
                 "A pattern for the address in RCPT TO; at DATA and at the message, for any recipient taken."},
    ConditionRow{"recipient_known",
                 "",
                 kWithRecipients,
                 {"known recipient|unknown recipient", "收件人存在|收件人不存在"},
                 AnyFlag{[](const Facts& facts, bool known) { return facts.has_recipient_known(known); }},
                 "Whether the recipient is an account of the scenario."},
    ConditionRow{"recipients_over",
                 "0..1000000",
                 kWithRecipients,
                 {"more than {} recipients", "收件人多于 {} 个"},
                 NumberOf{[](const Facts& facts) { return facts.number("recipients"); }},
                 "More recipients than this; at RCPT those taken and this one."},
    ConditionRow{"declared_size_over",
                 "0..1000000000000",
                 kInTransaction,
                 {"more than {} octets announced", "声明的大小超过 {} 字节"},
                 NumberOf{[](const Facts& facts) { return facts.number("declared-size"); }},
                 "MAIL announces a message of more octets with SIZE."},
    ConditionRow{"size_over",
                 "0..1000000000000",
                 "BDAT|midway|message",
                 {"more than {} octets", "超过 {} 字节"},
                 NumberOf{[](const Facts& facts) { return facts.number("size"); }},
                 "The message has more octets, or more of them have come."},

    ConditionRow{"header",
                 "",
                 kOfMessage,
                 {"field {}", "字段 {}"},
                 HasField{[](const Facts& facts, const FieldPattern& field, Values* captures) {
                   return facts.message().has(field, captures);
                 }},
                 "\"Name: pattern\": a field of the message, decoded; of a list each one must be there."},
    ConditionRow{"header_missing",
                 "",
                 kOfMessage,
                 {"no field {}", "缺字段 {}"},
                 IsField{[](const Facts& facts, const std::string& name) { return facts.message().count_of(name) == 0; }},
                 "The name of a field the message does not have; of a list, any one that is missing."},
    ConditionRow{"from_has_address",
                 "",
                 kOfMessage,
                 {"From is one address|no address in From", "From 里有一个地址|From 里没有地址"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.message().from().has_value()); }},
                 "Whether there is one From field with one address in it; what an encoded-word hides is none."},
    ConditionRow{"from_is_sender",
                 "",
                 kOfMessage,
                 {"From is the sender|From is not the sender", "From 与发件人一致|From 与发件人不一致"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.from_is_sender()); }},
                 "Whether the address in the From field is the one in MAIL FROM."},
    ConditionRow{"from_is_login",
                 "",
                 kOfMessage,
                 {"From is who logged in|From is not who logged in", "From 就是登录者|From 不是登录者"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.from_is_login()); }},
                 "Whether the address in the From field is the one that logged in."},
    ConditionRow{"body",
                 "",
                 kOfMessage,
                 {"text like {}", "正文形如 {}"},
                 AnyText{[](const Facts& facts, const Pattern& pattern, Values* captures) {
                   return facts.message().has_text(pattern, captures);
                 }},
                 "A pattern for the text of the message, MIME decoded: \"*word*\"."},
    ConditionRow{"header_twice",
                 "",
                 kOfMessage,
                 {"field {} more than once", "字段 {} 不止一个"},
                 IsField{[](const Facts& facts, const std::string& name) { return facts.message().count_of(name) > 1; }},
                 "The name of a field that stands in the message more than once; of a list, any one that does."},
    ConditionRow{"header_eight_bit",
                 "",
                 kOfMessage,
                 {"octets above 127 in the header|7-bit header", "信头含大于 127 的字节|信头是 7 位"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.message().has_eight_bit_header()); }},
                 "Whether an octet above 127 stands in the header, which wants encoded-words (RFC 2047)."},
    ConditionRow{"eight_bit",
                 "",
                 kOfMessage,
                 {"octets above 127|7-bit", "含大于 127 的字节|7 位"},
                 FlagOf{[](const Facts& facts) { return std::optional(facts.message().has_eight_bit()); }},
                 "Whether an octet above 127 stands in the message."},
    ConditionRow{"line_over",
                 "1..1000000000",
                 kOfMessage,
                 {"a line over {} octets", "有一行超过 {} 字节"},
                 NumberOf{[](const Facts& facts) { return facts.message().longest_line(); }},
                 "A line of the message is longer than this, in octets without its end."},
};

}  // namespace

std::span<const ConditionRow> conditions() { return kConditions; }

const ConditionRow* find_condition(std::string_view key) {
  const auto* const hit =
      std::find_if(kConditions.begin(), kConditions.end(), [&](const ConditionRow& row) { return row.key == key; });
  return hit == kConditions.end() ? nullptr : hit;
}

}  // namespace scenario
