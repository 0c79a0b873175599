// smtplab: parses the command line and hands over.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "client/base/client_name.h"
#include "client/base/host_port.h"
#include "client/base/options.h"
#include "client/by_hand.h"
#include "client/command_table.h"
#include "client/commands/check.h"
#include "client/commands/explain.h"
#include "client/commands/explain_message.h"
#include "client/commands/fetch.h"
#include "client/commands/hand.h"
#include "client/commands/judge.h"
#include "client/commands/scenarios.h"
#include "client/commands/schema.h"
#include "client/commands/send.h"
#include "client/commands/visit.h"
#include "client/conversation/complain.h"
#include "client/conversation/setup.h"
#include "client/explain/intake.h"
#include "client/interactive.h"
#include "client/labs/drive.h"
#include "client/lines/run.h"
#include "client/listing/groups.h"
#include "client/password.h"
#include "client/program/hidden.h"
#include "client/program/run.h"
#include "client/screen/locale.h"
#include "core/show.h"
#include "core/userinfo.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/names.h"
#include "net/closed_pipe.h"
#include "net/loop.h"
#include "protocol/known.h"
#include "tls/library.h"
#include "usage/front.h"

namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool terminal_is_dumb() { return environment("TERM").empty() || environment("TERM") == "dumb"; }

bool wants_colour(std::string_view when) {
  if (when != "auto") return when == "always";
  return environment("NO_COLOR").empty() && !terminal_is_dumb() && isatty(STDOUT_FILENO) != 0;
}

int complain(const core::Error& error, core::Language language) {
  client::complain(error, language, std::cerr);
  return client::kUsage;
}

client::StepOptions step_options(const usage::Parsed& said, core::Language language) {
  client::StepOptions options;
  options.language = language;
  options.colour = wants_colour(said.value("--color"));
  options.show_secrets = said.has("--show-secrets");
  options.scenarios = said.maybe("--scenarios");
  options.scenario = said.value("SCENARIO");
  options.server = said.maybe("--server");
  if (const auto* const spoken = protocol::find(said.value("--protocol")); spoken != nullptr) options.protocol = spoken;
  if (const auto port = said.whole("--port")) options.port = static_cast<std::uint16_t>(*port);
  options.security = client::find_security(said.value("--security")).value_or(client::Security::kNone);
  options.clear_is_wished = said.value("--security") == client::name(client::Security::kNone);
  options.authority = said.value("--ca");
  options.insecure = said.has("--insecure");
  options.client_name = said.value("--ehlo");
  options.user = said.value("--user");
  options.password_file = said.value("--password-file");
  options.from = said.value("--from");
  options.to = said.values("--to");
  options.patience = said.seconds("--patience");
  options.automatic = said.has("--auto");
  options.probes = said.value("--with");
  options.script = said.maybe("--script");
  options.transcript = said.maybe("--transcript");
  return options;
}

// "--server HOST:PORT" as "--server HOST --port PORT"; and --ehlo is a name.
core::Result<void> check_server(client::StepOptions& options) {
  if (!options.server) return {};
  const auto parsed = client::parse_host_port(*options.server);
  if (!parsed) {
    return core::fail(core::Blame::kInput,
                      core::phrase("'{0}' is no server", "'{0}' 不是服务器", {core::show_server(*options.server)}), "--server",
                      {"write mail.example.org, or mail.example.org:587", "写成 mail.example.org 或 mail.example.org:587"});
  }
  if (parsed->port && options.port && *parsed->port != *options.port)
    return core::fail(core::Blame::kInput, {"--server and --port name two ports", "--server 和 --port 写了两个不同的端口"}, {},
                      {"say the port once", "端口只写一次"});
  options.server = parsed->host;
  if (parsed->port) options.port = parsed->port;
  return {};
}

core::Result<void> check_name(const std::string& name) {
  if (name.empty() || client::is_client_name(name)) return {};
  return core::fail(core::Blame::kInput,
                    core::phrase("'{0}' is no name for EHLO", "'{0}' 不能作 EHLO 的名字", {core::show_bytes(name)}), "--ehlo",
                    {"the full name of this computer, or its address in brackets: [192.0.2.1]",
                     "写这台电脑的完整名字，或者方括号里的地址：[192.0.2.1]"});
}

bool is_on_terminal() { return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 && !terminal_is_dumb(); }

