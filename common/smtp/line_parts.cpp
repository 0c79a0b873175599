#include "smtp/line_parts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text.h"

namespace smtp {
namespace {

constexpr std::string_view kBlanks = " \t";

// Cuts a line into pieces from left to right.
class Cutter {
 public:
  explicit Cutter(std::string_view line) : line_(line) { skip_blanks(); }

  // Takes `length` octets as the part of this name; one without a name is no part of the grammar.
  void take(std::size_t length, std::string_view name) {
    if (length > 0 && !name.empty()) parts_.push_back({name, {at_, at_ + length}});
    at_ += length;
    skip_blanks();
  }

  // The rest of the line without blanks at its end.
  [[nodiscard]] std::string_view rest() const { return core::trim(line_.substr(at_)); }
  // Octets up to the next blank.
  [[nodiscard]] std::size_t word() const { return std::min(rest().find_first_of(kBlanks), rest().size()); }

  [[nodiscard]] std::vector<protocol::Part> take_parts() { return std::move(parts_); }

 private:
  void skip_blanks() { at_ = std::min(line_.find_first_not_of(kBlanks, at_), line_.size()); }

  std::string_view line_;
  std::size_t at_ = 0;
  std::vector<protocol::Part> parts_;
};

// Octets of a path: up to its ">", whatever stands in between; a blank inside a quoted string does not end it.
std::size_t path_length(std::string_view text) {
  if (!text.starts_with('<')) return std::min(text.find_first_of(kBlanks), text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '>' && !quoted) {
      return i + 1;
    }
  }
  return std::min(text.find_first_of(kBlanks), text.size());
}

// "MAIL FROM:" Reverse-path [SP Mail-parameters], or the same with RCPT TO:
void cut_envelope(Cutter& cutter, bool is_mail) {
  const std::string_view rest = cutter.rest();
  const std::size_t verb = cutter.word();
  // A second word that is not FROM or TO is no part of the verb; without a colon it may end at a blank or at the path.
  const std::size_t second = std::min(rest.find_first_not_of(kBlanks, verb), rest.size());
  const std::string_view keyword = is_mail ? "FROM" : "TO";
  std::size_t end = verb;
  if (core::starts_with_ignoring_case(rest.substr(second), keyword)) {
    end = second + keyword.size();
    if (rest.substr(end).starts_with(':')) ++end;
  }
  cutter.take(end, is_mail ? "MAIL FROM:" : "RCPT TO:");
  const std::size_t path = path_length(cutter.rest());
  const bool postmaster = core::equals_ignoring_case(cutter.rest().substr(0, path), "<Postmaster>");
  cutter.take(path, is_mail ? "Reverse-path" : postmaster ? "<Postmaster>" : "Forward-path");
  cutter.take(cutter.rest().size(), is_mail ? "Mail-parameters" : "Rcpt-parameters");
}

// What the one argument of most commands is called: the last word of the grammar. Empty where there is none.
std::string_view argument_name(Input input, std::string_view argument) {
  if (input == Input::kEhlo) return argument.starts_with('[') ? "address-literal" : "Domain";
  std::string_view grammar = row(input).grammar;
  while (grammar.ends_with(' ') || grammar.ends_with(']')) grammar.remove_suffix(1);
  const std::string_view last = grammar.substr(grammar.rfind(' ') + 1);
  return last.starts_with('"') ? std::string_view() : last;
}

}  // namespace

std::vector<protocol::Part> parts_of(Input input, std::string_view line) {
  Cutter cutter(line);
  if (input == Input::kMail || input == Input::kRcpt) {
    cut_envelope(cutter, input == Input::kMail);
  } else if (input == Input::kAuthResponse) {
    cutter.take(cutter.rest().size(), cutter.rest() == "*" ? "*" : "base64");
  } else if (input == Input::kUnknown) {
    cutter.take(cutter.rest().size(), "line");
  } else {
    cutter.take(cutter.word(), row(input).verb);
    if (input == Input::kAuth) {
      cutter.take(cutter.word(), "sasl-mech");
      cutter.take(cutter.rest().size(), "initial-response");
    } else if (input == Input::kBdat) {
      cutter.take(cutter.word(), "chunk-size");
      cutter.take(cutter.word(), "LAST");
    } else {
      cutter.take(cutter.rest().size(), argument_name(input, cutter.rest()));
    }
  }
  return cutter.take_parts();
}

}  // namespace smtp
