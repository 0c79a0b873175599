#include "mockserver/command_table.h"

#include <array>
#include <string_view>

#include "usage/rows.h"

namespace mockserver::rows {
namespace {

using usage::Command;
using usage::Example;
using usage::Option;
using usage::Row;
using usage::Value;

constexpr std::array kOptions{
    Option{.name = "SCENARIO",
           .value = Value::kScenario,
           .about = {"scenario id or TOML file; several are served side by side",
                     "场景编号或 TOML 文件；可以写几个，同时提供服务"},
           .preset = "any/accept-all",
           .many = true},
    Option{.name = "--smtp",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"port of the first scenario, the others follow; 0: any free ones",
                     "第一个场景的端口，其余依次往后；0 表示任选空闲的"},
           .preset = "2525"},
    Option{.name = "--smtps",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"port for TLS from the start; without it the scenarios that want TLS have one, 2465 and following",
                     "一开始就是 TLS 的端口；不写时，要用 TLS 的场景从 2465 起各有一个"}},
    Option{.name = "--pop3",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"port for POP3, which fetches what was delivered; without it there is none",
                     "POP3 的端口，用来收取送到的邮件；不写就没有"}},
    Option{.name = "--pop3s",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"the same inside TLS from the start", "同上，一开始就是 TLS"}},
    Option{.name = "--imap",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"port for IMAP, which reads what was delivered and keeps folders; without it there is none",
                     "IMAP 的端口，用来读送到的邮件、管理文件夹；不写就没有"}},
    Option{.name = "--imaps",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "0..65535",
           .about = {"the same inside TLS from the start", "同上，一开始就是 TLS"}},
    Option{.name = "--bind",
           .value = Value::kText,
           .shown = "ADDRESS",
           .about = {"numeric address to listen on", "监听的地址，写成数字"},
           .preset = "127.0.0.1"},
    Option{.name = "--store",
           .value = Value::kFolder,
           .shown = "DIR",
           .about = {"keep messages as Maildirs in this folder, DIR/<address>/ and DIR/other/",
                     "把邮件以 Maildir 存进这个目录：DIR/<地址>/ 和 DIR/other/"}},
    Option{.name = "--events",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"write what happens as JSON lines into this file, - is standard output",
                     "把发生的事写成 JSON，一行一条；- 是标准输出"}},
    Option{.name = "--ports-file",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"write the ports as JSON once everything listens", "都开始监听之后，把端口写成 JSON"}},
    Option{.name = "--ca-out",
           .value = Value::kFile,
           .shown = "FILE",
           .about = {"write the certificate that clients have to trust, as PEM", "写出客户端要信任的证书（PEM）"}},
    usage::kWithOption,
    Option{.name = "--quiet", .about = {"do not show the connections as they happen", "不逐条显示连接里发生的事"}},
    usage::kScenariosOption,
    Option{.name = "--seed",
           .value = Value::kWhole,
           .shown = "NUMBER",
           .allowed = "0..18446744073709551615",
           .about = {"session ids and chance come from this number", "会话编号和随机都由这个数决定"},
           .preset = "0"},
    Option{.name = "--once", .about = {"serve one connection, then exit", "只服务一个连接，然后退出"}},
    Option{.name = "--show-secrets", .about = {"show passwords instead of masking them", "写出密码，不遮住"}},
};

constexpr std::array kEverywhere{
    usage::kLanguageOption,
    usage::kHelpOption,
    usage::kVersionOption,
};

constexpr std::array kExamples{
    Example{"smtplab-mock netease/first-mail --store mail --events -",
            {"A server as 163's on port 2525, which keeps messages and says what happens",
             "在 2525 端口扮演 163，存下邮件，并说出发生的每件事"}},
    Example{"smtplab-mock any/accept-all --with refuse=rcpt,slow=100",
            {"How does a program take a refused recipient from a slow server?", "收件人被拒、服务器又慢的时候，程序怎么做？"}},
    Example{"smtplab-mock any/submission --smtps 2465 --ca-out ca.pem",
            {"The good server, with TLS and the certificate to trust", "什么都对的服务器，有 TLS 和要信任的证书"}},
    Example{"smtplab-mock any/accept-all --smtp 0 --ports-file ports.json --once",
            {"For a test: any free port, one connection", "给测试用：任选空闲端口，只服务一个连接"}},
};

constexpr std::array kCommands{
    Command{"",
            {"A local mail server that behaves as a scenario says. It never delivers anything anywhere.",
             "照场景行事的本地邮件服务器。它从不把邮件送到任何地方。"},
            kOptions,
            kExamples},
};

constexpr std::array kStatuses{
    Row{"0", {"done", "完成"}},
    usage::kUsageStatus,
    Row{"3", {"network", "网络出错"}},
};
constexpr std::array kEnvironment{
    usage::kKeyLogVariable,
};
constexpr std::array<std::string_view, 2> kSeeAlso{"smtplab(1)", "smtplab-scenario(5)"};

constexpr usage::Program kProgram{"smtplab-mock", kCommands, kEverywhere, kStatuses, kEnvironment, kSeeAlso};

}  // namespace
}  // namespace mockserver::rows

namespace mockserver {

const usage::Program& command_table() { return rows::kProgram; }

}  // namespace mockserver
