#include "client/command_table.h"

#include <array>
#include <string_view>

#include "usage/rows.h"

namespace client::rows {
namespace {

using usage::Command;
using usage::Example;
using usage::Option;
using usage::Row;
using usage::Value;

constexpr std::array kEverywhere{
    usage::kLanguageOption,
    Option{.name = "--color",
           .value = Value::kChoice,
           .shown = "WHEN",
           .allowed = "auto|always|never",
           .about = {"colours; NO_COLOR and TERM=dumb are heeded", "颜色；NO_COLOR 和 TERM=dumb 也管用"},
           .preset = "auto"},
    Option{.name = "--show-secrets", .about = {"show passwords instead of masking them", "显示密码，不遮住"}},
    usage::kScenariosOption,
    usage::kHelpOption,
    usage::kVersionOption,
};

constexpr Option kAuthorities{
    .name = "--ca",
    .value = Value::kFile,
    .shown = "FILE",
    .about = {"believe the authorities in this PEM file and no others", "只信任这个 PEM 文件里的机构"}};
constexpr Option kPatience{.name = "--patience",
                           .value = Value::kSeconds,
                           .shown = "SECONDS",
                           .allowed = "0.001..86400",
                           .about = {"wait at most so long for a reply", "等回复最多等这么久"}};
constexpr Option kTranscript{.name = "--transcript",
                             .value = Value::kFile,
                             .shown = "FILE",
                             .about = {"write the dialogue as JSON lines", "把对话写成 JSON，一行一条"}};

// The same option where it is only for a real server.
constexpr Option of_server(Option option) {
  option.needs = "--server";
  return option;
}

// … and where it is only for the mock.
constexpr Option of_mock(Option option) {
  option.excludes = "--server";
  return option;
}

constexpr std::array kStep{
    Option{.name = "SCENARIO",
           .value = Value::kScenario,
           .about = {"scenario id, PROVIDER, PROVIDER#REPLY or TOML file; without it the list to choose from",
                     "场景编号、服务商、服务商#回复，或 TOML 文件；不写就从列表里选"}},
    of_mock(usage::kWithOption),
    Option{.name = "--server",
           .value = Value::kText,
           .shown = "HOST[:PORT]",
           .about = {"a real server instead of the mock", "连真实的服务器，不用模拟服务器"}},
    of_server({.name = "--protocol",
               .value = Value::kChoice,
               .shown = "WHAT",
               .allowed = "smtp|pop3|imap",
               .about = {"what it speaks", "它说的协议"},
               .preset = "smtp"}),
    of_server({.name = "--port",
               .value = Value::kWhole,
               .shown = "PORT",
               .allowed = "1..65535",
               .about = {"its port; without it 25, 587 or 465, with pop3 110 or 995, with imap 143 or 993, as --security says",
                         "它的端口；不写就由 --security 决定：25、587 或 465，pop3 是 110 或 995，imap 是 143 或 993"}}),
    of_server({.name = "--security",
               .value = Value::kChoice,
               .shown = "HOW",
               .allowed = "none|starttls|tls",
               .about = {"clear text, as without it; STARTTLS, or STLS; TLS from the start",
                         "明文（不写也是）；STARTTLS 或 STLS；一开始就是 TLS"}}),
    of_server(kAuthorities),
    Option{.name = "--insecure",
           .about = {"take any certificate, and let a password go out in clear, as --security none does",
                     "什么证书都接受，密码也可以用明文发出（--security none 也允许后者）"}},
    of_server({.name = "--ehlo",
               .value = Value::kText,
               .shown = "NAME",
               .about = {"what to call oneself; without it the name or address of this computer",
                         "自报的名字；不写就用这台电脑的名字或地址"}}),
    of_server({.name = "--user", .value = Value::kText, .shown = "NAME", .about = {"who logs in", "用谁的身份登录"}}),
    Option{.name = "--password-file",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"its first line is the password", "文件的第一行就是密码"},
           .needs = "--user"},
    of_server({.name = "--from",
               .value = Value::kText,
               .shown = "ADDRESS",
               .about = {"the sender of the mail that is proposed", "建议的邮件由谁发出"}}),
    of_server({.name = "--to",
               .value = Value::kText,
               .shown = "ADDRESS",
               .about = {"its recipient, once for each; with --auto a small message is delivered",
                         "收件人，每人写一次；加上 --auto 就真的送出一封小邮件"},
               .many = true}),
    kPatience,
    Option{.name = "--auto",
           .about = {"take every suggested step and print plain lines", "每一步都照建议走，输出普通的文字行"},
           .excludes = "--script"},
    Option{.name = "--script",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"send these lines as they are and print plain lines; - is standard input",
                     "原样发送文件里的各行，输出普通的文字行；- 是标准输入"}},
    kTranscript,
};

