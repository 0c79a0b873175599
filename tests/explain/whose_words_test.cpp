#include "client/explain/whose_words.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/door.h"
#include "tests/explain/reader.h"

namespace {

std::string title(const explain::KnownReply* reply) { return reply == nullptr ? "" : reply->title.en; }

}  // namespace

TEST_CASE("whose words: what is known of the server decides, not the alphabet") {
  struct Row {
    std::string name;
    std::string host;
    std::string banner;
    std::vector<std::string> reply;
    std::string stage;
    std::string sure;
    std::string candidates;  // "Postfix, iCloud Mail"
  };
  const std::vector<std::string> relay{"554 5.7.1 <x@y>: Relay access denied"};
  for (const Row& row : {
           Row{"a banner names the program", "mail.school.edu", "mail.school.edu ESMTP Postfix (Debian/GNU)", relay, "rcpt",
               "Postfix", ""},
           Row{"the name asked for is a provider's", "smtp.mail.me.com", "", relay, "rcpt", "iCloud Mail", ""},
           Row{"nobody can say", "mail.school.edu", "mail.school.edu ESMTP", relay, "rcpt", "", "Postfix, iCloud Mail"},
           Row{"an address in the reply is nobody's name",
               "mail.school.edu",
               "",
               {"554 5.7.1 <x@icloud.com>: Relay access denied"},
               "rcpt",
               "",
               "Postfix, iCloud Mail"},
           Row{"a server of somebody else has no candidates", "mx.example", "mx.example ESMTP Exim 4.96", relay, "rcpt", "",
               ""},
           Row{"a beginning in a greeting is not what another says to EHLO",
               "mail.school.edu",
               "",
               {"421 4.7.0 Try again later"},
               "connect",
               "",
               ""},
           Row{"common words are nobody's alone",
               "mail.school.edu",
               "",
               {"550 5.1.1 User unknown"},
               "rcpt",
               "",
               "Sendmail, Exchange Server, Zoho Mail"},
           Row{"the words themselves say it", "", "", {"553 authentication is required,163 smtp11,x y"}, "", "NetEase 163", ""},
           Row{"a domain beats a word",
               "smtp.163.com",
               "163.com Anti-spam GT for Coremail System",
               {"421 HL:ICC"},
               "connect",
               "NetEase 163",
               ""},
           Row{"of a family the longest name",
               "smtp.exmail.qq.com",
               "smtp.qq.com Esmtp QQ Mail Server",
               {"503 Error: need EHLO and AUTH first !"},
               "",
               "Tencent Exmail",
               ""},
       }) {
    CAPTURE(row.name);
    explain::Traces traces(row.host);
    traces.add(row.banner);
    const explain::Whose whose =
        whose_words(test::vocabulary(), smtp::door().answer_from_lines(row.reply).value(), traces, row.stage);
    CHECK(title(whose.known) == row.sure);
    std::string names;
    for (const explain::KnownReply* const one : whose.candidates) names += (names.empty() ? "" : ", ") + title(one);
    CHECK(names == row.candidates);
  }
}

TEST_CASE("whose words: every provider that runs servers has signs, and its own name gives it away") {
  for (const explain::KnownProvider& provider : test::vocabulary().providers()) {
    CAPTURE(provider.name);
    const bool is_nobody = provider.name.starts_with("any") || provider.name.starts_with("faults") || provider.name == "rfc" ||
                           provider.name == "courier";
    CHECK(provider.signs.empty() == is_nobody);
  }
}

TEST_CASE("whose words: a domain is told from what only ends alike") {
  struct Row {
    std::string said;
    bool fits;
  };
  for (const Row& row : {Row{"smtp.163.com", true}, Row{"163.com", true}, Row{"163.COM ready", true}, Row{"x163.com", false},
                         Row{"163.com.example", false}, Row{"<bob@163.com>", false}, Row{"see http://mail.163.com/help.", true},
                         Row{"", false}}) {
    CAPTURE(row.said);
    CHECK((explain::Traces(row.said).weight({"163.com"}) > 0) == row.fits);
  }
}
