// What a rule's conditions ask about a finished message.
#pragma once

#include <optional>
#include <string_view>

#include "mime/read.h"
#include "mockserver/scenario/rule.h"

namespace scenario {

// REQUIRES: what `content` views outlives it. Reads the message when first asked about more than its octets.
class MessageFacts {
 public:
  explicit MessageFacts(std::string_view content) : content_(content) {}

  // All conditions but from_is_sender, from_is_login and from_has_address.
  [[nodiscard]] bool fit(const MessageWhen& when);
  // Whether `same` says so of the one address in the one From field (RFC 5322 §3.6); false when there is none, or more than
  // one.
  template <typename Same>
  [[nodiscard]] bool from(Same same) {
    const std::vector<std::string> mailboxes = from_mailboxes();
    return mailboxes.size() == 1 && same(mailboxes.front());
  }
  // REQUIRES: is_about_messages(mistake).
  [[nodiscard]] bool shows(smtp::RemarkKind mistake) const;
  // What the named groups of the expressions stand for. REQUIRES: fit(when).
  void capture(const MessageWhen& when, Values& into);

 private:
  [[nodiscard]] const mime::Read& read();
  [[nodiscard]] bool has(const MessageWhen::Field& wanted);
  [[nodiscard]] bool has_text(const Pattern& pattern);
  [[nodiscard]] std::size_t count_of(std::string_view name);  // fields of that name
  [[nodiscard]] std::vector<std::string> from_mailboxes();

  std::string_view content_;
  std::optional<mime::Read> read_;
};

}  // namespace scenario
