// smtplab: parses the command line and hands over.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "client/base/options.h"
#include "client/commands/explain.h"
#include "client/commands/scenarios.h"
#include "client/conversation/setup.h"
#include "client/interactive.h"
#include "client/lines/run.h"
#include "client/screen/locale.h"
#include "knowledge/knowledge.h"
#include "net/loop.h"
#include "tls/library.h"

namespace {

enum class Task { kStep, kExplain, kList, kShow, kCheck };

struct Arguments {
  client::StepOptions step;
  Task task = Task::kStep;
  std::string language;
  std::string colour = "auto";
  std::string security = "none";
  std::string authority;  // --ca
  bool insecure = false;
  bool json = false;
  std::vector<std::string> words;  // of explain
  std::string scenario;            // of scenarios show
  std::vector<std::string> files;  // of scenarios check
};

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// The first of the three that is set decides, as in POSIX (XBD 8.2).
core::Language language_of_environment() {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const std::string_view value = environment(name); !value.empty()) {
      return value.starts_with("zh") ? core::Language::kChinese : core::Language::kEnglish;
    }
  }
  return core::Language::kEnglish;
}

bool terminal_is_dumb() { return environment("TERM").empty() || environment("TERM") == "dumb"; }

bool wants_colour(std::string_view when) {
  if (when != "auto") return when == "always";
  return environment("NO_COLOR").empty() && !terminal_is_dumb() && isatty(STDOUT_FILENO) != 0;
}

void add_global_options(CLI::App& app, Arguments& arguments) {
  app.set_version_flag("--version",
                       "smtplab " SMTPLAB_VERSION " (" + net::Loop::library_version() + ", " + tls::library_version() + ")",
                       "Print the versions and exit");
  app.add_option("--lang", arguments.language, "language: en or zh; without it that of the environment")
      ->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--color", arguments.colour, "auto, always or never; NO_COLOR and TERM=dumb are heeded")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("--show-secrets", arguments.step.show_secrets, "show passwords instead of masking them");
  app.add_option("--scenarios", arguments.step.scenarios, "take scenarios from this folder instead of the built-in ones")
      ->type_name("DIR");
}

void add_step(CLI::App& app, Arguments& arguments) {
  client::StepOptions& step = arguments.step;
  CLI::App* const command = app.add_subcommand("step", "Step through a dialogue, one command at a time");
  command->add_option("SCENARIO", step.scenario, "scenario id, PROVIDER, PROVIDER#REPLY or TOML file; without it the picker")
      ->type_name("");
  CLI::Option* const server =
      command->add_option("--server", step.server, "a real server instead of the mock")->type_name("HOST");
  command->add_option("--port", step.port, "its port")->check(CLI::Range(1, 65535))->needs(server)->capture_default_str();
  command->add_option("--security", arguments.security, "none; starttls and tls are not available yet")
      ->check(CLI::IsMember({"none", "starttls", "tls"}));
  command->add_option("--ca", arguments.authority, "for TLS, not available yet")->type_name("FILE");
  command->add_flag("--insecure", arguments.insecure, "for TLS, not available yet");
  CLI::Option* const automatic = command->add_flag("--auto", step.automatic, "take every suggested step and print plain lines");
  command->add_option("--script", step.script, "send these lines as they are and print plain lines; - is standard input")
      ->type_name("FILE")
      ->excludes(automatic);
  command->add_option("--transcript", step.transcript, "write the dialogue as JSON lines")->type_name("FILE");
  command->fallthrough();
}

void add_explain(CLI::App& app, Arguments& arguments) {
  CLI::App* const command = app.add_subcommand("explain", "Say what a reply, command, keyword or mistake means");
  command->add_option("TEXT", arguments.words, "535, \"535 5.7.8\", a whole reply, EHLO, \"MAIL FROM:<a@b>\", base64 …")
      ->type_name("");
  command->callback([&arguments] { arguments.task = Task::kExplain; });
  command->fallthrough();
}

