#include "tests/screen/sample.h"

namespace sample {
namespace {

using core::Language;
using screen::DialogueItem;
using screen::KeyHint;
using screen::Line;
using screen::Overlay;
using screen::Pane;
using screen::PickerScreen;
using screen::Role;
using screen::StepScreen;

Line plain(std::string text) { return {{Role::kPlain, std::move(text)}}; }
Line labelled(std::string label, std::string text) {
  return {{Role::kStrong, std::move(label)}, {Role::kPlain, std::move(text)}};
}
DialogueItem command(std::string number, std::string text) {
  return {std::move(number), "C", {{{Role::kClient, std::move(text)}}}};
}
DialogueItem reply(Role role, std::string code, std::string text) {
  return {"", "S", {{{role, std::move(code)}, {Role::kPlain, " " + std::move(text)}}}};
}

Pane meaning(Language language) {
  if (language == Language::kChinese) {
    return {"含义",
            {labelled("553", "  5 永久拒绝 · 5 邮件系统 · 3 具体原因"),
             {},
             labelled("原因", "  163 只收已经证明身份的人的邮件，而你还没有发过 AUTH。先让服务器知道你是谁，再说“谁寄信”。"),
             labelled("怎么办", "  现在发 AUTH LOGIN，成功以后再发一次 MAIL FROM。"),
             {{Role::kDim, "RFC 4954 §6 · 2017 年在 163 见过"}}}};
  }
  return {"What it means",
          {labelled("553", "  5 refused for good · 5 the mail system · 3 this one"),
           {},
           labelled("Why", "   163 takes mail only from someone who has proved who they are, and you have not said AUTH yet."),
           labelled("Do", "    Send AUTH LOGIN now, then MAIL FROM again."),
           {{Role::kDim, "RFC 4954 §6 · seen at 163, 2017"}}}};
}

Pane where(Language language) {
  const bool chinese = language == Language::kChinese;
  return {chinese ? "你在哪一步" : "Where you are",
          {{{Role::kPlain, "connect ─▶ greeted ─▶ "}, {Role::kStrong, "[ HELO ]"}, {Role::kPlain, " ─▶ mail ─▶ rcpt ─▶ data"}},
           plain("                        └▶ auth"),
           labelled(chinese ? "现在可以发" : "You may send", "  AUTH · MAIL · RSET · NOOP · VRFY · QUIT")}};
}

Pane memory(Language language) {
  if (language == Language::kChinese) {
    return {"服务器记住了什么",
            {plain("客户端名字  alice.example      已认证  否"), plain("发信路径    （空）             已加密  否"),
             plain("收信路径    （无）             邮件    0 字节")}};
  }
  return {"What the server remembers",
          {plain("client name   alice.example      authenticated   no"),
           plain("reverse-path  (empty)            encrypted       no"),
           plain("forward-paths (none)             message         0 bytes")}};
}

std::vector<KeyHint> step_keys(Language language) {
  if (language == Language::kChinese) {
    return {{"Enter", "发送"}, {"Tab", "换一步"}, {"e", "编辑"},    {"w", "原始字节"}, {"m", "故意犯错"}, {"z", "后退", false},
            {"b", "base64"},   {"x", "导出"},     {"L", "English"}, {"?", "所有按键"}, {"q", "退出"}};
  }
  return {{"Enter", "send"},       {"Tab", "another step"}, {"e", "edit"},   {"w", "wire"},
          {"m", "make a mistake"}, {"z", "back", false},    {"b", "base64"}, {"x", "export"},
          {"L", "中文"},           {"?", "all keys"},       {"q", "quit"}};
}

}  // namespace

StepScreen step(Language language) {
  const bool chinese = language == Language::kChinese;
  StepScreen model;
  model.title = chinese ? "163：还没认证就发 MAIL FROM" : "163 · MAIL FROM before AUTH";
  model.status = chinese ? "模拟 127.0.0.1:40125 · 明文 · 第 4 步" : "mock 127.0.0.1:40125 · plain text · step 4";
  model.dialogue_title = chinese ? "对话" : "Dialogue";
  model.dialogue = {
      reply(Role::kPositive, "220", "163.com Anti-spam GT for Coremail System (163com[20141201])"),
      command("1", "HELO alice.example"), reply(Role::kPositive, "250", "OK"), command("2", "MAIL FROM:<alice@163.com>"),
      reply(Role::kPermanent, "553", "authentication is required,163 smtp11,AbCdEfGhIjKlMnOpQrStUv--.12345S2 1512345678")};
  model.selected = 4;
  model.meaning = meaning(language);
  model.where = where(language);
  model.memory = memory(language);
  model.next.prompt = "C▸";
  model.next.text = "AUTH LOGIN␍␊";
  model.next.why = chinese ? "为什么是这一步：163 要求先认证，再 MAIL FROM" : "why this: 163 wants it before MAIL FROM";
  model.keys = step_keys(language);
  return model;
}

StepScreen long_step(Language language) {
  StepScreen model = step(language);
  DialogueItem ehlo{"", "S", {}};
  for (const char* text : {"250-mail", "250-PIPELINING", "250-AUTH LOGIN PLAIN", "250-AUTH=LOGIN PLAIN", "250-SIZE 73400320",
                           "250-STARTTLS", "250-SMTPUTF8", "250 8BITMIME"}) {
    ehlo.lines.push_back({{Role::kPositive, std::string(text, 3)}, {Role::kPlain, std::string(text + 3)}});
  }
  model.dialogue.push_back(command("3", "EHLO alice.example"));
  model.dialogue.push_back(ehlo);
  model.dialogue.push_back(command("4", "AUTH LOGIN"));
  DialogueItem prompt = reply(Role::kMore, "334", "dXNlcm5hbWU6");
  prompt.lines[0].push_back({Role::kDim, "  = username:"});
  model.dialogue.push_back(prompt);
  model.dialogue.push_back(
      {"", "·", {{{Role::kWarning, "The base64 you sent ends in a newline: 163 takes it as a part of the user name."}}}});
  model.dialogue.push_back({"5",
                            "C",
                            {plain("Subject: 你好，世界 📬 邮件实验报告第三次提交（包括抓包和源代码）"),
                             {},
                             plain("Zoë’s cafe\u0301 👩‍💻 ends here.")}});
  model.dialogue.push_back(
      reply(Role::kTemporary, "451",
            "DT:SPM 163 smtp11,https://mail.163.com/help/help_spam_16.htm?ip=203.0.113.7&hostid=smtp11&time=1512345678"));
  model.selected = 10;
  model.meaning.lines.insert(model.meaning.lines.begin() + 2, 14,
                             plain("A line of the meaning that needs some room to be read at ease."));
  model.next.editing = true;
  model.next.text = "RCPT TO:<" + std::string(140, 'x') + "@example.com> NOTIFY=SUCCESS␍␊";
  model.next.cursor = 150;
  model.notice =
      language == Language::kChinese
          ? "z 现在不能用：这是真实的服务器，已经发出去的命令收不回来；只有在内置的模拟服务器上才能后退一步。"
          : "z goes back one step on the embedded mock only: a real server does not forget what you have sent to it.";
  model.small_pane = 0;
  return model;
}

StepScreen hung_up(Language language) {
  const bool chinese = language == Language::kChinese;
  StepScreen model = step(language);
  model.status = chinese ? "模拟 127.0.0.1:40125 · 已断开 · 步骤 3/6" : "mock 127.0.0.1:40125 · closed · step 3/6";
  model.dialogue.back() = reply(Role::kTemporary, "421", "4.7.0 Too many newsletters, closing connection");
  model.dialogue.push_back({"", "·", {{{Role::kWarning, chinese ? "服务器关闭了连接" : "the server closed the connection"}}}});
  model.selected = 5;
  model.next.text = chinese ? "（重新连接）" : "(connect again)";
  model.next.why = chinese ? "还不行，先要等待的秒数： 3. 停一会儿再重新连接。"
                           : "Not yet, seconds that have to pass first: 3. Connect again, after a pause.";
  model.keys.front() = {"Enter", chinese ? "连接" : "connect", false};
  return model;
}

PickerScreen picker(Language language) {
  const bool chinese = language == Language::kChinese;
  PickerScreen model;
  model.title = chinese ? "选一个场景" : "pick a scenario";
  model.entries = {
      {true, false, chinese ? "网易 163/126" : "NetEase 163/126", ""},
      {false, true, chinese ? "163：一切顺利的第一封信" : "163: a first mail, all goes well",
       chinese ? "从 HELO 到 QUIT，每一步该说什么。" : "From HELO to QUIT: what to say at each step."},
      {false, false, chinese ? "163：还没认证就发 MAIL FROM" : "163: MAIL FROM before AUTH",
       chinese ? "为什么 163 在认证之前用 553 拒绝 MAIL FROM，以及怎样走出来。"
               : "Why 163 refuses MAIL FROM with 553 before you have proved who you are, and the way out."},
      {false, false, chinese ? "163：密码错误" : "163: wrong password",
       chinese ? "授权码不是网页密码。" : "An authorization code is not the web password."},
      {true, false, "QQ", ""},
      {false, false, chinese ? "QQ：授权码" : "QQ: authorization code",
       chinese ? "535 Login Fail 的真正原因。" : "What 535 Login Fail really says."},
      {true, false, chinese ? "其他" : "other", ""},
      {false, false, chinese ? "真实的服务器……" : "a real server …", chinese ? "填一个小表单。" : "Fill in a small form."}};
  model.selected = 2;
  model.keys = {{"Enter", chinese ? "开始" : "start"},    {"↑↓", chinese ? "选择" : "choose"},
                {"/", chinese ? "筛选" : "filter"},       {"L", chinese ? "English" : "中文"},
                {"?", chinese ? "所有按键" : "all keys"}, {"q", chinese ? "退出" : "quit"}};
  return model;
}

Overlay mistakes() {
  Overlay overlay;
  overlay.title = "Make a mistake on purpose";
  overlay.lines = {
      plain("no CRLF         the line goes out without its end; the server waits"),
      plain("LF only         a bare ␊, as Unix programs write it"),
      plain("no base64       the password in clear where base64 is wanted, which most servers answer with 501 or 535"),
      plain("中文标点        把 < 和 > 写成《》：服务器看到的是六个八位字节，不是尖括号，所以它说语法错误"),
      plain("no colon        MAIL FROM<alice@163.com>")};
  overlay.selected = 2;
  overlay.footer = "Enter choose · Esc leave";
  return overlay;
}

Overlay form(Language language) {
  Overlay overlay;
  if (language == Language::kChinese) {
    overlay.title = "连接真实服务器…";
    overlay.lines = {labelled("主机    ", "smtp.example.com"),
                     labelled("加密    ", "starttls：先明文，再 TLS"),
                     labelled("端口    ", "587"),
                     {{Role::kStrong, "CA 文件 "}, {Role::kDim, "（这台电脑信任的机构）"}},
                     labelled("用户名  ", "alice@example.com"),
                     labelled("密码    ", "••••••••")};
    overlay.cursor = 25;
    overlay.footer = "Enter 连接 · ↑↓ 下一栏 · ←→ 更改 · Esc 关闭";
  } else {
    overlay.title = "a real server…";
    overlay.lines = {labelled("host      ", "smtp.example.com"),
                     labelled("security  ", "starttls: begins in clear, then TLS"),
                     labelled("port      ", "587"),
                     {{Role::kStrong, "CA file   "}, {Role::kDim, "(the authorities this computer trusts)"}},
                     labelled("user      ", "alice@example.com"),
                     labelled("password  ", "••••••••")};
    overlay.cursor = 27;
    overlay.footer = "Enter connect · ↑↓ next field · ←→ change · Esc close";
  }
  overlay.selected = 4;
  return overlay;
}

Overlay tls(Language language) {
  const bool chinese = language == Language::kChinese;
  Overlay overlay;
  overlay.title = chinese ? "这条连接的 TLS" : "The TLS of this connection";
  if (chinese) {
    overlay.lines = {
        plain("版本        TLS 1.2"),
        plain("加密套件    TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384"),
        plain("请求的名字  mx.example"),
        plain("验证        未通过"),
        {},
        labelled("!  ", "服务器的证书过期了。"),
        labelled("原因  ", "证书有有效期，这一张已经过了：有人忘了续期。如果所有服务器都显示过期，那是这台电脑的时钟错了。"),
        labelled("怎么办  ", "先看这台电脑的日期（`date`）。时间没错的话，只有服务器的主人能解决。不要发密码。")};
  } else {
    overlay.lines = {
        plain("version         TLS 1.2"),
        plain("cipher          TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384"),
        plain("name asked for  mx.example"),
        plain("verified        no"),
        {},
        labelled("!  ", "The server's certificate has expired."),
        labelled("Why  ",
                 "A certificate holds for a limited time, and this one's is over: somebody forgot to renew it. If all "
                 "servers seem expired, the clock of this computer is wrong."),
        labelled("Do  ", "Check the date here (`date`). Otherwise only the server's owner can help.")};
  }
  overlay.lines.push_back({});
  overlay.lines.push_back({{Role::kStrong, chinese ? "服务器的证书" : "The server's certificate"}});
  for (const char* const line :
       {"CN=mx.example", "CN=smtplab authority, O=smtplab", "mx.example, localhost", "2026-10-20 08:00:00 UTC",
        "2026-11-19 08:00:00 UTC", "EC 256", "6f:0a:1b:2c:3d:4e:5f:60",
        "5c:11:20:9e:78:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef"}) {
    overlay.lines.push_back(plain("                " + std::string(line)));
  }
  overlay.footer = chinese ? "↑↓ Esc 关闭" : "↑↓ Esc close";
  return overlay;
}

}  // namespace sample
