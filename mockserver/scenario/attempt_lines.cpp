#include "mockserver/scenario/attempt_lines.h"

#include <algorithm>
#include <utility>

#include "core/base64.h"
#include "core/text.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;
using smtp::Input;

// MAIL and RCPT go wrong in the same ways.
Lines malformed_paths(const std::string& verb, const std::string& word) {
  Lines lines;
  for (const char* const rest : {"",
                                 " {word}",
                                 " {word}:",
                                 " {word}:alice",
                                 " {word}:{user}",
                                 " {word} <{user}>",
                                 " {word}: <{user}>",
                                 " {word}:<{user}",
                                 " <{user}>",
                                 " {user}",
                                 " {word}:Alice <{user}>",
                                 " {word}:<Alice {user}>",
                                 " {word}:<alice>",
                                 " {word}:<@>",
                                 " {word}:<alice@>",
                                 " {word}:<alice@@example.org>",
                                 " {word}:<alice@example..org>",
                                 " {word}:<b\xC3\xB8@b.example>",
                                 " {word}:<>",
                                 " {word}:<{user}> X-PRIORITY=1",
                                 " {word}:<{user}> SIZE=many",
                                 " {word}:<{user}> BODY=9BIT",
                                 " {word}:<{user}> NOTIFY=NEVER",
                                 " {word}:<{user}> SMTPUTF8",
                                 " {word}:<{user}> AUTH=<>",
                                 " {word}:<{user}> RET=HDRS"}) {
    lines.push_back(verb + core::replace_all(rest, "{word}", word));
  }
  return lines;
}

std::string plain(std::string_view user, std::string_view password) {
  const std::string nul(1, '\0');
  return core::base64_encode(nul + std::string(user) + nul + std::string(password));
}

// The token of XOAUTH2 in its frame.
std::string xoauth2(std::string_view user, std::string_view token) {
  return core::base64_encode("user=" + std::string(user) + "\x01" + "auth=Bearer " + std::string(token) + "\x01\x01");
}

struct Credentials {
  std::string user;
  std::string password;
};

// Names and passwords that a rule's conditions could be about.
std::vector<Credentials> credentials_for(const When& when, const Scenario& scenario) {
  const Account& account = scenario.accounts.front();
  Lines users{account.user};
  if (const auto* const user = when.asked<Pattern>("user")) users = texts_for(*user, usual_addresses(scenario));
  if (when.asks_for("user_known", false))
    users.insert(users.begin(), "nobody" + account.user.substr(std::min(account.user.find('@'), account.user.size())));
  Lines passwords{account.password, "not-the-password", account.password + "\n", account.password + "\r\n", ""};
  if (!account.web_password.empty()) passwords.insert(passwords.begin() + 1, account.web_password);
  std::vector<Credentials> all;
  for (const std::string& user : users) {
    for (const std::string& password : passwords) all.push_back({user, password});
  }
  return all;
}

// Ways to give them. `offers` says which mechanisms come first.
void add_ways(const Credentials& one, std::vector<Lines>& to) {
  const std::string user = core::base64_encode(one.user);
  const std::string password = core::base64_encode(one.password);
  to.push_back({"AUTH LOGIN", user, password});
  to.push_back({"AUTH PLAIN " + plain(one.user, one.password)});
  to.push_back({"AUTH PLAIN", plain(one.user, one.password)});
  to.push_back({"AUTH LOGIN " + user, password});
  to.push_back({"AUTH XOAUTH2 " + xoauth2(one.user, one.password), ""});
  to.push_back({"AUTH CRAM-MD5", core::base64_encode(one.user + " 00000000000000000000000000000000")});
}

std::vector<Lines> unreadable_logins(const std::string& user) {
  const std::string name = core::base64_encode(user);
  return {{"AUTH LOGIN", name, "not base64!"},
          {"AUTH PLAIN", "not base64!"},
          {"AUTH LOGIN", name, "*"},
          {"AUTH LOGIN", "*"},
          {"AUTH PLAIN", "*"},
          {"AUTH PLAIN bm90IHBsYWlu"},
          {"AUTH LOGIN", "not base64!"},
          {"AUTH PLAIN not-base64!"},
          {"AUTH PLAIN", "bm90IHBsYWlu"},
          {"AUTH CRAM-MD5", "not base64!"},
          {"AUTH XOAUTH2 bm90IHhvYXV0aDI="},
          {"AUTH CRAM-MD5", "*"},
          {"AUTH LOGIN", "=", "="}};
}

const smtp::Extensions& offered(const Scenario& scenario, bool encrypted) {
  const smtp::ServerConfig& server = scenario.server;
  return encrypted && server.extensions_tls ? *server.extensions_tls : server.extensions;
}

std::string_view mechanism_of(const Lines& login) {
  const std::string_view rest = std::string_view(login.front()).substr(5);
  return rest.substr(0, rest.find(' '));
}

}  // namespace

Lines ordinary_lines(Input verb) {
  switch (verb) {
    case Input::kHelo: return {"HELO {client}"};
    case Input::kEhlo: return {"EHLO {client}"};
    case Input::kMail: return {"MAIL FROM:<{user}>"};
    case Input::kRcpt: return {"RCPT TO:<{user}>"};
    case Input::kBdat: return {"BDAT 0 LAST"};
    case Input::kVrfy: return {"VRFY {user}", "VRFY nobody", "VRFY alice", "VRFY bob", "VRFY root"};
    case Input::kExpn: return {"EXPN staff", "EXPN root", "EXPN nobody"};
    case Input::kHelp: return {"HELP", "HELP MAIL", "HELP NOSUCH"};
    case Input::kAuth:
      return {"AUTH LOGIN", "AUTH PLAIN {plain}", "AUTH PLAIN", "AUTH CRAM-MD5", "AUTH XOAUTH2", "AUTH NTLM", "AUTH NOSUCH"};
    default: break;
  }
  const smtp::CommandRow& row = smtp::row(verb);
  if (row.verb.empty()) return {};
  return {std::string(row.verb) + (row.argument.empty() ? "" : " ") + std::string(row.argument)};
}