void add_scenarios(CLI::App& app, Arguments& arguments) {
  CLI::App* const command = app.add_subcommand("scenarios", "List what can be stepped through");
  command->add_flag("--json", arguments.json, "as JSON, with the accounts");
  command->require_subcommand(0, 1);
  command->fallthrough();
  command->parse_complete_callback([&arguments] { arguments.task = Task::kList; });
  CLI::App* const show = command->add_subcommand("show", "Show one: accounts, steps, rules");
  show->add_option("ID", arguments.scenario, "scenario id, PROVIDER, PROVIDER#REPLY or TOML file")->required()->type_name("");
  show->final_callback([&arguments] { arguments.task = Task::kShow; });
  show->fallthrough();
  CLI::App* const check = command->add_subcommand("check", "Check scenario files");
  check->add_option("FILE", arguments.files, "TOML files")->required()->type_name("");
  check->final_callback([&arguments] { arguments.task = Task::kCheck; });
  check->fallthrough();
}

// The arguments as the library wants them, the last one first. It takes "[a,b]" for a list of two; a blank in front keeps
// the brackets of EHLO [192.0.2.1].
std::vector<std::string> reversed(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const bool is_explained = std::find(words.begin(), words.end(), "explain") != words.end();
  for (std::string& word : words) {
    if (is_explained && word.starts_with('[')) word.insert(0, 1, ' ');
  }
  std::reverse(words.begin(), words.end());
  return words;
}

// Nothing when the program shall go on; otherwise its exit status.
std::optional<int> parse(Arguments& arguments, int argc, char** argv) {
  CLI::App app{"Learn SMTP one command at a time, against a mock of a real provider. Without a command: pick a scenario.",
               "smtplab"};
  app.footer("Exit status: 0 done; 1 the dialogue or a check failed; 2 usage or configuration; 3 the network.");
  app.require_subcommand(0, 1);
  add_global_options(app, arguments);
  add_step(app, arguments);
  add_explain(app, arguments);
  add_scenarios(app, arguments);
  try {
    app.parse(reversed(argc, argv));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name() + " ";
    std::cerr << "smtplab: " << error.what() << "\nSee smtplab " << command << "--help\n";
    return client::kUsage;
  }
  arguments.step.language = arguments.language.empty()   ? language_of_environment()
                            : arguments.language == "zh" ? core::Language::kChinese
                                                         : core::Language::kEnglish;
  arguments.step.colour = wants_colour(arguments.colour);
  return std::nullopt;
}

int complain(const core::Error& error) {
  std::cerr << "smtplab: " << core::describe(error) << '\n';
  return client::kUsage;
}

int step(const Arguments& arguments) {
  const client::StepOptions& options = arguments.step;
  if (arguments.security != "none" || !arguments.authority.empty() || arguments.insecure) {
    return complain({core::Blame::kCaller,
                     "TLS is not available yet in this version",
                     {},
                     "use --security none, and the port for plain text, usually 25 or 587"});
  }
  const bool on_terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 && !terminal_is_dumb();
  if (on_terminal && !options.automatic && !options.script) return client::run_interactive(options);
  return lines::run_lines(options);
}

int explain(const Arguments& arguments, const scenario::Catalogue& catalogue) {
  const auto knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error());
  std::string text;
  for (const std::string& word : arguments.words) text += (text.empty() ? "" : " ") + std::string(core::trim(word));
  return commands::explain(text, *knowledge, catalogue, {arguments.step.language, arguments.step.show_secrets}, std::cout,
                           std::cerr);
}

int run(const Arguments& arguments) {
  if (arguments.task == Task::kStep) return step(arguments);
  const auto catalogue = client::open_catalogue(arguments.step);
  if (!catalogue) return complain(catalogue.error());
  const core::Language language = arguments.step.language;
  switch (arguments.task) {
    case Task::kStep: break;
    case Task::kExplain: return explain(arguments, *catalogue);
    case Task::kList:
      return arguments.json ? commands::list_scenarios_json(*catalogue, std::cout, std::cerr)
                            : commands::list_scenarios(*catalogue, language, std::cout, std::cerr);
    case Task::kShow: return commands::show_scenario(*catalogue, arguments.scenario, language, std::cout, std::cerr);
    case Task::kCheck: return commands::check_scenarios(*catalogue, arguments.files, std::cout, std::cerr);
  }
  return client::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    // Without UTF-8 the texts still come out as they are; there is nothing better to do.
    (void)screen::use_utf8_locale();
    Arguments arguments;
    if (const auto status = parse(arguments, argc, argv)) return *status;
    const int status = run(arguments);
    if (std::cout.flush()) return status;
    std::cerr << "smtplab: standard output cannot be written\n";
    return client::kFailed;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "smtplab: %s\n", error.what());
    return client::kFailed;
  }
}
