#include "client/commands/explain_line.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "client/base/within.h"
#include "client/commands/explain_sasl.h"
#include "core/secret.h"
#include "core/show.h"
#include "knowledge/terms.h"
#include "protocol/known.h"
#include "protocol/response_remarks.h"
#include "sasl/response_line.h"

namespace commands {
namespace {

using client::Word;

void grammar_parts(const knowledge::CommandEntry& entry, Printer& printer) {
  for (const knowledge::GrammarPart& part : entry.parts) {
    printer.line("    " + padded(part.part, kPieceColumns) + printer.in(part.meaning));
  }
}

const protocol::Protocol& protocol_for(protocol::Input input) { return *protocol::find(input.row().protocol); }

void piece_row(std::string_view piece, std::string_view meaning, Printer& printer) {
  printer.line("    " + padded(piece, kPieceColumns) + std::string(meaning));
}

void line_parts(const knowledge::CommandEntry& entry, const CommandLine& meant, const std::vector<core::Span>& secrets,
                const knowledge::Knowledge& knowledge, Printer& printer) {
  const protocol::Input command = meant.commands.front();
  const protocol::Protocol& spoken = protocol_for(command);
  for (const protocol::Part& one : spoken.parts_of(command, meant.line)) {
    const auto part = std::find_if(entry.parts.begin(), entry.parts.end(),
                                   [&](const knowledge::GrammarPart& of) { return of.part == one.name; });
    const std::string_view piece = std::string_view(meant.line).substr(one.where.begin, one.where.end - one.where.begin);
    const std::string shown = core::show_masked(piece, client::within(secrets, one.where));
    if (part == entry.parts.end()) {
      if (const auto* const term = knowledge.term(spoken.name(), one.name))
        piece_row(shown, printer.in(term->meaning), printer);
      continue;
    }
    const std::string name = part->part == piece ? std::string() : part->part + " · ";
    piece_row(shown, name + printer.in(part->meaning), printer);
    if (name.empty() || !secrets.empty()) continue;
    for (const knowledge::Term& term : knowledge::terms_in(knowledge, spoken.name(), piece))
      piece_row(term.word, printer.in(term.meaning), printer);
  }
}

void remark_rows(const std::vector<protocol::Remark>& remarks, const knowledge::Knowledge& knowledge, Printer& printer) {
  for (const protocol::Remark& remark : remarks) {
    const auto* const entry = knowledge.mistake(remark.kind.text());
    if (entry == nullptr) continue;
    printer.heading(std::string(printer.say(Word::kNoticed)) + "  " + printer.in(entry->title) + " · " + entry->id);
    mistake_rows(*entry, printer);
  }
}

// The decoded octets with the passwords and tokens in them masked, and their base64, masked as a whole where it holds one.
void decoded_rows(std::string_view base64, std::string_view decoded, const std::vector<core::Span>& secrets, bool show_secrets,
                  Printer& printer) {
  const bool masked = !show_secrets && !secrets.empty();
  decoded_row(masked ? core::kMask : base64, masked ? core::show_masked(decoded, secrets) : core::show_bytes(decoded), printer);
}

// The first response of a login, decoded. Of one that does not fit its mechanism nobody knows where the password stands.
void first_response(const protocol::ReadLine& read, const knowledge::Knowledge& knowledge, bool show_secrets,
                    Printer& printer) {
  if (!read.response) return;
  const auto decoded = sasl::decode_response(*read.response);
  if (!decoded) return;
  const auto guess = initial_sasl(read.mechanism, *decoded);
  if (!guess && !show_secrets) return;
  decoded_rows(*read.response, *decoded, guess ? guess->secrets() : std::vector<core::Span>(), show_secrets, printer);
  if (guess) explain_sasl(*guess, *decoded, knowledge, show_secrets, printer);
}

// A line that is not only a verb, piece by piece.
void whole_line(const CommandLine& meant, const protocol::ReadLine& read, const knowledge::Knowledge& knowledge,
                bool show_secrets, Printer& printer) {
  const auto* const entry = knowledge.command(meant.commands.front());
  if (entry != nullptr) {
    printer.row("", printer.in(entry->purpose));
    printer.row(Word::kChanges, printer.in(entry->changes));
    line_parts(*entry, meant, show_secrets ? std::vector<core::Span>() : read.secrets, knowledge, printer);
  }
  printer.row("", meant.commands.front().row().rule);
  if (!read.fault) {
    first_response(read, knowledge, show_secrets, printer);
    printer.line("  " + std::string(printer.say(Word::kWellFormed)));
  } else {
    const core::Text detail = core::phrase(": {0}.", "：{0}。", {read.fault->text});
    printer.line("  " + std::string(printer.say(Word::kNotWellFormed)) + printer.in(detail));
    if (entry != nullptr) printer.row(Word::kExample, entry->example);
  }
  remark_rows(read.remarks, knowledge, printer);
}

// Each protocol has one command of such a role at most, whatever its name: STARTTLS and STLS.
bool does_the_same(protocol::Input a, protocol::Input b) { return a.role() == b.role() && a.is(protocol::Role::kStartTls); }

// What others have instead, in a sentence, and how to ask for it.
void others(const CommandLine& meant, const knowledge::Knowledge& knowledge, Printer& printer) {
  const protocol::Input told = meant.commands.front();
  for (const protocol::Protocol* const one : protocol::known()) {
    if (one->name() == told.row().protocol) continue;
    for (const protocol::InputRow& row : one->inputs()) {
      const protocol::Input other(row);
      const bool is_same = std::find(meant.commands.begin(), meant.commands.end(), other) != meant.commands.end();
      if (row.verb.empty() || !(is_same || does_the_same(told, other))) continue;
      printer.heading(with_protocol(row.verb, other, true));
      if (const auto* const entry = knowledge.command(other)) printer.row("", printer.in(entry->purpose));
      const bool needs_name = row.verb == told.verb();
      printer.row(Word::kMore, "smtplab explain " + (needs_name ? "\"" + std::string(one->name()) + " " : std::string()) +
                                   std::string(row.verb) + (needs_name ? "\"" : ""));
    }
  }
}

}  // namespace

void decoded_row(std::string_view base64, std::string_view shown, Printer& printer) {
  printer.line("  " + core::show_bytes(base64) + "  " + std::string(printer.say(Word::kDecoded)) + " " + std::string(shown));
}

void mistake_rows(const knowledge::MistakeEntry& entry, Printer& printer) {
  printer.row(Word::kWhy, printer.in(entry.explain));
  printer.row(Word::kDo, printer.in(entry.fix));
}

void command_rows(const knowledge::CommandEntry* entry, Printer& printer) {
  if (entry == nullptr) return;
  printer.row("", printer.in(entry->purpose));
  printer.row(Word::kChanges, printer.in(entry->changes));
  printer.row(Word::kExample, entry->example);
  grammar_parts(*entry, printer);
  printer.row("", entry->rfc);
}

std::string with_protocol(std::string_view name, protocol::Input input, bool is_one_of_many) {
  const std::string title = " · " + std::string(protocol_for(input).title());
  return std::string(name) + (is_one_of_many ? title : std::string());
}

void explain_command(const CommandLine& asked, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer) {
  CommandLine meant = asked;
  const protocol::Input command = meant.commands.front();
  // Whoever asks about a command leaves out the tag that it is never said without.
  const std::string tagged = "a1 " + meant.line;
  const protocol::Protocol& spoken = protocol_for(command);
  if (!meant.bare && spoken.read_line(meant.line).command != command && spoken.read_line(tagged).command == command)
    meant.line = tagged;
  const protocol::ReadLine read = spoken.read_line(meant.line);
  const std::string shown = core::show_masked(meant.line, show_secrets ? std::vector<core::Span>() : read.secrets);
  printer.heading(with_protocol(shown, command, meant.commands.size() > 1));
  printer.row(Word::kGrammar, command.row().grammar);
  if (meant.bare) {
    command_rows(knowledge.command(command), printer);
  } else {
    whole_line(meant, read, knowledge, show_secrets, printer);
  }
  others(meant, knowledge, printer);
}

void keyword_rows(const protocol::Protocol& protocol, std::string_view shown, const knowledge::KeywordEntry& entry,
                  Printer& printer) {
  const protocol::InputRow* const asked_by = lists_offers(protocol);
  std::string place(printer.say(Word::kAnnounced));
  if (asked_by != nullptr) place = core::replace_all(place, "{command}", asked_by->verb);
  printer.heading(core::show_bytes(shown) + " · " + place);
  printer.row("", printer.in(entry.meaning));
  printer.row("", entry.rfc);
}

void explain_keyword_line(const protocol::Protocol& protocol, std::string_view line, const knowledge::Knowledge& knowledge,
                          Printer& printer) {
  const SplitKeyword split = split_keyword(line);
  if (const auto* const entry = knowledge.keyword(protocol.name(), split.keyword))
    keyword_rows(protocol, line, *entry, printer);
  std::string_view rest = split.parameters;
  while (!rest.empty()) {
    const std::string_view mechanism = rest.substr(0, rest.find(' '));
    const auto* const entry =
        knowledge.sasl(core::to_upper(mechanism)) != nullptr ? knowledge.keyword(protocol.name(), mechanism) : nullptr;
    if (entry != nullptr)
      printer.line("    " + padded(core::show_bytes(mechanism), kPieceColumns) + printer.in(entry->meaning));
    rest = core::trim(rest.substr(mechanism.size()));
  }
}

void explain_base64(std::string_view text, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer) {
  const std::optional<std::string> decoded = readable_base64(text);
  if (!decoded) return;
  const auto guess = recognise_sasl(*decoded);
  const bool plain = guess && guess->mechanism == "PLAIN";
  printer.heading("base64");
  decoded_rows(text, *decoded, guess ? guess->secrets() : std::vector<core::Span>(), show_secrets, printer);
  if (plain) printer.row("", printer.say(Word::kPlainResponse));
  if (guess) explain_sasl(*guess, *decoded, knowledge, show_secrets, printer);
  std::vector<protocol::Remark> remarks;
  protocol::remark_response(text, sasl::ResponsePlace::kLater, 0, plain, remarks);
  remark_rows(remarks, knowledge, printer);
}

}  // namespace commands
