// The way of a mailbox that is fetched.
#include <array>

#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

constexpr std::array kPop3Stages{
    StageRow{"connect", On::kConnect, "", "network", true},
    StageRow{"starttls", On::kCommand, "STLS", "tls", true},
    StageRow{"auth", On::kAuth, "", "authentication"},
    StageRow{"maildrop", On::kCommand, "STAT|LIST|UIDL", "basics"},
    StageRow{"retr", On::kCommand, "RETR|TOP", "content"},
    StageRow{"dele", On::kCommand, "DELE", "content"},
    StageRow{"quit", On::kCommand, "QUIT", "basics", true},
    // What comes before the mailbox is answered as ever, that the way leads there.
    StageRow{"any", On::kCommand, "LIST|UIDL|RETR|TOP|DELE|NOOP|RSET", "basics"},
};

constexpr std::array kPop3Steps{
    GenericStep{"auth", Login::kUserAndPass, "USER {user}", "", "+OK", "Say whose mailbox it is.", "报上邮箱的用户名。"},
    GenericStep{"auth", Login::kUserAndPass, "PASS {password}", "", "+OK",
                "The password, as it is: whoever listens can read it. Many providers want an authorization code here.",
                "密码，原样发送：谁在监听谁就能看到。许多服务商在这里要的是授权码。"},
    GenericStep{"auth", Login::kPlain, "AUTH PLAIN {plain}", "", "+OK",
                "Log in with the mechanism PLAIN: NUL, name, NUL, password, all in one base64 string.",
                "用 PLAIN 机制登录：NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "AUTH PLAIN", "", "+",
                "Log in with the mechanism PLAIN, without sending the response along: the server asks for it with +.",
                "用 PLAIN 机制登录，但先不带凭据：服务器用 + 来要。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "{plain}", "", "+OK", "NUL, name, NUL, password, all in one base64 string.",
                "NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"auth", Login::kLogin, "AUTH LOGIN", "", "+",
                "Log in with the mechanism LOGIN: the server asks for the name, then for the password, both in base64.",
                "用 LOGIN 机制登录：服务器先问用户名，再问密码，两者都用 base64 编码。"},
    GenericStep{"auth", Login::kLogin, "{user|base64}", "", "+", "The user name in base64.", "base64 编码的用户名。"},
    GenericStep{"auth", Login::kLogin, "{password|base64}", "", "+OK", "The password in base64: encoded, not encrypted.",
                "base64 编码的密码：只是编码，不是加密。"},
    GenericStep{"maildrop", Login::kNone, "STAT", "", "+OK", "Ask how many messages there are, and how many octets in all.",
                "问邮箱里有几封信，一共多少字节。"},
    GenericStep{"maildrop", Login::kNone, "LIST", "", "+OK",
                "List the messages, each with its size; the list ends with a line that is one dot.",
                "列出每封信和它的大小；列表以单独一行的点结束。"},
    GenericStep{"retr", Login::kNone, "RETR 1", "", "+OK",
                "Fetch the first message: all of it follows the answer, up to a line that is one dot.",
                "取第一封信：整封信跟在回答后面，到单独一行的点为止。"},
    GenericStep{"dele", Login::kNone, "DELE 1", "", "+OK",
                "Mark it to be deleted; it is removed when the session ends with QUIT, not before.",
                "给它做删除标记；要等会话以 QUIT 结束时才真正删除。"},
    GenericStep{"quit", Login::kNone, "QUIT", "", "+OK", "Say goodbye; what was marked is removed now.",
                "道别；做了删除标记的信这时才删掉。"},
};

constexpr std::array kPop3Tls{
    GenericStep{"starttls", Login::kNone, "STLS", "", "+OK", "Ask to go on inside TLS.", "请求改用 TLS 加密。"}};
constexpr std::array kPop3TriesLogin{GenericStep{"auth", Login::kNone, "AUTH PLAIN", "", "+",
                                                 "Try to log in, although the server offers no way to that this tool knows.",
                                                 "尝试登录，尽管服务器没有提供本工具认识的登录方式。"}};

constexpr std::array kPop3AnyTime{
    AnyTimeStep{"CAPA", {"any", Login::kNone, "CAPA", "", "+OK", "Ask what the server can do.", "问服务器支持哪些功能。"}},
    AnyTimeStep{
        "TOP",
        {"any", Login::kNone, "TOP 1 0", "", "+OK", "Fetch the header of the first message alone.", "只取第一封信的信头。"}},
    AnyTimeStep{"UIDL",
                {"any", Login::kNone, "UIDL", "", "+OK", "Ask for the names by which messages are known in every session.",
                 "问每封信在各次会话里都不变的编号。"}},
    AnyTimeStep{"NOOP",
                {"any", Login::kNone, "NOOP", "", "+OK", "Ask for nothing but an answer.", "什么也不要，只求一个回答。"}},
    AnyTimeStep{"RSET", {"any", Login::kNone, "RSET", "", "+OK", "Take all marks away again.", "去掉所有删除标记。"}},
    AnyTimeStep{"", {"any", Login::kNone, "XYZZY", "", "-ERR", "A word that is no command.", "一个不是命令的词。"}},
};

constexpr Way kPop3Way{.protocol = "pop3",
                       .greeting = "+OK",
                       .idle_timeout = std::chrono::minutes(10),  // RFC 1939 §3
                       .last_word = "",
                       .stages = kPop3Stages,
                       .steps = kPop3Steps,
                       .before_tls = 0,
                       .begin_tls = kPop3Tls,
                       .tls_rule = "RFC 2595 §4",
                       .try_login = kPop3TriesLogin,
                       .any_time_behind = "maildrop",
                       .any_time = kPop3AnyTime};

}  // namespace

const Way& pop3_way() { return kPop3Way; }

}  // namespace scenario
