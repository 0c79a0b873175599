// A small program that these tests describe.
#pragma once

#include <array>

#include "usage/table.h"

namespace usage_test {

using usage::Command;
using usage::Example;
using usage::Option;
using usage::Row;
using usage::Value;

inline constexpr std::array kEverywhere{
    Option{.name = "--lang", .value = Value::kChoice, .shown = "WHICH", .allowed = "en|zh", .about = {"the language", "语言"}},
    Option{.name = "--help", .about = {"print this", "显示这些"}},
    Option{.name = "--version", .about = {"print the version", "显示版本"}},
};
inline constexpr std::array kStep{
    Option{.name = "SCENARIO", .value = Value::kScenario, .about = {"which one", "哪一个"}},
    Option{.name = "--server", .value = Value::kText, .shown = "HOST", .about = {"a real server", "真实的服务器"}},
    Option{.name = "--port",
           .value = Value::kWhole,
           .shown = "PORT",
           .allowed = "1..65535",
           .about = {"its port", "端口"},
           .preset = "25",
           .needs = "--server"},
    Option{.name = "--patience",
           .value = Value::kSeconds,
           .shown = "SECONDS",
           .allowed = "0.001..86400",
           .about = {"how long", "多久"}},
    Option{.name = "--to", .value = Value::kText, .shown = "ADDRESS", .about = {"a recipient", "收件人"}, .many = true},
    Option{.name = "--auto", .about = {"by itself", "自动"}, .excludes = "--script"},
    Option{.name = "--script", .value = Value::kFile, .shown = "FILE", .about = {"these lines", "这些行"}},
};
inline constexpr std::array kCheck{
    Option{.name = "FILE", .value = Value::kFile, .about = {"files", "文件"}, .required = true, .many = true}};
inline constexpr std::array kRun{
    Option{.name = "SCENARIO", .value = Value::kScenario, .about = {"which ones", "哪几个"}, .many = true},
    Option{.name = "PROGRAM",
           .value = Value::kFile,
           .about = {"a program", "程序"},
           .required = true,
           .many = true,
           .behind = true},
};
inline constexpr std::array kExamples{Example{"lab step p/first --auto", {"By itself", "自动走完"}}};
inline constexpr std::array kCommands{
    Command{"", {"Learn it. Without a command: choose.", "学一学。不写命令就选。"}, {}, kExamples},
    Command{"step", {"Step through", "逐步走"}, kStep, kExamples},
    Command{"run", {"Run it", "运行"}, kRun, kExamples},
    Command{"list", {"List them", "列出"}, {}, kExamples},
    Command{"list check", {"Check files", "检查文件"}, kCheck, kExamples},
};
inline constexpr std::array kStatuses{Row{"0", {"done", "完成"}}, Row{"2", {"usage", "用法有误"}}};
inline constexpr std::array kEnvironment{Row{"LAB_KEY", {"a key", "钥匙"}}};
inline constexpr std::array<std::string_view, 1> kSeeAlso{"other(1)"};
inline constexpr usage::Program kProgram{"lab", kCommands, kEverywhere, kStatuses, kEnvironment, kSeeAlso};

}  // namespace usage_test
