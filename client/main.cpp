// smtplab: parses the command line and hands over.
#include <algorithm>
#include <chrono>
#include <cstdint>
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
#include "client/commands/schema.h"
#include "client/commands/send.h"
#include "client/commands/visit.h"
#include "client/conversation/complain.h"
#include "client/conversation/setup.h"
#include "client/interactive.h"
#include "client/lines/run.h"
#include "client/listing/groups.h"
#include "client/password.h"
#include "client/screen/locale.h"
#include "knowledge/knowledge.h"
#include "net/loop.h"
#include "tls/library.h"

namespace {

enum class Task { kStep, kSend, kExplain, kList, kShow, kCheck, kSchema };

struct Arguments {
  client::StepOptions step;
  commands::SendOptions send;
  double send_patience = 0;  // seconds; 0: not given
  bool example = false;
  Task task = Task::kStep;
  std::string language;
  std::string colour = "auto";
  std::string security;      // empty: none, but nobody said so
  double step_patience = 0;  // seconds; 0: not given
  bool json = false;
  std::string by = "provider";     // of scenarios
  std::vector<std::string> words;  // of explain
  std::string scenario;            // of scenarios show
  std::vector<std::string> files;  // of scenarios check
  bool of_provider = false;        // scenarios schema
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
  command->add_option("--port", step.port, "its port; without it 25, 587 or 465, as --security says")
      ->check(CLI::Range(1, 65535))
      ->needs(server);
  command->add_option("--security", arguments.security, "none (the default), starttls, or tls from the start")
      ->check(CLI::IsMember({"none", "starttls", "tls"}))
      ->needs(server);
  command->add_option("--ca", step.authority, "believe the authorities in this PEM file and no others")
      ->type_name("FILE")
      ->needs(server);
  command->add_flag("--insecure", step.insecure,
                    "take any certificate, and let a password go out in clear, as --security none does");
  CLI::Option* const user = command->add_option("--user", step.user, "who logs in")->type_name("NAME")->needs(server);
  command->add_option("--password-file", step.password_file, "its first line is the password")->type_name("FILE")->needs(user);
  command->add_option("--from", step.from, "the sender of the mail that is proposed")->type_name("ADDRESS")->needs(server);
  command->add_option("--to", step.to, "its recipient, once for each; with --auto a small message is delivered")
      ->type_name("ADDRESS")
      ->needs(server)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--patience", arguments.step_patience, "wait at most so long for the server")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
  CLI::Option* const automatic = command->add_flag("--auto", step.automatic, "take every suggested step and print plain lines");
  command->add_option("--script", step.script, "send these lines as they are and print plain lines; - is standard input")
      ->type_name("FILE")
      ->excludes(automatic);
  command->add_option("--transcript", step.transcript, "write the dialogue as JSON lines")->type_name("FILE");
  command->footer(
      "The password of --user: SMTPLAB_PASSWORD in the environment, or --password-file, or it is asked for. SSLKEYLOGFILE: "
      "where "
      "the keys of TLS go, for Wireshark.");
  command->fallthrough();
}

void add_send(CLI::App& app, Arguments& arguments) {
  commands::SendOptions& send = arguments.send;
  CLI::App* const command = app.add_subcommand("send", "Send one message as a configuration file says, every line shown");
  command->add_option("--config", send.config, "JSON: sender, receiver, subject, body, smtp_server, password …")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_flag("--example", arguments.example, "print such a file to start from");
  command->add_option("--ca", send.authority, "believe the authorities in this PEM file and no others")->type_name("FILE");
  command->add_flag("--insecure", send.insecure,
                    "take any certificate, and let a password go out in clear, as \"security\": \"none\" does");
  command->add_option("--patience", arguments.send_patience, "wait at most so long for a reply")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
  command->add_option("--transcript", send.transcript, "write the dialogue as JSON lines")->type_name("FILE");
  command->callback([&arguments] { arguments.task = Task::kSend; });
  command->footer("SMTPLAB_PASSWORD in the environment is the password; without one it is asked for.");
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
  CLI::Option* const json = command->add_flag("--json", arguments.json, "as JSON, with the accounts");
  command->add_option("--by", arguments.by, "what they are grouped by: provider, subject or code")
      ->check(CLI::IsMember({"provider", "subject", "code"}))
      ->type_name("WHAT")
      ->excludes(json)
      ->capture_default_str();
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
  CLI::App* const schema = command->add_subcommand("schema", "Print the JSON Schema of a scenario file, for editors");
  schema->add_flag("--provider", arguments.of_provider, "of a provider's file");
  schema->final_callback([&arguments] { arguments.task = Task::kSchema; });
  schema->fallthrough();
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
  add_send(app, arguments);
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

int complain(const core::Error& error, core::Language language) {
  client::complain(error, language, std::cerr);
  return client::kUsage;
}

// Beside the screen there are two ways without a person: along the path of a lesson, or to a real server.
int step(const Arguments& arguments) {
  client::StepOptions options = arguments.step;
  options.security = client::find_security(arguments.security).value_or(client::Security::kNone);
  options.clear_is_wished = arguments.security == client::name(client::Security::kNone);
  if (arguments.step_patience > 0) {
    options.patience = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.step_patience * 1000));
  }
  if (!options.user.empty()) {
    auto password = client::read_password(options);
    if (!password) return complain(password.error(), options.language);
    options.password = std::move(*password);
  }
  const bool on_terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 && !terminal_is_dumb();
  if (on_terminal && !options.automatic && !options.script) return client::run_interactive(options);
  const bool visits = options.server && options.scenario.empty() && !options.script;
  return visits ? commands::visit_server(options, std::cout, std::cerr) : lines::run_lines(options);
}

int send_message(const Arguments& arguments) {
  if (arguments.example) return commands::print_example(std::cout);
  commands::SendOptions options = arguments.send;
  if (arguments.send_patience > 0) {
    options.patience = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.send_patience * 1000));
  }
  options.language = arguments.step.language;
  options.show_secrets = arguments.step.show_secrets;
  return commands::send_mail(options, std::cout, std::cerr);
}

int explain(const Arguments& arguments, const scenario::Catalogue& catalogue) {
  const auto knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return complain(knowledge.error(), arguments.step.language);
  std::string text;
  for (const std::string& word : arguments.words) text += (text.empty() ? "" : " ") + std::string(core::trim(word));
  return commands::explain(text, *knowledge, catalogue, {arguments.step.language, arguments.step.show_secrets}, std::cout,
                           std::cerr);
}

client::GroupBy grouping(const Arguments& arguments) {
  return client::find_grouping(arguments.by).value_or(client::GroupBy::kProvider);
}

int run(const Arguments& arguments) {
  if (arguments.task == Task::kStep) return step(arguments);
  if (arguments.task == Task::kSend) return send_message(arguments);
  if (arguments.task == Task::kSchema) {
    const auto kind = arguments.of_provider ? scenario::FileKind::kProvider : scenario::FileKind::kScenario;
    return commands::print_schema(kind, std::cout);
  }
  const auto catalogue = client::open_catalogue(arguments.step);
  if (!catalogue) return complain(catalogue.error(), arguments.step.language);
  const core::Language language = arguments.step.language;
  switch (arguments.task) {
    case Task::kStep:
    case Task::kSend:
    case Task::kSchema: break;
    case Task::kExplain: return explain(arguments, *catalogue);
    case Task::kList:
      return arguments.json ? commands::list_scenarios_json(*catalogue, std::cout, std::cerr)
                            : commands::list_scenarios(*catalogue, grouping(arguments), language, std::cout, std::cerr);
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
