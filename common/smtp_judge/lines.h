// What is told of each thing a client says, when its turn has come, and of the reply to it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "findings/pace.h"
#include "smtp_judge/haste.h"
#include "smtp_judge/login.h"
#include "smtp_judge/scene.h"
#include "smtp_judge/strays.h"

namespace smtp_judge {

class Lines {
 public:
  explicit Lines(Scene& scene) : scene_(&scene), haste_(scene), strays_(scene), pace_(scene.server.is_stepped) {}

  void said(const Line& line);
  void answered(const Turn& turn);
  // Nothing more comes for now: what is held back for the next line is told. pending: what has come of it.
  void settle(std::string_view pending);

  [[nodiscard]] const findings::Pace& pace() const { return pace_; }
  // It was said, answered or not.
  [[nodiscard]] bool said_quit() const { return said_quit_; }

 private:
  void command(const Line& line);
  [[nodiscard]] bool speaks_otherwise(const Line& line);
  void check_order(const Line& line);
  void response(const Line& line);
  void message(const Line& line);
  void tell_forms(const Line& line, const std::vector<findings::Sight>& sights);
  [[nodiscard]] bool is_extra_newline(const Line& line) const;
  void extra_newline(const Line& line);
  void hold_bare_lf(const Line& line);
  void look_back(const Line& line);
  void zeros_before(const Line& line);
  void release_letter();
  void refused(const Turn& turn);
  void count_refusal(const Turn& turn);
  void password_in_clear(const Turn& turn);
  void sender_of_another(const Turn& turn);

  Scene* scene_;
  Haste haste_;
  Strays strays_;
  Login login_;
  findings::Pace pace_;
  smtp::Input before_ = smtp::Input::kConnect;  // what the line before was
  std::string last_text_;                       // … and its text; empty when it was a message
  smtp::LineEnd last_end_ = smtp::LineEnd::kCrlf;
  bool is_last_base64_ = false;  // … of a login, or meant for one
  bool is_first_ = true;
  bool is_foreign_ = false;  // it speaks another protocol: nothing that it says is a mistake of this one
  bool said_quit_ = false;
  std::optional<Number> cause_;                    // of what was told of this line, what it may be refused for
  bool is_consequence_ = false;                    // this line could only be refused
  std::optional<findings::Finding> bare_lf_;       // LF alone ended the line before: perhaps a CR follows
  std::optional<findings::Finding> empty_answer_;  // an empty password: perhaps the end of the user's line came twice
  std::vector<findings::Finding> letter_;          // of the last message: perhaps a dot has cut it
  std::vector<findings::Finding> refusals_;        // of the same line, one after the other
  std::string refused_line_;
  microseconds refused_at_{};
};

}  // namespace smtp_judge
