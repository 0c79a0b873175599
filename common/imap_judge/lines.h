// What is told of each thing a client says, when its turn has come, and of the answer to it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "findings/pace.h"
#include "imap_judge/credentials.h"
#include "imap_judge/habits.h"
#include "imap_judge/haste.h"
#include "imap_judge/literals.h"
#include "imap_judge/scene.h"
#include "imap_judge/strays.h"
#include "imap_judge/tags.h"

namespace imap_judge {

class Lines {
 public:
  explicit Lines(Scene& scene)
      : scene_(&scene), haste_(scene), literals_(scene), strays_(scene), habits_(scene), pace_(scene.server.is_stepped) {}

  void said(const Line& line);
  void answered(const Turn& turn);
  // Nothing more comes for now: what is held back for the next line is told. pending: what has come of it.
  void settle(std::string_view pending);
  // The connection is gone.
  void end() { habits_.end(); }

  [[nodiscard]] const findings::Pace& pace() const { return pace_; }
  [[nodiscard]] const Credentials& credentials() const { return credentials_; }
  // It was said, answered or not.
  [[nodiscard]] bool said_logout() const { return said_logout_; }

 private:
  void command(const Line& line);
  void response(const Line& line);
  void end_of_idle(const Line& line);
  void check_order(const Line& line);
  [[nodiscard]] bool check_numbers(const Line& line);
  void tell_forms(const Line& line, const std::vector<Sight>& sights);
  [[nodiscard]] bool is_extra_newline(const Line& line) const;
  void extra_newline(const Line& line);
  void hold_bare_lf(const Line& line);
  [[nodiscard]] bool look_back(const Line& line);
  void refused(const Turn& turn);
  void password_in_clear(const Turn& turn);

  Scene* scene_;
  Haste haste_;
  Literals literals_;
  Strays strays_;
  Habits habits_;
  Tags tags_;
  Credentials credentials_;
  findings::Pace pace_;
  Line last_;  // the line before
  bool said_logout_ = false;
  std::optional<Number> cause_;                // of what was told of this line, what it may be refused for
  std::optional<findings::Finding> stranger_;  // it has no verb that we know: a mistake if it is refused
  bool is_consequence_ = false;                // this line could only be refused
  bool knows_better_ = false;                  // the server has shown that a password goes another way here than in clear
  std::optional<findings::Finding> bare_lf_;   // LF alone ended the line before: perhaps a CR follows
};

}  // namespace imap_judge
