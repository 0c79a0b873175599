#include "client/labs/python_call.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/show.h"
#include "core/system_text.h"

namespace lab {
namespace {

// argv: file, function, then "name=value" each; "name#=value" is a number, "name@=value" a list.
constexpr std::string_view kScript = R"(import importlib.util, os, sys
path, function = sys.argv[1], sys.argv[2]
given = {}
for word in sys.argv[3:]:
    name, value = word.split("=", 1)
    if name.endswith("#"): given[name[:-1]] = int(value)
    elif name.endswith("@"): given[name[:-1]] = value.split(",")
    else: given[name] = value
sys.argv = [path]
sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
spec = importlib.util.spec_from_file_location("submission", path)
module = importlib.util.module_from_spec(spec)
sys.modules["submission"] = module
spec.loader.exec_module(module)
getattr(module, function)(**given)
)";

struct Meaning {
  std::string_view name;
  std::string_view gives;
};

// Small letters, without underscores.
constexpr std::array kMeanings{
    Meaning{"host", "{host}"},
    Meaning{"hostname", "{host}"},
    Meaning{"server", "{host}"},
    Meaning{"mailserver", "{host}"},
    Meaning{"smtpserver", "{host}"},
    Meaning{"smtphost", "{host}"},
    Meaning{"serveraddress", "{host}"},
    Meaning{"servername", "{host}"},
    Meaning{"port", "{port}"},
    Meaning{"serverport", "{port}"},
    Meaning{"smtpport", "{port}"},
    Meaning{"mailport", "{port}"},
    Meaning{"user", "{user}"},
    Meaning{"username", "{user}"},
    Meaning{"login", "{user}"},
    Meaning{"account", "{user}"},
    Meaning{"password", "{password}"},
    Meaning{"passwd", "{password}"},
    Meaning{"pwd", "{password}"},
    Meaning{"authcode", "{password}"},
    Meaning{"sender", "{from}"},
    Meaning{"from", "{from}"},
    Meaning{"fromaddr", "{from}"},
    Meaning{"fromaddress", "{from}"},
    Meaning{"mailfrom", "{from}"},
    Meaning{"senderemail", "{from}"},
    Meaning{"fromemail", "{from}"},
    Meaning{"to", "{to}"},
    Meaning{"recipient", "{to}"},
    Meaning{"recipients", "{to}"},
    Meaning{"receiver", "{to}"},
    Meaning{"receivers", "{to}"},
    Meaning{"toaddr", "{to}"},
    Meaning{"toaddrs", "{to}"},
    Meaning{"toaddress", "{to}"},
    Meaning{"rcpt", "{to}"},
    Meaning{"rcptto", "{to}"},
    Meaning{"mailto", "{to}"},
    Meaning{"receiveremail", "{to}"},
    Meaning{"toemail", "{to}"},
    Meaning{"cc", "{cc}"},
    Meaning{"bcc", "{bcc}"},
    Meaning{"subject", "{subject}"},
    Meaning{"title", "{subject}"},
    Meaning{"body", "{body}"},
    Meaning{"text", "{body}"},
    Meaning{"message", "{body}"},
    Meaning{"msg", "{body}"},
    Meaning{"content", "{body}"},
    Meaning{"attachment", "{attachment}"},
    Meaning{"file", "{attachment}"},
    Meaning{"filename", "{attachment}"},
};

struct Parameter {
  std::string name;
  bool has_default = false;
};

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Up to the parenthesis that closes it; commas in brackets and in texts divide nothing.
std::vector<std::string> pieces_of(std::string_view list) {
  std::vector<std::string> pieces(1);
  int depth = 0;
  char quote = 0;
  for (const char c : list) {
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth < 0) break;
    } else if (c == ',' && depth == 0) {
      pieces.emplace_back();
      continue;
    }
    pieces.back() += c;
  }
  return pieces;
}

// Nothing: there is no such function at the beginning of a line.
std::optional<std::vector<Parameter>> parameters_of(const std::string& source, const std::string& function) {
  const std::string head = "def " + function;
  std::size_t at = 0;
  while ((at = source.find(head, at)) != std::string::npos) {
    const std::size_t open = source.find_first_not_of(" \t", at + head.size());
    const bool begins = at == 0 || source[at - 1] == '\n';
    if (begins && open != std::string::npos && source[open] == '(') {
      std::vector<Parameter> all;
      for (const std::string& piece : pieces_of(std::string_view(source).substr(open + 1))) {
        std::string_view name = piece;
        name.remove_prefix(std::min(name.find_first_not_of(" \t\r\n"), name.size()));
        const auto end = std::find_if_not(name.begin(), name.end(), is_name);
        name = name.substr(0, static_cast<std::size_t>(end - name.begin()));
        if (!name.empty()) all.push_back({std::string(name), piece.find('=') != std::string::npos});
      }
      return all;
    }
    at += head.size();
  }
  return std::nullopt;
}

std::string argument(const Parameter& parameter, std::string_view gives) {
  const bool is_list = gives == "{to}" && (parameter.name.ends_with('s') || core::to_lower(parameter.name).ends_with("list"));
  return parameter.name + (gives == "{port}" ? "#" : is_list ? "@" : "") + "=" + std::string(gives);
}

}  // namespace

core::Result<std::vector<std::string>> python_call(const std::string& said, const Lab& lab) {
  const std::size_t colon = said.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == said.size())
    return core::fail(core::Blame::kInput,
                      core::phrase("'{0}' is no FILE:FUNCTION", "'{0}' 不是 文件:函数", {core::show_bytes(said)}), "--python",
                      {"write solution.py:smtp_client", "写成 solution.py:smtp_client"});
  const std::string file = said.substr(0, colon);
  const std::string function = said.substr(colon + 1);
  std::ifstream in(file, std::ios::binary);
  if (!in) return core::fail(core::Blame::kInput, core::system_text(errno), core::show_bytes(file));
  const std::string source(std::istreambuf_iterator<char>(in), {});
  const auto parameters = parameters_of(source, function);
  if (!parameters)
    return core::fail(core::Blame::kInput,
                      core::phrase("there is no function '{0}'", "没有函数 '{0}'", {core::show_bytes(function)}),
                      core::show_bytes(file));
  std::vector<std::string> command{"python3", "-c", std::string(kScript), file, function};
  for (const Parameter& parameter : *parameters) {
    const std::string plain = core::to_lower(core::replace_all(parameter.name, "_", ""));
    const auto row = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& one) { return one.name == plain; });
    const std::string_view key = row == kMeanings.end() ? "" : row->gives.substr(1, row->gives.size() - 2);
    const bool is_given = key == "host" || key == "port" || lab.given.contains(key);
    if (row != kMeanings.end() && is_given) {
      command.push_back(argument(parameter, row->gives));
    } else if (!parameter.has_default) {
      return core::fail(core::Blame::kInput,
                        core::phrase("nothing is given for the parameter '{0}'", "没有可以给参数 '{0}' 的内容",
                                     {core::show_bytes(parameter.name)}),
                        core::show_bytes(said), {"give it a default", "请给它一个默认值"});
    }
  }
  return command;
}

}  // namespace lab
