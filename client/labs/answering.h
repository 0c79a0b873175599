// Types what a program asks for.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/lab.h"

namespace lab {

class Answering {
 public:
  // REQUIRES: lab outlives it. Rows that give what is not given are left out.
  Answering(const Lab& lab, Given given);

  // As program::Typist::next. A text of several lines is typed line by line as long as nothing else is asked, and ended with a
  // dot, as at many prompts.
  [[nodiscard]] std::optional<std::string> next(std::string_view printed);

  // Names of what was typed of the given.
  [[nodiscard]] const std::set<std::string>& told() const { return told_; }
  // There was no answer left.
  [[nodiscard]] bool has_run_out() const { return has_run_out_; }

 private:
  [[nodiscard]] const Answer* find(std::string_view question);
  void queue(const std::string& text);

  std::vector<const Answer*> answers_;
  Given given_;
  std::deque<std::string> lines_;  // still to be typed
  bool is_text_ = false;           // of several lines
  std::map<const Answer*, int> given_so_often_;
  std::set<std::string> told_;
  bool has_run_out_ = false;
};

}  // namespace lab
