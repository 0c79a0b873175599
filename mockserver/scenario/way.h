// The way through a whole dialogue that every server of a protocol should allow, as data: what leads up to a reply that is
// called by its name, and what is said of such steps.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mockserver/scenario/rule.h"
#include "protocol/protocol.h"

namespace scenario {

// How a client logs in, which depends on what the server offers.
enum class Login : std::uint8_t { kNone, kLogin, kPlain, kPlainTwoSteps, kUserAndPass, kToken };

struct GenericStep {
  std::string_view stage;    // as in the vocabulary
  Login login;               // only when the client logs in that way; kNone: always
  std::string_view send;     // a template
  std::string_view message;  // instead: mail data
  std::string_view expect;   // a code; empty: no reply comes
  std::string_view en;
  std::string_view zh;
  std::string_view needs = {};  // a word that the server has to offer for it
};

// What a reply of this stage answers.
struct StageRow {
  std::string_view stage;
  On on;
  std::string_view verbs;     // of On::kCommand, "EHLO|HELO"; empty: whatever the client says, except that it may always leave
  std::string_view subject;   // of a lesson about it
  bool before_login = false;  // it comes where nobody has logged in, nor begun TLS
  std::string_view goes_on = {};  // behind a reply that says "go on" this stage has to follow
};

// Where a reply for any time can be met, if the server's own rules give it there.
struct AnyTimeStep {
  std::string_view verb;  // empty: a line that is no command
  GenericStep step;
};

struct Way {
  std::string_view protocol;
  std::string_view greeting = {};               // the code of one that lets a client in
  std::chrono::minutes idle_timeout{5};         // how long a silent client is waited for
  std::string_view last_word = {};              // the code behind which the server closes; empty: there is none
  std::span<const StageRow> stages;             // the last one is "any"
  std::span<const GenericStep> steps;           // in their order; the last one says goodbye
  std::size_t before_tls = 0;                   // so many of them come before TLS is begun, or a login
  std::span<const GenericStep> begin_tls = {};  // what begins it, and what has to be said again behind it
  std::string_view tls_rule = {};               // where it stands that TLS is offered in clear only
  std::span<const GenericStep> try_login = {};  // where no mechanism is offered that this tool can do by itself
  std::string_view any_time_behind = {};        // the stage behind which any_time comes
  std::span<const AnyTimeStep> any_time = {};
};

// A protocol that has none has one that only says goodbye.
[[nodiscard]] const Way& way_of(const protocol::Protocol& protocol);

// The row of this stage; of one that is not known that of "any".
[[nodiscard]] const StageRow& stage_row(const Way& way, std::string_view stage);

// Inside of way.cpp.
[[nodiscard]] const Way& smtp_way();
[[nodiscard]] const Way& pop3_way();
[[nodiscard]] const Way& imap_way();

// Lines that are on no usual way, and those that answer a server's question in a login.
inline constexpr std::string_view kOtherLineEn = "Not a line of the usual way: look at what the server makes of it.";
inline constexpr std::string_view kOtherLineZh = "这一行不在平常的步骤里：看看服务器怎么回。";
inline constexpr std::string_view kLoginLineEn = "What the server has asked for in the login, in base64.";
inline constexpr std::string_view kLoginLineZh = "登录时服务器要的内容，用 base64 编码。";

// Put behind the words of the step that is answered by the reply that was asked for.
inline constexpr std::string_view kAnsweredEn = " This is where the server gives the reply this is about.";
inline constexpr std::string_view kAnsweredZh = "要看的回复就出现在这一步。";

// Put before the reason for a reply that nothing a client has said brought about.
inline constexpr std::string_view kForcedEn =
    "FORCED: this reply was called by its name; what you sent did not bring it about. When a real server says it, this is "
    "why: ";
inline constexpr std::string_view kForcedZh =
    "【强制】这条回复是按名字点出来的，不是你发的内容引起的。真正的服务器这样回，原因是：";

// Who logs in where the provider's file has no account.
inline constexpr std::string_view kGenericUser = "student@example.com";
inline constexpr std::string_view kGenericPassword = "authorization-code";

}  // namespace scenario
