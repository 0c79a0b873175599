// A server that answers by a table, and a way that talks to it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/fetch/way.h"

namespace fetch_test {

// What is answered to a command that begins so; "" is the greeting. Of IMAP without the tag, which is put in the place of "$".
using Answers = std::map<std::string, std::string, std::less<>>;

struct Talk {
  std::vector<std::string> said;        // by the client, without line ends and tags
  std::vector<fetch::Fetched> fetched;  //
  std::vector<fetch::Told> told;        //
  bool began_tls = false;
};

// The longest key with which the command begins.
inline const std::string* answer_to(const Answers& answers, std::string_view command) {
  const std::string* best = nullptr;
  std::size_t length = 0;
  for (const auto& [key, answer] : answers) {
    if (key.empty() || !command.starts_with(key) || key.size() < length) continue;
    best = &answer;
    length = key.size();
  }
  return best;
}

// Runs until nothing is said any more. has_tags: IMAP. chunk: octets in which the answers arrive. known: ids that are not
// wanted.
class Server {
 public:
  Server(fetch::Way& way, Answers answers, bool has_tags, std::size_t chunk)
      : way_(way), answers_(std::move(answers)), has_tags_(has_tags), chunk_(chunk) {}

  Talk run(const std::vector<std::string>& known = {}) {
    way_.connected(false);
    say(answers_[""]);
    for (int turn = 0; turn < 1000; ++turn) {
      if (way_.is_listed() && !std::exchange(wanted_, true)) want(known);
      const core::Actions actions = way_.take_actions();
      if (actions.empty()) break;
      for (const core::Action& action : actions) {
        if (const auto* const send = std::get_if<core::Send>(&action)) hear(send->bytes);
        if (std::holds_alternative<core::StartTls>(action)) {
          talk_.began_tls = true;
          way_.secured();
        }
      }
      collect();
    }
    collect();
    return std::move(talk_);
  }

 private:
  void want(const std::vector<std::string>& known) {
    std::vector<std::size_t> places;
    for (std::size_t place = way_.ids().size(); place-- > 0;) {
      if (std::find(known.begin(), known.end(), way_.ids()[place]) == known.end()) places.push_back(place);
    }
    way_.want(std::move(places));
  }

  void hear(std::string_view octets) {
    input_ += octets;
    for (std::size_t lf = input_.find('\n'); lf != std::string::npos; lf = input_.find('\n')) {
      std::string line = input_.substr(0, lf - 1);
      input_.erase(0, lf + 1);
      if (has_tags_ && !continues_) {
        tag_ = line.substr(0, line.find(' '));
        line.erase(0, tag_.size() + 1);
      }
      talk_.said.push_back(line);
      const std::string* const answer = answer_to(answers_, line);
      if (answer == nullptr) continue;
      std::string text = *answer;
      for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at + tag_.size())) {
        text.replace(at, 1, tag_);
      }
      continues_ = text.starts_with("+ ");
      say(text);
    }
  }

  void say(std::string_view octets) {
    for (std::size_t at = 0; at < octets.size(); at += chunk_) way_.receive(octets.substr(at, chunk_));
  }

  void collect() {
    for (fetch::Fetched& one : way_.take_fetched()) talk_.fetched.push_back(std::move(one));
    for (fetch::Told& one : way_.take_told()) talk_.told.push_back(std::move(one));
  }

  fetch::Way& way_;
  Answers answers_;
  bool has_tags_;
  std::size_t chunk_;
  Talk talk_;
  std::string input_;
  std::string tag_;
  bool wanted_ = false;
  bool continues_ = false;
};

inline std::vector<std::string> octets_of(const Talk& talk) {
  std::vector<std::string> out;
  for (const fetch::Fetched& one : talk.fetched) out.push_back(one.octets);
  return out;
}

}  // namespace fetch_test
