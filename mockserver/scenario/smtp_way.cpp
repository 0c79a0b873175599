// The way of a message.
#include <array>

#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

constexpr std::array kSmtpStages{
    StageRow{"connect", On::kConnect, "", "network", true},
    StageRow{"ehlo", On::kCommand, "EHLO|HELO", "basics", true},
    StageRow{"starttls", On::kCommand, "STARTTLS", "tls", true},
    StageRow{"auth", On::kAuth, "", "authentication"},
    StageRow{"mail", On::kCommand, "MAIL", "sender"},
    StageRow{"rcpt", On::kCommand, "RCPT", "recipient"},
    StageRow{"data", On::kCommand, "DATA", "content", false, "message"},
    StageRow{"message", On::kMessage, "", "content"},
    StageRow{"quit", On::kCommand, "QUIT", "basics", true},
    StageRow{"any", On::kCommand, "", "basics", true},
};

constexpr std::array kSmtpSteps{
    GenericStep{"ehlo", Login::kNone, "EHLO {client}", "", "250",
                "Introduce yourself; the answer lists what the server can do.", "先报上自己的名字；服务器会列出它支持的扩展。"},
    GenericStep{"auth", Login::kLogin, "AUTH LOGIN", "", "334",
                "Log in with the mechanism LOGIN: the server asks for the name, then for the password, both in base64.",
                "用 LOGIN 机制登录：服务器先问用户名，再问密码，两者都用 base64 编码。"},
    GenericStep{"auth", Login::kLogin, "{user|base64}", "", "334", "The user name in base64.", "base64 编码的用户名。"},
    GenericStep{"auth", Login::kLogin, "{password|base64}", "", "235", "The password in base64: encoded, not encrypted.",
                "base64 编码的密码：只是编码，不是加密。"},
    GenericStep{"auth", Login::kPlain, "AUTH PLAIN {plain}", "", "235",
                "Log in with the mechanism PLAIN: NUL, name, NUL, password, all in one base64 string.",
                "用 PLAIN 机制登录：NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "AUTH PLAIN", "", "334",
                "Log in with the mechanism PLAIN, without sending the response along: the server asks for it with 334.",
                "用 PLAIN 机制登录，但先不带凭据：服务器用 334 来要。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "{plain}", "", "235", "NUL, name, NUL, password, all in one base64 string.",
                "NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"mail", Login::kNone, "MAIL FROM:<{user}>", "", "250", "Begin a message: the address that errors go back to.",
                "开始一封信：给出退信要寄回的发件人地址。"},
    GenericStep{"rcpt", Login::kNone, "RCPT TO:<{user}>", "", "250", "Name a recipient; one command for each.",
                "给出收件人；每人一条命令。"},
    GenericStep{"data", Login::kNone, "DATA", "", "354", "Ask to hand over the message; 354 means: go on.",
                "请求发送邮件内容；354 表示“请继续”。"},
    GenericStep{"message", Login::kNone, "", "From: <{user}>\nTo: <{user}>\nSubject: A test\n\nHello\n", "",
                "The message itself: header lines, an empty line, the text.", "邮件本身：信头、一个空行、正文。"},
    GenericStep{"message", Login::kNone, ".", "", "250",
                "A dot alone on a line ends the message; now the server says whether it takes it.",
                "单独一行的点表示邮件结束；这时服务器才说收不收。"},
    GenericStep{"quit", Login::kNone, "QUIT", "", "221", "Say goodbye.", "道别。"},
};

// Not on the way of a message, only for replies at these stages.
constexpr std::array kSmtpTls{
    GenericStep{"starttls", Login::kNone, "STARTTLS", "", "220", "Ask to go on inside TLS.", "请求改用 TLS 加密。"},
    GenericStep{"starttls", Login::kNone, "EHLO {client}", "", "250",
                "Introduce yourself again: inside TLS the server has forgotten everything, and lists what it can do now.",
                "重新报上自己的名字：进入 TLS 之后服务器忘掉了之前的一切，并列出现在支持的扩展。"},
};
constexpr std::array kSmtpTriesLogin{GenericStep{"auth", Login::kNone, "AUTH LOGIN", "", "334",
                                                 "Try to log in, although the server offers no mechanism this tool knows.",
                                                 "尝试登录，尽管服务器没有提供本工具认识的机制。"}};

constexpr std::array kSmtpAnyTime{
    AnyTimeStep{"RSET",
                {"any", Login::kNone, "RSET", "", "250", "Drop the message that has begun, if there is one.",
                 "放弃开了头的信，如果有的话。"}},
    AnyTimeStep{"VRFY",
                {"any", Login::kNone, "VRFY {user}", "", "252", "Ask whether a mailbox exists.", "问某个邮箱是否存在。"}},
    AnyTimeStep{"EXPN", {"any", Login::kNone, "EXPN staff", "", "252", "Ask who is on a mailing list.", "问邮件列表里有谁。"}},
    AnyTimeStep{"HELP", {"any", Login::kNone, "HELP", "", "214", "Ask for help.", "请求帮助。"}},
    AnyTimeStep{"NOOP",
                {"any", Login::kNone, "NOOP", "", "250", "Ask for nothing but an answer.", "什么也不要，只求一个回答。"}},
    AnyTimeStep{"", {"any", Login::kNone, "XYZZY", "", "500", "A word that is no command.", "一个不是命令的词。"}},
};

constexpr Way kSmtpWay{.protocol = "smtp",
                       .greeting = "220",
                       .idle_timeout = std::chrono::minutes(5),  // RFC 5321 §4.5.3.2.7
                       .last_word = "421",
                       .stages = kSmtpStages,
                       .steps = kSmtpSteps,
                       .before_tls = 1,
                       .begin_tls = kSmtpTls,
                       .tls_rule = "RFC 3207 §4.2",
                       .try_login = kSmtpTriesLogin,
                       .any_time_behind = "ehlo",
                       .any_time = kSmtpAnyTime};

}  // namespace

const Way& smtp_way() { return kSmtpWay; }

}  // namespace scenario