// Beside the screen there are two ways without a person: along the path of a lesson, or to a real server.
int step(client::StepOptions options) {
  if (const auto right = check_server(options); !right) return complain(right.error(), options.language);
  if (const auto right = check_name(options.client_name); !right) return complain(right.error(), options.language);
  if (!options.user.empty()) {
    auto password = client::read_password({options.user, options.password_file, "--user"}, options.language);
    if (!password) return complain(password.error(), options.language);
    options.password = std::move(*password);
  }
  if (is_on_terminal() && !options.automatic && !options.script) return client::run_interactive(options);
  // Where no screen can be drawn (TERM=dumb, output into a pipe) whoever sits at the keyboard steps all the same.
  options.by_line = isatty(STDIN_FILENO) != 0 && !options.automatic && !options.script;
  const bool visits = options.server && options.scenario.empty() && !options.script && !options.by_line &&
                      options.protocol == protocol::known().front();
  return visits ? commands::visit_server(options, std::cout, std::cerr) : lines::run_lines(options);
}

int send_message(const usage::Parsed& said, core::Language language) {
  if (said.has("--example")) return commands::print_example(std::cout);
  commands::SendOptions options;
  options.config = said.value("--config");
  options.authority = said.value("--ca");
  options.client_name = said.value("--ehlo");
  options.insecure = said.has("--insecure");
  options.patience = said.seconds("--patience");
  options.transcript = said.maybe("--transcript");
  options.language = language;
  options.show_secrets = said.has("--show-secrets");
  if (const auto right = check_name(options.client_name); !right) return complain(right.error(), language);
  return commands::send_mail(options, std::cout, std::cerr);
}

int fetch_mail(const usage::Parsed& said, core::Language language) {
  commands::FetchOptions options;
  options.config = said.value("--config");
  if (said.has("--pop3")) options.over = fetch::Over::kPop3;
  options.out = said.value("--out");
  options.attachments = said.maybe("--attachments");
  options.newest = said.whole("--newest");
  options.authority = said.value("--ca");
  options.insecure = said.has("--insecure");
  options.patience = said.seconds("--patience");
  options.language = language;
  options.show_secrets = said.has("--show-secrets");
  return commands::fetch_mail(options, std::cout, std::cerr);
}

int explain(const usage::Parsed& said, const scenario::Catalogue& catalogue, core::Language language) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), language);
  if (const auto message = said.maybe("--message"))
    return commands::explain_message(*message, *knowledge, language, std::cout, std::cerr);
  std::string text;
  for (const std::string& word : said.values("TEXT")) text += (text.empty() ? "" : " ") + word;
  commands::ExplainOptions options{language, said.has("--show-secrets"), 0, {}};
  if (text == "-" || (text.empty() && isatty(STDIN_FILENO) == 0)) {
    explain::Intake intake = explain::take_in(std::cin);
    text = std::move(intake.text);
    options.left_out = intake.left_out;
    options.gap = intake.gap;
  }
  return commands::explain(text, *knowledge, catalogue, options, std::cout, std::cerr);
}

int judge(const usage::Parsed& said, core::Language language) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), language);
  return commands::judge_files(said.values("FILE"), *knowledge, {language, said.has("--json")}, std::cout, std::cerr);
}

int list(const usage::Parsed& said, const scenario::Catalogue& catalogue, core::Language language) {
  if (said.has("--json")) return commands::list_scenarios_json(catalogue, language, std::cout, std::cerr);
  if (said.has("--ids")) return commands::list_names(catalogue, std::cout);
  if (const auto provider = said.maybe("--replies"))
    return commands::list_replies(catalogue, *provider, language, std::cout, std::cerr);
  const client::GroupBy by = client::find_grouping(said.value("--by")).value_or(client::GroupBy::kProvider);
  return commands::list_scenarios(catalogue, by, language, std::cout, std::cerr);
}

std::string own_path() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