Lines malformed_lines(Input verb) {
  if (verb == Input::kMail) return malformed_paths("MAIL", "FROM");
  if (verb == Input::kRcpt) return malformed_paths("RCPT", "TO");
  const Lines ordinary = ordinary_lines(verb);
  if (ordinary.empty()) return {};
  const std::string word = ordinary.front().substr(0, ordinary.front().find(' '));
  if (verb == Input::kHelo || verb == Input::kEhlo) {
    Lines lines;
    for (const char* const name :
         {"", " my_computer", " -computer.example", " client..example", " [127.0.0.1", " [127.0.0.1]x", " alice@example.com",
          " 127.0.0.1", " \xE7\x94\xB5\xE8\x84\x91", " a/b", " @", " my computer"}) {
      lines.push_back(word + name);
    }
    return lines;
  }
  if (verb == Input::kAuth)
    return {"AUTH", "AUTH NOSUCH", "AUTH LOGIN one two", "AUTH PLAIN not-base64!", "AUTH =", "AUTH LOGIN a"};
  return {word, word + " now", word + " @@", word + " one two", word + " 5 FIRST"};
}

Lines unknown_lines() {
  using namespace std::string_literals;
  return {"XYZZY",
          "",
          " EHLO {client}",
          "WIZ",
          "DEBUG",
          "ETRN example.org",
          "TURN",
          "SAML FROM:<{user}>",
          "SEND FROM:<{user}>",
          "SOML FROM:<{user}>",
          "GET / HTTP/1.1",
          "POST / HTTP/1.1",
          "Subject: A test",
          "HELO{client}",
          "AUTHPLAIN",
          ".",
          "XYZZY a\0b"s};
}

Lines usual_clients() {
  return {"{client}",          "client",      "localhost",   "laptop",
          "my_computer",       "[127.0.0.1]", "127.0.0.1",   "localhost.localdomain",
          "alice@example.com", "a/b",         "laptop.local"};
}

Lines usual_addresses(const Scenario& scenario) {
  Lines all{scenario.accounts.front().user};
  const std::string own_domain = all.front().substr(std::min(all.front().find('@'), all.front().size()));
  if (scenario.accounts.size() > 1) all.push_back(scenario.accounts[1].user);
  for (const char* const one : {"carol@example.net", "", "carol@example.com", "carol@nowhere.invalid", "alice", "root",
                                "carol@laptop.localdomain", "newsletter@example.com", "postmaster@example.com",
                                "carol%example.net@example.com", "carol!dave@example.com", "b\xC3\xB8@b.example"}) {
    all.emplace_back(one);
  }
  if (!own_domain.empty()) all.insert(all.begin() + 1, "nobody" + own_domain);
  return all;
}

Lines texts_for(const Pattern& pattern, const Lines& usual) {
  Lines fitting;
  std::copy_if(usual.begin(), usual.end(), std::back_inserter(fitting),
               [&](const std::string& text) { return pattern.matches(text == "{client}" ? "client.example" : text); });
  if (!fitting.empty()) return fitting;
  std::string made = core::replace_all(core::replace_all(pattern.text(), "*@", "carol@"), "@*", "@example.net");
  made = core::replace_all(core::replace_all(made, "?*", "x"), "?", "x");
  for (const char* const run : {"", "x"}) {
    std::string one = core::replace_all(made, "*", run);
    if (!one.empty() && pattern.matches(one)) return {std::move(one)};
  }
  return {};
}

std::vector<Lines> logins_for(const When& when, const Scenario& scenario) {
  std::vector<Lines> logins;
  const std::vector<Lines> unreadable = unreadable_logins(scenario.accounts.front().user);
  if (when.syntax == Wanted::kWrong || when.asks("mistake")) logins = unreadable;
  for (const Credentials& one : credentials_for(when, scenario)) add_ways(one, logins);
  if (when.syntax == Wanted::kAny) logins.insert(logins.end(), unreadable.begin(), unreadable.end());
  if (const auto* const mechanism = when.asked<Pattern>("mechanism")) {
    std::erase_if(logins, [&](const Lines& one) { return !mechanism->matches(mechanism_of(one)); });
    if (logins.empty()) logins.push_back({"AUTH " + mechanism->text()});
  }
  const auto* const tls = when.asked<bool>("tls");
  const bool encrypted = tls == nullptr ? scenario.security != Security::kNone : *tls;
  std::stable_partition(logins.begin(), logins.end(), [&](const Lines& one) {
    return offered(scenario, encrypted).offers_mechanism(std::string(mechanism_of(one)));
  });
  return logins;
}

Lines ordinary_login(const Scenario& scenario, bool encrypted) {
  const smtp::Extensions& extensions = offered(scenario, encrypted);
  if (extensions.offers_mechanism("LOGIN")) return {"AUTH LOGIN", "{user|base64}", "{password|base64}"};
  if (extensions.offers_mechanism("PLAIN")) return {"AUTH PLAIN {plain}"};
  return {};
}

}  // namespace scenario
