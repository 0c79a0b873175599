#include "client/fetch/words.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "client/base/text_table.h"

namespace fetch {
namespace {

using SayRow = client::TextRow<Say>;

constexpr std::array kTable{
    SayRow{Say::kCapa,
           "CAPA asks what the server can do: how to log in, whether it takes STLS, whether its messages have names.",
           "CAPA 询问服务器会什么：怎样登录、有没有 STLS、邮件有没有编号。"},
    SayRow{Say::kStls, "So far anybody on the way can read along. STLS changes to TLS before anything secret is said.",
           "到现在为止，路上的任何人都能看到内容。先用 STLS 换成 TLS，再说需要保密的话。"},
    SayRow{Say::kCapaAgain, "TLS is on, and what was said in clear is forgotten. So CAPA again.",
           "TLS 已经开启，明文里说过的都作废。所以再发一次 CAPA。"},
    SayRow{Say::kUser, "USER says who we are.", "USER 报出用户名。"},
    SayRow{Say::kPass, "PASS says the password. At 163, QQ, Gmail that is the authorization code, not the one of the web page.",
           "PASS 给出密码。163、QQ、Gmail 这里要的是授权码，不是网页登录密码。"},
    SayRow{Say::kApop, "The greeting has a time stamp, so the password need not be sent: APOP sends a digest of both.",
           "问候语里有时间戳，密码就不用发出去：APOP 发送两者的摘要。"},
    SayRow{Say::kAuth, "Log in by a mechanism that never sends the password.", "登录，用一种不发送密码的机制。"},
    SayRow{Say::kPasswordInClear, "Warning: the password goes out unencrypted now, and whoever listens on the way can read it.",
           "注意：密码现在要不加密地发出去了，路上的人都能读到。"},
    SayRow{Say::kResponse, "+ asks for something: here is the answer, in base64.", "+ 是在提问：这是 base64 形式的回答。"},
    SayRow{Say::kLiteral, "+ says go on: here are the octets that were announced.", "+ 表示继续：这是刚才声明的那些字节。"},
    SayRow{Say::kUidl, "UIDL gives each message a name that stays, while numbers change: so what is here already is known.",
           "UIDL 给每封邮件一个不变的编号（序号会变）：这样就知道哪些已经取过。"},
    SayRow{Say::kStat, "This server has no UIDL. STAT at least says how many messages there are.",
           "这台服务器没有 UIDL。STAT 至少能说出有几封邮件。"},
    SayRow{Say::kCapability,
           "CAPABILITY asks what the server can do: every command has a tag, here a1, by which its answer is known.",
           "CAPABILITY 询问服务器会什么。每条命令前面有一个标签，这里是 a1，凭它认出应答。"},
    SayRow{Say::kCapabilityAgain, "TLS is on, and what was said in clear is forgotten. So CAPABILITY again.",
           "TLS 已经开启，明文里说过的都作废。所以再发一次 CAPABILITY。"},
    SayRow{Say::kId, "ID says which program this is. NetEase (163, 126, yeah) opens no mailbox without it: \"Unsafe Login\".",
           "ID 说明这是什么程序。网易（163、126、yeah）没有它就不让打开邮箱：“Unsafe Login”。"},
    SayRow{Say::kLogin, "LOGIN says who we are, and the password. At 163, QQ, Gmail that is the authorization code.",
           "LOGIN 给出用户名和密码。163、QQ、Gmail 这里要的是授权码。"},
    SayRow{Say::kExamine, "EXAMINE opens the mailbox as SELECT does, but changes nothing in it: no message counts as seen.",
           "EXAMINE 和 SELECT 一样打开邮箱，但什么都不改：邮件不会变成已读。"},
    SayRow{Say::kSearch, "UID SEARCH ALL lists the messages by the numbers that stay.",
           "UID SEARCH ALL 按不变的编号列出邮件。"},
    SayRow{Say::kQuit, "Done. We say goodbye; nothing was deleted.", "完成，告别。没有删除任何邮件。"},
    SayRow{Say::kQuitRefused, "This cannot go on here. We say goodbye all the same.", "到这里走不下去了。但还是要告别。"},
    SayRow{Say::kMailbox, "{0} in the mailbox, {1} to fetch", "邮箱里有 {0} 封，要取 {1} 封"},
    SayRow{Say::kNothingNew, "nothing new", "没有新邮件"},
    SayRow{Say::kFetchRetr, "RETR, the newest first. Nobody is asked to delete anything.",
           "RETR，最新的先取。不会要求删除任何邮件。"},
    SayRow{Say::kFetchUid, "UID FETCH with BODY.PEEK[], the newest first: PEEK, so that no message counts as seen.",
           "UID FETCH 加 BODY.PEEK[]，最新的先取：用 PEEK，邮件就不会变成已读。"},
    SayRow{Say::kProgress, "{0} of {1}", "{0} / {1}"},
    SayRow{Say::kDone, "{0} new in {1}", "{1} 里新增 {0} 封"},
    SayRow{Say::kPartly, "{0} new in {1}, {2} are missing: the next run fetches them",
           "{1} 里新增 {0} 封，还缺 {2} 封：下次运行会接着取"},
    SayRow{Say::kUnread, "{0} could not be had; the server said of the first:", "有 {0} 封取不到；服务器对第一封说："},
    SayRow{Say::kCut, "larger than 64 MiB, the rest is left out:", "超过 64 MiB，后面的部分略去："},
    SayRow{Say::kSaved, "attachments saved in {1}: {0}", "{1} 里有 {0} 个附件"},
    SayRow{Say::kSaidBy, "(so says {0}; there it means:)", "（{0} 会这样说，意思是：）"},
    SayRow{Say::kRefused, "Refused at stage", "被拒绝的阶段"},
    SayRow{Say::kUnfinished, "Ended at stage", "中断的阶段"},
    SayRow{Say::kKept, "What has come is kept.", "已经取到的都保留着。"},
    SayRow{Say::kSetAside, "{0} was not of this mailbox: it is kept as {1}", "{0} 不是这个邮箱的：原文件保留为 {1}"},
    SayRow{Say::kLast, "The last mail:", "最新一封邮件："},
    SayRow{Say::kMoreLines, "… {0} lines more, in {1}", "… 还有 {0} 行，在 {1} 里"},
    SayRow{Say::kInTheFile, "(smtplab fetch takes server, port, security and user from the configuration file.)",
           "（smtplab fetch 的服务器、端口、security 和 user 写在配置文件里。）"},
};

static_assert(client::is_complete(kTable), "one row for each Say, in its order");

}  // namespace

core::Text text(Say which) { return kTable[static_cast<std::size_t>(which)].text(); }

core::Text text(Say which, std::initializer_list<core::Part> parts) {
  const SayRow& row = kTable[static_cast<std::size_t>(which)];
  return core::phrase(row.en, row.zh, parts);
}

}  // namespace fetch