constexpr std::array kSend{
    Option{.name = "--config",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"JSON: sender, receiver, subject, body, smtp_server, password …",
                     "JSON：sender、receiver、subject、body、smtp_server、password 等"},
           .preset = "email_config.json"},
    Option{.name = "--example", .about = {"print such a file to start from", "输出一个可以照着改的配置文件"}},
    kAuthorities,
    Option{.name = "--insecure",
           .about = {"take any certificate, and let a password go out in clear, as \"security\": \"none\" does",
                     "什么证书都接受，密码也可以用明文发出（\"security\": \"none\" 也允许后者）"}},
    Option{.name = "--ehlo",
           .value = Value::kText,
           .shown = "NAME",
           .about = {"what to call oneself, instead of the configuration's \"ehlo\"", "自报的名字，代替配置文件里的 \"ehlo\""}},
    kPatience,
    kTranscript,
};

constexpr std::array kFetch{
    Option{.name = "--config",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"JSON, as for send: imap_url or pop_url, sender or user, password …",
                     "JSON，和 send 的一样：imap_url 或 pop_url、sender 或 user、password 等"},
           .preset = "email_config.json"},
    Option{.name = "--pop3", .about = {"over POP3 instead of IMAP", "用 POP3，不用 IMAP"}},
    Option{.name = "--out",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"where the mails go; without it emails.json beside the configuration",
                     "邮件写到哪里；不写就是配置文件旁边的 emails.json"}},
    Option{.name = "--attachments",
           .value = Value::kFolder,
           .shown = "DIR",
           .about = {"save attachments there", "把附件存到这里"}},
    Option{.name = "--newest",
           .value = Value::kWhole,
           .shown = "N",
           .allowed = "1..1000000",
           .about = {"only the newest, at most so many", "只取最新的，最多这么多封"}},
    kAuthorities,
    Option{.name = "--insecure",
           .about = {"take any certificate, and let a password go out in clear, as \"security\": \"none\" does",
                     "什么证书都接受，密码也可以用明文发出（\"security\": \"none\" 也允许后者）"}},
    kPatience,
};

constexpr std::array kRun{
    Option{.name = "SCENARIO",
           .value = Value::kScenario,
           .about = {"what stands in the place of its provider; the first one at localhost too",
                     "代替它的服务商的场景；第一个也在 localhost"},
           .many = true},
    Option{.name = "PROGRAM",
           .value = Value::kText,
           .about = {"the program and its arguments", "程序和它的参数"},
           .required = true,
           .many = true,
           .behind = true},
    usage::kWithOption,
    Option{.name = "--store",
           .value = Value::kFolder,
           .shown = "DIR",
           .about = {"keep the mail there as Maildirs, from one run to the next", "把邮件以 Maildir 存到这里，下一次还在"}},
    Option{.name = "--account",
           .value = Value::kText,
           .shown = "ADDRESS",
           .about = {"an account of yours at its provider; its code is asked for, or in --password-file, SMTPLAB_PASSWORD",
                     "你在服务商的账号；授权码会问你，或者来自 --password-file、SMTPLAB_PASSWORD"}},
    Option{.name = "--password-file",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"take the code of --account from its first line", "从文件第一行读 --account 的授权码"},
           .needs = "--account"},
    Option{.name = "--input",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"what the program reads instead of the keyboard", "程序从这个文件读，不从键盘读"}},
    Option{.name = "--time",
           .value = Value::kSeconds,
           .shown = "SECONDS",
           .allowed = "0.001..86400",
           .about = {"end the program after so long", "程序最多运行这么久"}},
    Option{.name = "--output-limit",
           .value = Value::kWhole,
           .shown = "OCTETS",
           .allowed = "0..1000000000000",
           .about = {"end the program when it has written more", "程序输出超过这么多字节就结束它"}},
    Option{.name = "--report",
           .value = Value::kChoice,
           .shown = "HOW",
           .allowed = "text|json",
           .about = {"what is told afterwards, on standard error; json: one object on its last line",
                     "结束后在标准错误上报告的形式；json 是最后一行里的一个对象"},
           .preset = "text"},
    Option{.name = "--open",
           .about = {"close no network: {host}, {port}, {port:smtps} in its arguments, SMTPLAB_HOST and _PORT say where",
                     "不建封闭网络：参数里的 {host}、{port}、{port:smtps} 和 SMTPLAB_HOST、SMTPLAB_PORT 说连到哪里"}},
    kTranscript,
    Option{.name = "--events",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"write what happens as JSON lines", "把经过写成 JSON，一行一条"}},
    Option{.name = "--seed",
           .value = Value::kWhole,
           .shown = "N",
           .allowed = "0..18446744073709551615",
           .about = {"ids and chance come from it", "编号和随机都由它决定"},
           .preset = "0"},
};

