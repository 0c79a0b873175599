// The way through a mailbox that is read where it lies.
#include <array>

#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

constexpr std::array kImapStages{
    StageRow{"connect", On::kConnect, "", "network", true},
    StageRow{"starttls", On::kCommand, "STARTTLS", "tls", true},
    StageRow{"auth", On::kAuth, "", "authentication"},
    StageRow{"id", On::kCommand, "ID", "basics"},
    StageRow{"folders", On::kCommand, "LIST|LSUB|NAMESPACE|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE", "basics"},
    StageRow{"select", On::kCommand, "SELECT|EXAMINE|STATUS|CLOSE|UNSELECT", "basics"},
    StageRow{"search", On::kCommand, "SEARCH", "basics"},
    StageRow{"fetch", On::kCommand, "FETCH", "content"},
    StageRow{"store", On::kCommand, "STORE|COPY|MOVE|EXPUNGE", "content"},
    StageRow{"append", On::kCommand, "APPEND", "content"},
    StageRow{"idle", On::kCommand, "IDLE", "basics", false, "done"},
    StageRow{"done", On::kCommand, "done", "basics"},
    StageRow{"quit", On::kCommand, "LOGOUT", "basics", true},
    StageRow{"any", On::kCommand, "CAPABILITY|NOOP|ENABLE|CHECK|SELECT|EXAMINE|SEARCH|FETCH|STORE", "basics"},
};

constexpr std::array kImapSteps{
    GenericStep{"auth", Login::kUserAndPass, "{tag} LOGIN {user} \"{password}\"", "", "OK",
                "Log in. The password stands in quotes, and goes over the wire as it is: whoever listens can read it. Many "
                "providers want an authorization code here.",
                "登录。密码要加引号，原样发送：谁在监听谁就能看到。许多服务商在这里要的是授权码。"},
    GenericStep{"auth", Login::kPlain, "{tag} AUTHENTICATE PLAIN {plain}", "", "OK",
                "Log in with the mechanism PLAIN: NUL, name, NUL, password, all in one base64 string.",
                "用 PLAIN 机制登录：NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "{tag} AUTHENTICATE PLAIN", "", "+",
                "Log in with the mechanism PLAIN, without sending the response along: the server asks for it with +.",
                "用 PLAIN 机制登录，但先不带凭据：服务器用 + 来要。"},
    GenericStep{"auth", Login::kPlainTwoSteps, "{plain}", "", "OK", "NUL, name, NUL, password, all in one base64 string.",
                "NUL、用户名、NUL、密码连成一串，再做 base64 编码。"},
    GenericStep{"auth", Login::kLogin, "{tag} AUTHENTICATE LOGIN", "", "+",
                "Log in with the mechanism LOGIN: the server asks for the name, then for the password, both in base64.",
                "用 LOGIN 机制登录：服务器先问用户名，再问密码，两者都用 base64 编码。"},
    GenericStep{"auth", Login::kLogin, "{user|base64}", "", "+", "The user name in base64.", "base64 编码的用户名。"},
    GenericStep{"auth", Login::kLogin, "{password|base64}", "", "OK", "The password in base64: encoded, not encrypted.",
                "base64 编码的密码：只是编码，不是加密。"},
    GenericStep{
        "auth", Login::kToken, "{tag} AUTHENTICATE XOAUTH2 {xoauth2}", "", "OK",
        "Log in with the mechanism XOAUTH2: the name and an access token, framed and in base64. A password is not taken here.",
        "用 XOAUTH2 机制登录：用户名加访问令牌，按格式拼好再做 base64 编码。这里不收密码。"},
    GenericStep{"id", Login::kNone, "{tag} ID (\"name\" \"smtplab\")", "", "OK",
                "Say which program this is. Some servers open no mailbox before that.",
                "说明自己是什么程序。有的服务器不先听到这个就不让打开邮箱。", "ID"},
    GenericStep{"folders", Login::kNone, "{tag} LIST \"\" *", "", "OK", "Ask which mailboxes there are.",
                "问有哪些邮箱（文件夹）。"},
    GenericStep{"select", Login::kNone, "{tag} SELECT INBOX", "", "OK",
                "Open the INBOX: the answer says how many messages are in it.", "打开收件箱：回答会说里面有几封信。"},
    GenericStep{"search", Login::kNone, "{tag} SEARCH ALL", "", "OK", "Ask for the numbers of all messages.",
                "问全部邮件的序号。"},
    GenericStep{"fetch", Login::kNone, "{tag} FETCH 1 BODY.PEEK[]", "", "OK",
                "Fetch the first message whole, without marking it as read.", "取第一封信的全文，不标为已读。"},
    GenericStep{"store", Login::kNone, "{tag} STORE 1 +FLAGS (\\Seen)", "", "OK", "Mark it as read.", "把它标为已读。"},
    GenericStep{"idle", Login::kNone, "{tag} IDLE", "", "+",
                "Wait for news: the server speaks by itself from now on, and hears nothing but DONE.",
                "等新消息：从现在起服务器会主动说话，你只能发 DONE。", "IDLE"},
    GenericStep{"done", Login::kNone, "DONE", "", "OK", "Enough waiting. DONE has no tag: the answer bears that of IDLE.",
                "不等了。DONE 没有标签：回答带的是 IDLE 的标签。", "IDLE"},
    GenericStep{"append", Login::kNone, "{tag} APPEND INBOX {{10}}", "", "+",
                "Put a message of ten octets into the INBOX: say how many there are, and wait for the +.",
                "往收件箱放一封 10 字节的信：先说有多少字节，等 + 出现。"},
    GenericStep{"append", Login::kNone, "Subject: x", "", "OK", "The ten octets, and the end of the command.",
                "这 10 个字节，以及命令的行尾。"},
    GenericStep{"quit", Login::kNone, "{tag} LOGOUT", "", "OK", "Say goodbye, and wait for BYE and OK.",
                "道别，等 BYE 和 OK。"},
};