int run_program(const usage::Parsed& said, const scenario::Catalogue& catalogue, core::Language language) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), language);
  program::RunOptions options;
  options.scenarios = said.values("SCENARIO");
  options.probes = said.value("--with");
  options.command = said.values("PROGRAM");
  options.store = said.maybe("--store");
  options.events = said.value("--events");
  options.input = said.value("--input");
  options.time = said.seconds("--time");
  if (const auto most = said.whole("--output-limit")) options.output_limit = static_cast<std::size_t>(*most);
  options.is_json = said.value("--report") == "json";
  options.is_open = said.has("--open");
  options.transcript = said.value("--transcript");
  options.seed = said.whole("--seed").value_or(0);
  options.show_secrets = said.has("--show-secrets");
  options.language = language;
  options.smtplab = own_path();
  if (const auto user = said.maybe("--account")) {
    auto code = client::read_password({*user, said.value("--password-file"), "--account"}, language);
    if (!code) return complain(code.error(), language);
    options.account = {*user, std::string(code->reveal()), ""};
  }
  return program::run(options, catalogue, *knowledge, std::cerr);
}

int check_program(const usage::Parsed& said, const scenario::Catalogue& catalogue, core::Language language) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), language);
  commands::CheckOptions options;
  options.lab = said.value("LAB");
  options.command = said.values("PROGRAM");
  options.python = said.maybe("--python");
  options.report = said.value("--report");
  options.time = said.seconds("--time");
  options.seed = said.whole("--seed").value_or(0);
  options.language = language;
  options.smtplab = own_path();
  options.version = SMTPLAB_VERSION;
  return commands::check_program(options, catalogue, *knowledge, std::cout, std::cerr);
}

int work_by_hand(const usage::Parsed& said, const scenario::Catalogue& catalogue, core::Language language) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), language);
  commands::HandOptions options;
  options.lab = said.value("LAB");
  options.replay = said.maybe("--replay");
  options.port = static_cast<std::uint16_t>(said.whole("--port").value_or(0));
  options.record = said.value("--record");
  options.seed = said.whole("--seed").value_or(0);
  options.version = SMTPLAB_VERSION;
  options.language = language;
  const bool is_listening = said.has("--listen") || options.port != 0 || options.replay;
  if (is_listening || !is_on_terminal()) return commands::work_by_hand(options, catalogue, *knowledge, std::cout, std::cerr);
  return client::lab_on_screen(options, step_options(said, language), catalogue, *knowledge);
}

int print_schema(const usage::Parsed& said) {
  return commands::print_schema(said.has("--provider") ? scenario::FileKind::kProvider : scenario::FileKind::kScenario,
                                std::cout);
}

int run(const usage::Parsed& said, core::Language language) {
  const std::string_view command = said.command().path;
  const client::StepOptions options = step_options(said, language);
  if (command.empty() || command == "step") return step(options);
  if (command == "fetch") return fetch_mail(said, language);
  if (command == "send") return send_message(said, language);
  if (command == "judge") return judge(said, language);
  if (command == "labs") return commands::list_labs(said.has("--json"), language, std::cout, std::cerr);
  if (command == "scenarios schema") return print_schema(said);
  const auto catalogue = client::open_catalogue(options);
  if (!catalogue) return complain(catalogue.error(), language);
  if (command == "check") return check_program(said, *catalogue, language);
  if (command == "run") return run_program(said, *catalogue, language);
  if (command == "lab") return work_by_hand(said, *catalogue, language);
  if (command == "explain") return explain(said, *catalogue, language);
  if (command == "scenarios show") {
    return commands::show_scenario(*catalogue, said.value("ID"), language, std::cout, std::cerr);
  }
  if (command == "scenarios check") {
    return commands::check_scenarios(*catalogue, said.values("FILE"), language, std::cout, std::cerr);
  }
  return list(said, *catalogue, language);
}

int start(const std::vector<std::string>& words) {
  const core::Language language = usage::language_of(words);
  const std::string version =
      "smtplab " SMTPLAB_VERSION " (" + net::Loop::library_version() + ", " + tls::library_summary() + ")";
  const auto completed = [](std::string_view prefix) {
    return scenario::names_beginning(scenario::Catalogue::embedded(), prefix);
  };
  const usage::Begun begun = usage::begin(client::command_table(), words, language, version, completed);
  if (begun.said) return run(*begun.said, language);
  std::cout << begun.out;
  std::cerr << begun.error;
  return begun.error.empty() ? client::kDone : client::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    lab::serve_drive(words);
    program::serve_hidden(words);
    net::end_with_reader();
    // Without UTF-8 the texts still come out as they are; there is nothing better to do.
    (void)screen::use_utf8_locale();
    const int status = start(words);
    if (std::cout.flush()) return status;
    std::cerr << "smtplab: standard output cannot be written\n";
    return client::kFailed;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "smtplab: %s\n", error.what());
    return client::kFailed;
  }
}