constexpr std::array kLabs{
    Option{.name = "--json", .about = {"as JSON, with tasks and checks", "输出 JSON，带题目和检查项"}},
};

constexpr std::array kCheckProgram{
    Option{.name = "LAB",
           .value = Value::kText,
           .about = {"its name or number (smtplab labs), or a TOML file of your own",
                     "名字或编号（smtplab labs），或者自己的 TOML 文件"},
           .required = true},
    Option{.name = "PROGRAM",
           .value = Value::kText,
           .about = {"the program and its arguments, with {host}, {port}, {user}, {to} …",
                     "程序和它的参数，可写 {host}、{port}、{user}、{to} 等"},
           .many = true,
           .behind = true},
    Option{.name = "--python",
           .value = Value::kText,
           .shown = "FILE:FUNCTION",
           .about = {"instead of a program: import this file and call the function", "代替程序：导入这个文件并调用函数"}},
    Option{.name = "--report",
           .value = Value::kText,
           .shown = "WHAT,…",
           .about = {"text, json, junit, tap, markdown, html, gradescope, classroom50; WHAT=FILE writes it there",
                     "text、json、junit、tap、markdown、html、gradescope、classroom50；WHAT=FILE 写进文件"},
           .preset = "text"},
    Option{.name = "--time",
           .value = Value::kSeconds,
           .shown = "SECONDS",
           .allowed = "1..86400",
           .about = {"end each of its runs after so long", "每次运行最多这么久"},
           .preset = "120"},
    Option{.name = "--seed",
           .value = Value::kWhole,
           .shown = "N",
           .allowed = "0..18446744073709551615",
           .about = {"ids and chance come from it", "编号和随机都由它决定"},
           .preset = "0"},
};

constexpr std::array kLab{
    Option{.name = "LAB",
           .value = Value::kText,
           .about = {"its name or number (smtplab labs), or a TOML file of your own",
                     "名字或编号（smtplab labs），或者自己的 TOML 文件"}},
    Option{.name = "--listen",
           .about = {"no screen: the server waits for telnet, nc or openssl", "不用画面：服务器等着 telnet、nc 或 openssl"}},
    Option{.name = "--port",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"the same at this port; 0: any free one", "同上，在这个端口；0：任意空闲端口"},
           .preset = "0"},
    Option{.name = "--record",
           .value = Value::kText,
           .shown = "FILE",
           .about = {"what was done, at the end; by itself LAB.record.json", "结束时写下做了什么；默认是 LAB.record.json"}},
    Option{.name = "--replay",
           .value = Value::kText,
           .shown = "RECORD",
           .about = {"say a record again, and whether it is true", "把一份记录再说一遍，看它是否属实"}},
    Option{.name = "--seed",
           .value = Value::kWhole,
           .shown = "N",
           .allowed = "0..18446744073709551615",
           .about = {"ids and chance come from it", "编号和随机都由它决定"},
           .preset = "0"},
};

constexpr std::array kExplain{
    Option{.name = "--message",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"a message in a file, taken apart: its parts, its headers decoded, what is wrong; - is standard input",
                     "文件里的一封邮件：有哪些部分、解码后的信头、有什么问题；- 表示标准输入"},
           .excludes = "TEXT"},
    Option{.name = "TEXT",
           .value = Value::kText,
           .about = {"535, a whole reply, what a program printed, EHLO, \"MAIL FROM:<a@b>\", base64 …; - is standard input",
                     "535、整条回复、程序打印的内容、EHLO、\"MAIL FROM:<a@b>\"、base64 等；- 表示标准输入"},
           .many = true},
};

constexpr std::array kJudge{
    Option{.name = "FILE",
           .value = Value::kFile,
           .about = {"transcripts, events of smtplab-mock, or lines that begin with C: and S:; - is standard input",
                     "对话记录、smtplab-mock 的事件，或者以 C: 和 S: 开头的各行；- 表示标准输入"},
           .required = true,
           .many = true},
    Option{.name = "--json", .about = {"as JSON, a finding a line", "输出 JSON，一行一条"}},
};

