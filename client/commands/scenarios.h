// `smtplab scenarios`: the list, one scenario in full, and the check of a file.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "client/listing/groups.h"
#include "core/text.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {

// All of these give the exit status: 0, or 2 when a scenario cannot be read; `err` then hears why.

// The scenarios in groups, each with its title and what it teaches. Reads the heads of their files only (Catalogue::list);
// the others are listed when one cannot be read.
int list_scenarios(const scenario::Catalogue& catalogue, client::GroupBy by, core::Language language, std::ostream& out,
                   std::ostream& err);

// All of them as a JSON array: id, provider, title, subject, code, accounts, security. The passwords are those of a mock.
int list_scenarios_json(const scenario::Catalogue& catalogue, core::Language language, std::ostream& out, std::ostream& err);

// Every name that stands for a scenario; likewise each reply of one provider, as PROVIDER#REPLY.
int list_names(const scenario::Catalogue& catalogue, std::ostream& out);
int list_replies(const scenario::Catalogue& catalogue, const std::string& provider, core::Language language, std::ostream& out,
                 std::ostream& err);

// Everything about one scenario: accounts, steps, and its rules in words. id: whatever Catalogue::load takes.
int show_scenario(const scenario::Catalogue& catalogue, const std::string& id, core::Language language, std::ostream& out,
                  std::ostream& err);

// "FILE: ok" for each file in order, otherwise everything that is wrong with it. A file that is right by itself has its guided
// path played through: the first step that is not answered as it says is an error too.
int check_scenarios(const scenario::Catalogue& catalogue, const std::vector<std::string>& files, core::Language language,
                    std::ostream& out, std::ostream& err);

}  // namespace commands