constexpr std::array kImapTls{
    GenericStep{"starttls", Login::kNone, "{tag} STARTTLS", "", "OK", "Ask to go on inside TLS.", "请求改用 TLS 加密。"}};
constexpr std::array kImapTriesLogin{GenericStep{"auth", Login::kNone, "{tag} AUTHENTICATE PLAIN", "", "+",
                                                 "Try to log in, although the server offers no way to that this tool knows.",
                                                 "尝试登录，尽管服务器没有提供本工具认识的登录方式。"}};

constexpr std::array kImapAnyTime{
    AnyTimeStep{"CAPABILITY",
                {"any", Login::kNone, "{tag} CAPABILITY", "", "OK", "Ask what the server can do.", "问服务器支持哪些功能。"}},
    AnyTimeStep{
        "NOOP",
        {"any", Login::kNone, "{tag} NOOP", "", "OK", "Ask for nothing but what is new.", "什么也不要，只问有没有变化。"}},
    AnyTimeStep{"", {"any", Login::kNone, "{tag} XYZZY", "", "BAD", "A word that is no command.", "一个不是命令的词。"}},
};

constexpr Way kImapWay{.protocol = "imap",
                       .greeting = "OK",
                       .idle_timeout = std::chrono::minutes(30),  // RFC 9051 §5.4
                       .last_word = "BYE",
                       .stages = kImapStages,
                       .steps = kImapSteps,
                       .before_tls = 0,
                       .begin_tls = kImapTls,
                       .tls_rule = "RFC 9051 §6.2.1",
                       .try_login = kImapTriesLogin,
                       .any_time_behind = "select",
                       .any_time = kImapAnyTime};

}  // namespace

const Way& imap_way() { return kImapWay; }

}  // namespace scenario