constexpr std::array kScenarios{
    Option{.name = "--by",
           .value = Value::kChoice,
           .shown = "WHAT",
           .allowed = "provider|subject|code",
           .about = {"what they are grouped by", "按什么分组"},
           .preset = "provider",
           .excludes = "--json"},
    Option{.name = "--json", .about = {"as JSON, with the accounts", "输出 JSON，带账号"}},
    Option{.name = "--ids",
           .about = {"only what a command takes for SCENARIO, a line each", "只列出可以当作 SCENARIO 的名字，一行一个"}},
    Option{.name = "--replies",
           .value = Value::kText,
           .shown = "PROVIDER",
           .about = {"likewise, a provider giving each reply of its vocabulary", "同样，列出这个服务商的每一条回复"},
           .excludes = "--ids"},
};
constexpr std::array kShow{
    Option{.name = "ID",
           .value = Value::kScenario,
           .about = {"scenario id, PROVIDER, PROVIDER#REPLY or TOML file", "场景编号、服务商、服务商#回复，或 TOML 文件"},
           .required = true}};
constexpr std::array kCheck{
    Option{.name = "FILE", .value = Value::kFile, .about = {"TOML files", "TOML 文件"}, .required = true, .many = true}};
constexpr std::array kSchema{Option{.name = "--provider", .about = {"of a provider's file", "服务商文件的"}}};

constexpr std::array kProgramExamples{
    Example{"smtplab", {"Choose a scenario from the list and step through it", "从列表里选一个场景，逐步走完"}},
    Example{"smtplab --lang zh", {"The same in Chinese", "用中文"}},
};
constexpr std::array kStepExamples{
    Example{"smtplab step netease/auth-required", {"Straight into a scenario", "直接进入一个场景"}},
    Example{"smtplab step netease/wrong-password --auto",
            {"The same as plain lines, without a screen", "输出普通的文字行，不用全屏界面"}},
    Example{"smtplab step qq#auth-code-needed --auto",
            {"A provider giving one reply of its vocabulary", "让服务商给出它的某一条回复"}},
    Example{"smtplab step any/accept-all --script lines.txt --transcript dialogue.jsonl",
            {"Send lines of your own, and keep what happened", "发送自己写的各行，并记录经过"}},
    Example{"smtplab step --server mx.example.org --security starttls --user alice",
            {"Talk to a real server", "和真实的服务器对话"}},
};
constexpr std::array kSendExamples{
    Example{"smtplab send --example > email_config.json", {"A configuration to fill in", "先得到一个可以填写的配置文件"}},
    Example{"smtplab send --config email_config.json", {"Send what it describes", "照它发送"}},
};
constexpr std::array kFetchExamples{
    Example{"smtplab fetch", {"What is new, into emails.json", "把新邮件取到 emails.json"}},
    Example{"smtplab fetch --pop3 --newest 10 --attachments files",
            {"The ten newest over POP3, with their attachments", "用 POP3 取最新的十封，连同附件"}},
};
constexpr std::array kRunExamples{
    Example{"smtplab run -- python3 client.py", {"What the program says to its provider", "程序对服务商说了什么"}},
    Example{"smtplab run netease/wrong-password --with split -- ./client",
            {"163 in that scenario, its answers in two pieces", "163 用这个场景，每个回复分两段发来"}},
};
constexpr std::array kLabsExamples{
    Example{"smtplab labs --json", {"For another program, with all checks", "给别的程序读，带全部检查项"}},
};
constexpr std::array kCheckProgramExamples{
    Example{"smtplab check textbook-client -- python3 client.py", {"The marks of a program", "给一个程序评分"}},
    Example{"smtplab check 8 --report html=report.html -- ./client {host} {port}",
            {"By number, told where to go, as a page", "按编号，告诉它连到哪里，写成网页"}},
    Example{"smtplab check autograded-client --python solution.py:smtp_client", {"A function", "一个函数"}},
};
constexpr std::array kLabExamples{
    Example{"smtplab lab by-hand --port 2525",
            {"Talk to a server by telnet, with the task beside it", "用 telnet 和服务器对话，任务就在旁边"}},
    Example{"smtplab lab --replay by-hand.record.json",
            {"The teacher's own look at what was handed in", "老师自己重看交上来的记录"}},
};
constexpr std::array kExplainExamples{
    Example{"smtplab explain 535", {"A reply code", "一个回复码"}},
    Example{"smtplab explain \"334 VXNlcm5hbWU6\"", {"A whole reply", "一整条回复"}},
    Example{"smtplab explain --message mail.eml", {"A message that was fetched", "取回来的一封邮件"}},
    Example{"smtplab explain tls-wrong-host", {"A mistake or failure by its name", "按名字说明一种错误"}},
};
constexpr std::array kJudgeExamples{
    Example{"smtplab judge dialogue.jsonl",
            {"What a program did wrong in a dialogue that was kept", "一段记录下来的对话里，程序错在哪里"}},
};
constexpr std::array kScenariosExamples{
    Example{"smtplab scenarios --by code", {"By the reply they are about", "按场景所讲的回复码列出"}},
    Example{"smtplab scenarios --replies netease", {"What 163 can be made to say", "163 可以给出的各条回复"}},
};
constexpr std::array kShowExamples{Example{"smtplab scenarios show qq/authorization-code",
                                           {"The accounts of a lesson, its steps and rules", "一课的账号、步骤和规则"}}};
