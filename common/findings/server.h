// What is known of a server, and of who talks to it, besides what they say. All of it may be left out: then what only it can
// show is not told.
#pragma once

#include <string>
#include <vector>

namespace findings {

// Somebody who may log in.
struct Account {
  std::string user;
  std::string password;
  std::string web_password;  // of the web site, with which mail programs do not get in; may be empty
};

struct Server {
  std::vector<Account> accounts = {};
  std::vector<std::string> guests =
      {};                             // domains whose addresses it knows, with any password that has the form of the accounts'
  bool begins_in_tls = false;         // TLS from the first octet on
  bool is_not_to_be_trusted = false;  // its certificate is one that a careful client refuses
  bool is_stepped = false;            // a person sends line by line, by a program of ours: how long that takes says nothing
};

}  // namespace findings
