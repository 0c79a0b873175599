// Rows that stand in the table of every program.
#pragma once

#include "usage/table.h"

namespace usage {

inline constexpr Option kLanguageOption{
    .name = "--lang",
    .value = Value::kChoice,
    .shown = "WHICH",
    .allowed = "en|zh",
    .about = {"the language; without it that of the environment", "语言；不写就看环境变量"}};
inline constexpr Option kHelpOption{.name = "--help", .about = {"print this and exit", "显示这些说明后退出"}};
inline constexpr Option kVersionOption{.name = "--version", .about = {"print the versions and exit", "显示版本后退出"}};
inline constexpr Option kScenariosOption{
    .name = "--scenarios",
    .value = Value::kFolder,
    .shown = "DIR",
    .about = {"take scenarios from this folder instead of the built-in ones", "用这个目录里的场景，不用自带的"}};

inline constexpr Option kWithOption{
    .name = "--with",
    .value = Value::kText,
    .shown = "PROBE,…",
    .about = {"lay probes over it: slow[=MS], split, bytewise, words, refuse=STAGE[:CODE], close=STAGE, stall=STAGE",
              "叠加探测：slow[=毫秒]、split、bytewise、words、refuse=阶段[:回复码]、close=阶段、stall=阶段"}};

inline constexpr Row kUsageStatus{"2", {"usage or configuration", "用法或配置有误"}};
inline constexpr Row kKeyLogVariable{"SSLKEYLOGFILE",
                                     {"where the keys of TLS go, for Wireshark", "TLS 密钥写到哪里，给 Wireshark 用"}};

}  // namespace usage