constexpr std::array kCheckExamples{
    Example{"smtplab scenarios check mine.toml", {"What is wrong with a file of your own", "自己写的文件哪里有错"}}};
constexpr std::array kSchemaExamples{Example{"smtplab scenarios schema > scenario.json",
                                             {"For an editor that completes and underlines", "给编辑器做补全和提示错误用"}}};

constexpr std::array kCommands{
    Command{"",
            {"Learn SMTP one command at a time, against a mock of a real provider. Without a command: choose a scenario.",
             "对着真实服务商的模拟服务器，一条命令一条命令地学 SMTP。不写命令就从列表里选场景。"},
            {},
            kProgramExamples},
    Command{"step", {"Step through a dialogue, one command at a time", "逐步走完一段对话，一次一条命令"}, kStep, kStepExamples},
    Command{"send",
            {"Send one message as a configuration file says, every line shown", "照配置文件发送一封邮件，每一行都显示出来"},
            kSend,
            kSendExamples},
    Command{"fetch",
            {"Fetch the mails of a mailbox into a list of JSON, as the same file says",
             "照同一个配置文件取回邮箱里的邮件，存成 JSON 列表"},
            kFetch,
            kFetchExamples},
    Command{"run",
            {"Run a program, unchanged, in a network of its own in which every provider is a mock",
             "让程序原样运行在单独的网络里，那里的服务商都是模拟的"},
            kRun,
            kRunExamples},
    Command{"labs", {"List the labs: what courses set", "列出实验：各门课布置的作业"}, kLabs, kLabsExamples},
    Command{"check", {"Mark a program by a lab", "按一个实验给程序评分"}, kCheckProgram, kCheckProgramExamples},
    Command{"lab", {"Do a lab by hand, beside the mock", "手工做一个实验，旁边是模拟服务器"}, kLab, kLabExamples},
    Command{"explain",
            {"Say what a reply, command, keyword or mistake means", "说明一条回复、命令、关键字或错误的意思"},
            kExplain,
            kExplainExamples},
    Command{"judge",
            {"Say what a program did wrong in recorded dialogues", "指出记录下来的对话里程序做错了什么"},
            kJudge,
            kJudgeExamples},
    Command{"scenarios", {"List what can be stepped through", "列出可以走的场景"}, kScenarios, kScenariosExamples},
    Command{"scenarios show", {"Show one: accounts, steps, rules", "显示一个场景：账号、步骤、规则"}, kShow, kShowExamples},
    Command{"scenarios check", {"Check scenario files", "检查场景文件"}, kCheck, kCheckExamples},
    Command{"scenarios schema",
            {"Print the JSON Schema of a scenario file, for editors", "输出场景文件的 JSON Schema，给编辑器用"},
            kSchema,
            kSchemaExamples},
};

constexpr std::array kStatuses{
    Row{"0", {"done", "完成"}},
    Row{"1", {"the dialogue or a check failed", "对话或检查没有通过"}},
    usage::kUsageStatus,
    Row{"3", {"the network or TLS", "网络或 TLS 出错"}},
};
constexpr std::array kEnvironment{
    Row{"SMTPLAB_PASSWORD",
        {"the password of --user, of send and of fetch; without it or --password-file it is asked for",
         "--user、send 和 fetch 的密码；没有它，也没有 --password-file，就会问"}},
    usage::kKeyLogVariable,
};
constexpr std::array<std::string_view, 2> kSeeAlso{"smtplab-mock(1)", "smtplab-scenario(5)"};

constexpr usage::Program kProgram{"smtplab", kCommands, kEverywhere, kStatuses, kEnvironment, kSeeAlso};

}  // namespace
}  // namespace client::rows

namespace client {

const usage::Program& command_table() { return rows::kProgram; }

}  // namespace client
