#include "client/labs/unjudged.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <sys/wait.h>

#include "core/phrase.h"
#include "core/show.h"

namespace lab {
namespace {

// What a runtime prints when a program cannot run here, whatever it does otherwise. {0} is where, {1} the line that says so.
struct Sign {
  std::string_view id;
  std::string_view sign;
  core::Phrase words;
};

constexpr core::Phrase kPython2{"This is Python 2, which is not here any more: {1}. Edit {0}, or run it through 2to3",
                                "这是 Python 2 的程序，这里没有 Python 2：{1}。请修改 {0}，或者用 2to3 转换"};
constexpr core::Phrase kNoFile{"A file that it needs is not here: {1}. Put it beside the program, or edit {0}",
                               "它需要的文件不在这里：{1}。请把文件放到程序旁边，或修改 {0}"};
constexpr core::Phrase kWindow{"It opens a window, and there is no screen here: {1}. Give it a main that needs none ({0})",
                               "它要打开窗口，而这里没有屏幕：{1}。请给它一个不需要窗口的入口（{0}）"};
constexpr core::Phrase kNoModule{"A library that it uses is not installed here: {1} ({0})", "它用的库这里没有安装：{1}（{0}）"};
constexpr core::Phrase kNoMain{"It has no main to begin with: {1}. Call the function at the end of {0}",
                               "它没有可以开始的 main：{1}。请在 {0} 的末尾调用函数"};
constexpr core::Phrase kNoInterpreter{"What runs it is not here: {1}", "运行它的程序不在这里：{1}"};

constexpr std::array kSigns{
    Sign{"python-2", "Missing parentheses in call to 'print'", kPython2},
    Sign{"python-2", "multiple exception types must be parenthesized", kPython2},
    Sign{"python-2", "name 'raw_input' is not defined", kPython2},
    Sign{"python-2", "No module named 'urllib2'", kPython2},
    Sign{"python-2", "No module named 'Tkinter'", kPython2},
    Sign{"python-2", "No module named 'ConfigParser'", kPython2},
    Sign{"python-2", "inconsistent use of tabs and spaces", kPython2},
    Sign{"window", "TclError", kWindow},
    Sign{"window", "No module named 'tkinter'", kWindow},
    Sign{"window", "HeadlessException", kWindow},
    Sign{"window", "cannot connect to X server", kWindow},
    Sign{"window", "could not connect to display", kWindow},
    Sign{"library-missing", "ModuleNotFoundError", kNoModule},
    Sign{"library-missing", "ClassNotFoundException", kNoModule},
    Sign{"library-missing", "NoClassDefFoundError", kNoModule},
    Sign{"library-missing", "Cannot find module", kNoModule},
    Sign{"library-missing", "error while loading shared libraries", kNoModule},
    Sign{"no-main", "Main method not found", kNoMain},
    Sign{"no-main", "no main manifest attribute", kNoMain},
    Sign{"file-missing", "FileNotFoundError", kNoFile},
    Sign{"file-missing", "FileNotFoundException", kNoFile},
    Sign{"file-missing", "NoSuchFileException", kNoFile},
    Sign{"file-missing", "ENOENT", kNoFile},
    Sign{"file-missing", "No such file or directory", kNoFile},
    Sign{"no-interpreter", "command not found", kNoInterpreter},
};

// What people write where their own address or password belongs.
constexpr std::array<std::string_view, 24> kPlaceholders{
    "your_email", "your-email", "youremail", "your_mail", "yourmail",      "your_username", "yourusername", "your_user",
    "your_name@", "yourname@",  "your_pass", "yourpass",  "your-pass",     "your_addr",     "youraddress",  "your_id",
    "xxx@",       "xxxx",       "****",      "<your",     "sender_email@", "你的",          "您的",         "receiver_email@"};

// The line of what was printed that has the sign.
std::string line_with(std::string_view printed, std::string_view sign) {
  const std::size_t at = printed.find(sign);
  const std::size_t begin = printed.rfind('\n', at) + 1;  // npos + 1 is 0
  return core::show_bytes(core::trim(core::without_line_end(printed.substr(begin, printed.find('\n', at) - begin))));
}

// The last place that a report of an error names before the sign: "client.py, line 12"; "the program".
core::Text place_before(std::string_view printed, std::size_t sign) {
  const std::string_view before = printed.substr(0, sign);
  constexpr std::string_view kFile = "File \"";
  const std::size_t at = before.rfind(kFile);
  if (at == std::string_view::npos) return {"the program", "程序"};
  std::string_view rest = before.substr(at + kFile.size());
  std::string_view name = rest.substr(0, rest.find('"'));
  name.remove_prefix(name.rfind('/') + 1);
  constexpr std::string_view kLine = "line ";
  const std::size_t line = rest.find(kLine);
  std::string number;
  for (std::size_t i = line == std::string_view::npos ? rest.size() : line + kLine.size();
       i < rest.size() && rest[i] >= '0' && rest[i] <= '9'; ++i)
    number += rest[i];
  return core::phrase("{0}, line {1}", "{0} 第 {1} 行", {core::show_bytes(name), number});
}

std::optional<Unjudged> from_output(const Evidence& normal) {
  for (const Sign& row : kSigns) {
    const std::size_t at = normal.printed.find(row.sign);
    if (at == std::string::npos) continue;
    return Unjudged{std::string(row.id), core::phrase(row.words.en, row.words.zh,
                                                      {place_before(normal.printed, at), line_with(normal.printed, row.sign)})};
  }
  return std::nullopt;
}

// The first word of these that was said to a server, in a command or in a login; empty: none was.
std::string_view placeholder_said(const Evidence& normal) {
  for (const program::Visit& visit : normal.visits) {
    for (const dialogue::Event& event : visit.events) {
      if (event.kind != dialogue::Kind::kClient || !event.input || event.input->is(protocol::Role::kContent)) continue;
      const std::string said = core::to_lower(event.bytes + " " + event.decoded);
      for (const std::string_view word : kPlaceholders) {
        if (said.find(word) != std::string::npos) return word;
      }
    }
  }
  return {};
}

std::optional<Unjudged> from_visits(const Evidence& normal) {
  if (!normal.visits.empty()) return std::nullopt;
  if (!normal.elsewhere.empty())
    return Unjudged{
        "connected-elsewhere",
        core::phrase("It connects to {0}, where nobody of this lab is. Edit host and port: localhost, 25",
                     "它连的是 {0}，那里不是这个实验的服务器。请修改主机和端口：localhost，25", {normal.elsewhere.front()})};
  const program::Outcome& outcome = normal.outcome;
  const bool is_silent = normal.printed.empty() && WIFEXITED(outcome.status) && WEXITSTATUS(outcome.status) == 0;
  if (is_silent && !was_ended(outcome) && outcome.listens.empty())
    return Unjudged{"no-main",
                    {"It ended at once, and did nothing: nothing calls its function. Call it at the end of the program, or use "
                     "--python FILE:FUNCTION",
                     "它马上就结束了，什么也没做：没有人调用它的函数。请在程序末尾调用，或者用 --python 文件:函数"}};
  return std::nullopt;
}

}  // namespace

std::span<const std::string_view> placeholders() { return kPlaceholders; }

std::optional<Unjudged> placeholder_left(const Evidence& normal) {
  const std::string_view word = placeholder_said(normal);
  if (word.empty()) return std::nullopt;
  const auto place = normal.placeholders.find(word);
  const core::Text where =
      place == normal.placeholders.end() ? core::Text{"the line where that stands", "写着它的那一行"} : place->second;
  return Unjudged{"placeholder", core::phrase("A placeholder was left in: it sent '{0}'. Edit {1}",
                                              "占位符没有替换：它发出了“{0}”。请修改 {1}", {core::show_bytes(word), where})};
}

std::optional<Unjudged> why_not_judged(const Evidence& normal) {
  if (!normal.messages.empty()) return std::nullopt;
  if (auto why = from_output(normal)) return why;
  return from_visits(normal);
}

Unjudged not_started(const core::Text& why) { return {"not-started", why}; }

}  // namespace lab
