#include "client/send/words.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "client/base/text_table.h"

namespace send {
namespace {

using SayRow = client::TextRow<Say>;

constexpr std::array kTable{
    SayRow{Say::kEhlo, "Say who you are. The answer to EHLO lists what the server can do.",
           "先自报家门。EHLO 的回复会列出服务器会什么。"},
    SayRow{Say::kHelo, "The server does not know EHLO. HELO is the old form: no extensions, so no TLS and no login.",
           "服务器不认识 EHLO。HELO 是老式说法：没有扩展，也就没有 TLS 和登录。"},
    SayRow{Say::kEhloAgain,
           "TLS is on, and both sides forget what was said in clear. So EHLO again: the list is often another one now.",
           "TLS 已经开启，双方都忘掉明文里说过的话。所以再发一次 EHLO：列表往往和刚才不同。"},
    SayRow{Say::kAuth, "Log in, with the strongest mechanism that both sides know.", "登录，用双方都会的最强的机制。"},
    SayRow{Say::kPasswordInClear,
           "Warning: the password goes out unencrypted now. base64 hides nothing: whoever listens on the way can read it.",
           "注意：密码现在要不加密地发出去了。base64 什么也藏不住，路上的人都能读到。"},
    SayRow{Say::kResponse, "334 asks for something: here is the answer, in base64.", "334 是在提问：这是 base64 形式的回答。"},
    SayRow{Say::kEmptyResponse,
           "This 334 asks for nothing, it is the server's last word in the login. An empty line says: go on.",
           "这个 334 不是提问，而是服务器在登录中的最后一句话。空行表示：继续。"},
    SayRow{Say::kMail, "Now the envelope. MAIL names who gets the message back when it cannot be delivered.",
           "现在写信封。MAIL 写明投递失败时退信给谁。"},
    SayRow{Say::kRcpt, "One RCPT for each recipient: the server accepts or refuses each of them by itself.",
           "每个收件人一条 RCPT：服务器逐个接受或拒绝。"},
    SayRow{Say::kData, "Somebody was accepted, so there is somebody to send it to. DATA asks to hand over the message.",
           "有收件人被接受，就有人可投。DATA 请求交付邮件内容。"},
    SayRow{Say::kMessage,
           "The message: header, empty line, body. A dot alone on a line ends it; where a line of its own begins with a dot it "
           "gets "
           "one more.",
           "邮件内容：头部、空行、正文。单独一行的点表示结束；内容里以点开头的行要多加一个点。"},
    SayRow{Say::kQuit, "Done. QUIT, so that the server knows that nothing is missing.",
           "完成。发 QUIT，服务器就知道没有遗漏。"},
    SayRow{Say::kQuitRefused, "This cannot go on here: sending the rest would only bring more errors. QUIT all the same.",
           "到这里走不下去了：继续发只会得到更多错误。但 QUIT 还是要发。"},
    SayRow{Say::kQuitNobody,
           "Nobody was accepted, so there is nobody to send the message to: DATA would be answered 503 or 554. QUIT instead.",
           "没有一个收件人被接受，邮件没有人可投：这时发 DATA 只会得到 503 或 554。所以直接 QUIT。"},
    SayRow{Say::kLinesLeftOut, "lines left out here; --transcript keeps them all", "行在这里省略；--transcript 会全部保存"},
    SayRow{Say::kDelivered, "Accepted for", "已被接受，收件人"},
    SayRow{Say::kPartly, "Accepted for some only:", "只有一部分收件人被接受："},
    SayRow{Say::kRefused, "Not delivered. Refused at stage", "没有送达。被拒绝的阶段"},
    SayRow{Say::kUnfinished, "Not delivered. Ended at stage", "没有送达。中断的阶段"},
    SayRow{Say::kInDoubt,
           "The whole message went out, final dot included, and no answer came: it may have been delivered or not. Sending it "
           "again can make it arrive twice.",
           "整封邮件连同结尾的点都已发出，却没有等到回答：可能送达了，也可能没有。重发可能会收到两封。"},
    SayRow{Say::kRecipientRefused, "refused", "被拒绝"},
    SayRow{Say::kInTheFile, "(smtplab send takes server, port, security and user from the configuration file.)",
           "（smtplab send 的服务器、端口、security 和 user 写在配置文件里。）"},
    SayRow{
        Say::kAddSecurity,
        "Without \"security\" TLS is spoken from the start. Add this line to the file: \"security\": \"starttls\", or for a "
        "test server without TLS: \"security\": \"none\",",
        "没有写 \"security\" 时，一开始就用 TLS。在文件里加一行：\"security\": \"starttls\"，没有 TLS 的测试服务器则加："
        "\"security\": \"none\",",
    },
};

static_assert(client::is_complete(kTable), "one row for each Say, in its order");

}  // namespace

core::Text text(Say which) { return kTable[static_cast<std::size_t>(which)].text(); }

}  // namespace send
