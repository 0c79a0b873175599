// What is told of each thing a client says, when its turn has come, and of the answer to it.
#pragma once

#include <optional>
#include <vector>

#include "findings/pace.h"
#include "pop3_judge/credentials.h"
#include "pop3_judge/haste.h"
#include "pop3_judge/scene.h"
#include "pop3_judge/strays.h"

namespace pop3_judge {

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
  void response(const Line& line);
  void check_order(const Line& line);
  void tell_forms(const Line& line, const std::vector<findings::Sight>& sights);
  [[nodiscard]] bool is_extra_newline(const Line& line) const;
  void extra_newline(const Line& line);
  void hold_bare_lf(const Line& line);
  [[nodiscard]] bool look_back(const Line& line);
  void refused(const Turn& turn);
  void password_in_clear(const Turn& turn);

  Scene* scene_;
  Haste haste_;
  Strays strays_;
  Credentials credentials_;
  findings::Pace pace_;
  pop3::Input before_ = pop3::Input::kConnect;  // the line before …
  Line last_;                                   // … whole
  bool said_quit_ = false;
  std::optional<Number> cause_;                // of what was told of this line, what it may be refused for
  std::optional<findings::Finding> stranger_;  // it begins with no verb: a mistake if it is refused
  bool is_consequence_ = false;                // this line could only be refused
  bool knows_better_ = false;                  // CAPA has shown that a password goes another way here than in clear
  std::optional<findings::Finding> bare_lf_;   // LF alone ended the line before: perhaps a CR follows
};

}  // namespace pop3_judge
