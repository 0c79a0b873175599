// The list of all scenarios, made from the tops of their files.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/catalogue.h"
#include "tests/mockserver/folder.h"

using scenario::Catalogue;
using scenario::Head;

namespace {

constexpr const char* kListedProvider = "[title]\nen='Mock'\nzh='模拟'\n[server]\nname='mock.example'\n";
const std::string kListedHead = "extends='p'\nsubject='size'\ncode=552\n[title]\nen='t'\nzh='题'\n[summary]\nen='s'\nzh='述'\n";
const Head kWanted{"p/x", "p", {"Mock", "模拟"}, {"t", "题"}, {"s", "述"}, "size", "552"};

// The list of a folder with one provider and this scenario.
scenario::Listing list(const std::string& text, const std::string& provider = kListedProvider) {
  const test::Folder folder;
  folder.write("p/provider.toml", provider);
  folder.write("p/x.toml", text);
  const auto catalogue = Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  scenario::Listing listing = catalogue->list();
  // What is wrong with a file is told as it is when the file is loaded.
  if (!listing.faults.empty()) CHECK(listing.faults.front().text == catalogue->load("p/x").error().text);
  return listing;
}

}  // namespace

TEST_CASE("listing: the head of every embedded scenario is what loading it gives") {
  const Catalogue catalogue = Catalogue::embedded();
  const scenario::Listing listing = catalogue.list();
  CHECK(listing.faults.empty());
  const std::vector<std::string> ids = catalogue.ids();
  REQUIRE(listing.heads.size() == ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CAPTURE(ids[i]);
    const Head loaded = catalogue.load(ids[i]).value();
    CHECK(listing.heads[i] == loaded);
  }
}

TEST_CASE("listing: wherever the head stands in a file, it is found") {
  struct Row {
    const char* name;
    std::string text;
  };
  const std::string step = "[[step]]\nsend='NOOP'\nexpect=250\nsay={en='x',zh='叉'}\n";
  for (const Row& row : {
           Row{"alone", kListedHead},
           Row{"before steps", kListedHead + step},
           Row{"with CRLF",
               "extends='p'\r\nsubject='size'\r\ncode=552\r\ntitle={en='t',zh='题'}\r\nsummary={en='s',zh='述'}\r\n"},
           Row{"without a line end", "extends='p'\nsubject='size'\ncode=552\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}"},
           Row{"behind comments and empty lines", "# [[rule]]\n\n  # x\n" + kListedHead},
           Row{"the title behind the server",
               "extends='p'\nsubject='size'\ncode=552\n[server]\nname='n'\n[title]\nen='t'\nzh='题'\n[summary]\nen='s'\nzh='述'"
               "\n"},
           Row{"a table with blanks in its brackets",
               "extends='p'\nsubject='size'\ncode=552\n[ title ]\nen='t'\nzh='题'\n[ summary ]\nen='s'\nzh='述'\n"},
           Row{"the server in front, as a dotted key",
               "extends='p'\nserver.extensions=[\n'PIPELINING',\n]\nsubject='size'\ncode=552\n" +
                   kListedHead.substr(kListedHead.find("[title"))},
       }) {
    CAPTURE(row.name);
    const scenario::Listing listing = list(row.text);
    CHECK(listing.faults.empty());
    REQUIRE(listing.heads.size() == 1);
    CHECK(listing.heads.front() == kWanted);
  }
}

TEST_CASE("listing: a text over several lines may look like the next table") {
  const std::string text =
      "extends='p'\nsubject='size'\n[title]\nen='t'\nzh='题'\n[summary]\nzh='述'\nen='''\none\n[[rule]]\ntwo'''\n";
  const scenario::Listing listing = list(text);
  REQUIRE(listing.heads.size() == 1);
  CHECK(listing.heads.front().summary.en == "one\n[[rule]]\ntwo");
  CHECK(listing.heads.front().code.empty());
}

TEST_CASE("listing: what is wrong at the top of a file is told, what is wrong below it when it is loaded") {
  struct Row {
    const char* name;
    std::string text;
    bool listed;
  };
  for (const Row& row : {
           Row{"no TOML", "extends=\n" + kListedHead, false},
           Row{"an unknown key", "cod=1\n" + kListedHead, false},
           Row{"no title", "extends='p'\nsubject='size'\nsummary={en='s',zh='述'}\n", false},
           Row{"no subject", "extends='p'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n", false},
           Row{"a subject that is none", "extends='p'\nsubject='weather'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n",
               false},
           Row{"one language", "extends='p'\nsubject='size'\ntitle={en='t'}\nsummary={en='s',zh='述'}\n", false},
           Row{"no provider", kListedHead.substr(kListedHead.find('\n') + 1), false},
           Row{"an unknown provider", "extends='q'\n" + kListedHead.substr(kListedHead.find('\n') + 1), false},
           Row{"a rule", kListedHead + "[[rule]]\nrepply='250 x'\n", true},
           Row{"a step that is no TOML", kListedHead + "[[step]]\nsend=\n", true},
       }) {
    CAPTURE(row.name);
    const scenario::Listing listing = list(row.text);
    CHECK(listing.heads.size() == (row.listed ? 1U : 0U));
    CHECK(listing.faults.size() == (row.listed ? 0U : 1U));
  }
}

TEST_CASE("listing: a provider whose file is wrong at its top takes its scenarios with it") {
  CHECK(list(kListedHead, "[title]\nen='Mock'\n").faults.size() == 1);
  CHECK(list(kListedHead, std::string(kListedProvider) + "[[rule]]\nrepply='250 x'\n").heads.size() == 1);
}
