#include "tests/labs/reports/sheets.h"

namespace test {
namespace {

using lab::CheckKind;
using lab::Outcome;
using From = lab::Line::From;

lab::Line line(std::uint64_t event, From from, std::string text, std::int64_t at, std::string decoded = "") {
  lab::Line one;
  one.event = event;
  one.from = from;
  one.text = std::move(text);
  one.at = at;
  one.decoded = std::move(decoded);
  return one;
}

lab::Line fault(lab::Line one) {
  one.is_at_fault = true;
  return one;
}

lab::CheckResult check(std::string name, core::Text title, Outcome outcome = Outcome::kPassed,
                       CheckKind kind = CheckKind::kMust) {
  lab::CheckResult one;
  one.name = std::move(name);
  one.title = std::move(title);
  one.kind = kind;
  one.outcome = outcome;
  one.of = kind == CheckKind::kMust ? 1 : 0;
  one.points = outcome == Outcome::kPassed ? one.of : 0;
  return one;
}

lab::Seen helo_advice() {
  lab::Seen seen;
  seen.id = "helo-not-fqdn";
  seen.severity = "advice";
  seen.events = {3};
  seen.title = {"HELO with a short name", "HELO 里的名字太短"};
  seen.why = {"A server wants the full name of the client.", "服务器希望看到客户端的完整名字。"};
  seen.fix = {"EHLO client.example, or EHLO [192.0.2.10]", "EHLO client.example，或者 EHLO [192.0.2.10]"};
  return seen;
}

lab::Seen early_command() {
  lab::Seen seen;
  seen.id = "sends-before-reply";
  seen.severity = "error";
  seen.events = {7, 8};
  seen.title = {"The next command was sent before the reply", "没等到回复就发了下一条命令"};
  seen.why = {"The reply decides what may come next: RFC 5321 §2.1 lets a client wait for it.",
              "回复决定下一步能做什么：按 RFC 5321 §2.1，客户端要等它。"};
  seen.fix = {"Read until the line whose code is followed by a blank.", "一直读到代码后面是空格的那一行。"};
  seen.expected = {"DATA behind the whole reply", "整个回复之后再发 DATA"};
  return seen;
}

lab::Seen no_quit() {
  lab::Seen seen;
  seen.id = "no-quit";
  seen.severity = "warning";
  seen.certain = false;
  seen.events = {12};
  seen.follows = "sends-before-reply";
  seen.title = {"Closed without QUIT", "没有 QUIT 就断开"};
  seen.why = {"The server cannot tell it from a lost connection.", "服务器分不清这是不是断线。"};
  seen.fix = {"Send QUIT and read 221.", "发送 QUIT，读到 221。"};
  return seen;
}

lab::Letter lunch() {
  return {"alice@course.example",
          {"bob@course.example", "carol@course.example"},
          "Lunch 午饭",
          "Shall we meet at noon?\n中午见？\n",
          {"picture.png"}};
}

lab::Dialogue dialogue() {
  lab::Dialogue one;
  one.connection = 1;
  one.host = "mail.course.example";
  one.port = 587;
  one.protocol = "smtp";
  one.scenario = "any/course";
  one.is_encrypted = true;
  one.lines = {line(1, From::kNote, "connected", 0),
               line(2, From::kServer, "220 mail.course.example ESMTP", 1'200),
               line(3, From::kClient, "HELO pc", 1'900),
               line(4, From::kServer, "250 mail.course.example", 2'400),
               line(5, From::kClient, "AUTH LOGIN YWxpY2VAY291cnNlLmV4YW1wbGU=", 2'900, "alice@course.example"),
               line(6, From::kServer, "334 UGFzc3dvcmQ6", 3'400, "Password:"),
               line(7, From::kClient, "RCPT TO:<bob@course.example>", 250'000),
               fault(line(8, From::kClient, "DATA", 250'900)),
               line(9, From::kServer, "250-OK", 500'100),
               line(9, From::kServer, "250 two lines of it", 500'100)};
  one.findings = {helo_advice(), early_command()};
  return one;
}

lab::TrialRecord trial(std::string name, core::Text title) {
  lab::TrialRecord one;
  one.name = std::move(name);
  one.title = std::move(title);
  one.repeat = "smtplab run any/course --with split -- python3 'my client.py'";
  one.dialogues = {dialogue()};
  one.letters = {lunch()};
  one.ended = {"exit status 0", "退出状态 0"};
  one.printed = "sent\n";
  one.took = 612'345;
  return one;
}

lab::Sheet sheet() {
  lab::Sheet one;
  one.lab = "textbook-client";
  one.number = 5;
  one.title = {"The textbook's client", "课本上的客户端"};
  one.command = {"python3", "my client.py", "--port", "25"};
  one.seed = 7;
  one.version = "0.1.0";
  one.trials = {trial("normal", {})};
  return one;
}

void count(lab::Sheet& sheet) {
  for (const lab::CheckResult& one : sheet.checks) {
    if (one.kind != CheckKind::kMust) continue;
    sheet.points += one.points;
    sheet.of += one.of;
  }
}

lab::CheckResult connects() { return check("connects", {"connects to the server", "连接服务器"}); }
lab::CheckResult quits(Outcome outcome) { return check("quit", {"ends with QUIT", "以 QUIT 结束"}, outcome); }

lab::CheckResult date_note() {
  lab::CheckResult one = check("date", {"the message has a Date", "信里有 Date"}, Outcome::kFailed, CheckKind::kNote);
  one.reason = {"The message has no Date field. " + helo_advice().why.en, "信里没有 Date 字段。" + helo_advice().why.zh};
  one.findings = {"helo-not-fqdn"};
  one.trial = "normal";
  return one;
}

lab::CheckResult waits() {
  lab::CheckResult one = check("replies-awaited", {"waits for each reply", "等待每条回复"}, Outcome::kFailed);
  one.reason = {"DATA was sent before the reply to RCPT had come.", "RCPT 的回复还没到，就发了 DATA。"};
  one.trial = "split";
  one.findings = {"sends-before-reply", "no-quit"};
  one.connection = 1;
  const lab::Dialogue said = dialogue();
  one.around.assign(said.lines.begin() + 4, said.lines.end());
  one.hints = {{"Look at the lines behind 250-.", "看看 250- 后面的行。"},
               {"recv() may give a part of a reply.", "recv() 可能只给回复的一部分。"}};
  one.lesson = "smtplab step any/pipelining";
  return one;
}

lab::CheckResult text_kept() {
  lab::CheckResult one = check("text", {"the text arrives as it was given", "正文原样到达"}, Outcome::kFailed);
  one.reason = {"A line that begins with a dot lost it.", "以点开头的一行丢了那个点。"};
  one.trial = "normal";
  one.expected = "first\n.hidden\n" + std::string(120, 'x') + "\n";
  one.actual = "first\nhidden\n" + std::string(120, 'x') + "\n";
  return one;
}

}  // namespace

lab::Sheet full_sheet() {
  lab::Sheet one = sheet();
  one.verdict = lab::Verdict::kFull;
  one.sentence = {"Everything that the lab asks for is there.", "实验要求的都做到了。"};
  one.praise = {"Well done: it reads each reply to its end.", "做得好：它把每条回复都读完了。"};
  one.checks = {connects(), quits(Outcome::kPassed)};
  count(one);
  return one;
}

lab::Sheet notes_sheet() {
  lab::Sheet one = sheet();
  one.verdict = lab::Verdict::kPassWithNotes;
  one.sentence = {"All that is marked is there.", "评分的要求都做到了。"};
  one.praise = {"Well done: it says QUIT and waits for 221.", "做得好：它发送 QUIT，并等到 221。"};
  one.first = "date";
  one.checks = {connects(), quits(Outcome::kPassed), date_note()};
  count(one);
  return one;
}

lab::Sheet partial_sheet() {
  lab::Sheet one = sheet();
  one.verdict = lab::Verdict::kPartial;
  one.sentence = {"It sends DATA before the server has answered RCPT.", "服务器还没答复 RCPT，它就发了 DATA。"};
  one.praise = {"Well done: it logs in with the right words.", "做得好：登录的写法是对的。"};
  one.first = "sends-before-reply";
  one.unprotected = {"No network of its own: what it does elsewhere is not seen.", "没有独立的网络：看不到它在别处做了什么。"};
  lab::TrialRecord split = trial("split", {"the server cuts each reply in two", "服务器把每条回复切成两半"});
  split.dialogues.front().findings.push_back(no_quit());
  split.ended = {"exit status 1", "退出状态 1"};
  one.trials.push_back(split);
  lab::CheckResult untried = check("twice", {"sends a second message", "再发一封信"}, Outcome::kNotTried);
  untried.reason = {"the first one was not accepted", "第一封没有被接受"};
  one.checks = {connects(), text_kept(), waits(), untried, quits(Outcome::kPassed), date_note()};
  count(one);
  return one;
}

lab::Sheet failed_sheet() {
  lab::Sheet one = sheet();
  one.number = 0;
  one.lab = "labs/mine.toml";
  one.verdict = lab::Verdict::kFail;
  one.sentence = {"It never connected.", "它没有连接过。"};
  one.first = "connects";
  lab::CheckResult connects = check("connects", {"connects to the server", "连接服务器"}, Outcome::kFailed);
  connects.reason = {"No connection came.", "没有连接进来。"};
  connects.trial = "normal";
  one.checks = {connects, quits(Outcome::kNotTried)};
  one.trials.front().dialogues.clear();
  one.trials.front().letters.clear();
  count(one);
  return one;
}

lab::Sheet unjudged_sheet() {
  lab::Sheet one = sheet();
  one.verdict = lab::Verdict::kNotJudged;
  one.unjudged = {"client.py is Python 2: line 12, print \"sent\".", "client.py 是 Python 2 写的：第 12 行，print \"sent\"。"};
  one.checks = {check("connects", {"connects to the server", "连接服务器"}, Outcome::kNotTried), quits(Outcome::kNotTried)};
  one.trials.clear();
  one.of = 2;
  return one;
}

// Markup of every format, controls, octets that are no UTF-8, characters that XML forbids: all of them are said by the program.
lab::Sheet hostile_sheet() {
  const std::string evil =
      "</script><script>alert(1)</script><b>&amp;\"' | `x` ```` *a* [l](http://e) @all #1 <!-- ]]> ok 1 - no # SKIP \\ -- ";
  const std::string octets("\x1b[31m\x07\x00 \xff \xe2\x80\xae rev \xef\xbf\xbe \xc2\x9b \r end", 30);
  lab::Sheet one = sheet();
  one.verdict = lab::Verdict::kFail;
  one.lab = "labs/a\"b<c>&.toml";
  one.command = {"sh", "-c", evil + octets, ""};
  one.title = core::same("Title " + evil);
  one.sentence = core::same(evil + octets + "\nBail out! <img src=x onerror=alert(1)>");
  one.praise = core::same(evil);
  one.first = "evil";
  lab::TrialRecord& normal = one.trials.front();
  normal.name = "normal";
  normal.title = core::same(evil);
  normal.repeat = "smtplab run -- " + evil;
  normal.ended = core::same(evil);
  normal.printed = evil + octets;
  lab::Dialogue& said = normal.dialogues.front();
  said.host = evil;
  said.scenario = evil;
  said.findings.front().title = core::same(evil);
  said.lines = {line(1, From::kServer, evil, 1), fault(line(2, From::kClient, octets, 2, evil)),
                line(3, From::kNote, evil + octets, 3)};
  normal.letters = {{evil, {octets}, evil, evil + "\n" + octets, {evil}}};
  lab::CheckResult bad = check("evil", core::same(evil), Outcome::kFailed);
  bad.reason = core::same(evil + "\n---\n..." + octets);
  bad.trial = "normal";
  bad.findings = {"helo-not-fqdn", "unknown-id"};
  bad.around = said.lines;
  bad.expected = evil + "\r\n\n" + octets;
  bad.actual = "\n" + octets;
  bad.hints = {core::same(evil)};
  bad.lesson = evil;
  lab::CheckResult untried = check("untried", core::same(evil), Outcome::kNotTried);
  untried.reason = core::same(evil + octets);
  lab::CheckResult note = check("note", core::same("-" + evil), Outcome::kFailed, CheckKind::kNote);
  note.reason = core::same("- " + evil);
  one.checks = {bad, untried, note};
  count(one);
  return one;
}

std::vector<NamedSheet> all_sheets() {
  return {{"full", full_sheet()},   {"pass-with-notes", notes_sheet()}, {"partial", partial_sheet()},
          {"fail", failed_sheet()}, {"not-judged", unjudged_sheet()},   {"hostile", hostile_sheet()}};
}

}  // namespace test
