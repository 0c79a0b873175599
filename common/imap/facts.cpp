#include "imap/facts.h"

#include <algorithm>
#include <array>

#include "protocol/rows.h"

namespace imap {
namespace {

using protocol::FactValue;

FactValue text(std::string_view value) {
  if (value.empty()) return std::monostate();
  return std::string(value);
}

std::string_view part_of(const Known& known, std::size_t index) {
  if (known.parsed == nullptr || known.parsed->parts.size() <= index) return {};
  const core::Span where = known.parsed->parts[index].second;
  return known.octets.substr(where.begin, where.end - where.begin);
}

FactValue user_of(const Known& known) {
  if (known.claim != nullptr) return text(known.claim->user);
  const bool says = known.parsed != nullptr && known.parsed->command && known.parsed->verb == Input::kLogin;
  if (says) return text(known.parsed->command->words<LoginWords>().user);
  return text(known.memory.user);
}

// Of a mailbox that is open.
FactValue number(const std::optional<std::uint32_t>& value) {
  return value ? FactValue(static_cast<std::size_t>(*value)) : FactValue();
}

// The mailbox that a command names.
std::string_view named_mailbox(const Known& known) {
  if (known.parsed == nullptr || !known.parsed->command) return {};
  const Arguments& words = known.parsed->command->arguments;
  if (const auto* const one = std::get_if<OneMailbox>(&words)) return one->name;
  if (const auto* const one = std::get_if<SelectWords>(&words)) return one->name;
  if (const auto* const one = std::get_if<StatusWords>(&words)) return one->name;
  if (const auto* const one = std::get_if<AppendWords>(&words)) return one->name;
  if (const auto* const one = std::get_if<TwoMailboxes>(&words)) return one->from;
  if (const auto* const one = std::get_if<CopyWords>(&words)) return one->to;
  return {};
}

// The one that it names, or else the one that is open.
std::string_view mailbox_of(const Known& known) {
  const std::string_view named = named_mailbox(known);
  return named.empty() ? std::string_view(known.memory.mailbox) : named;
}

std::optional<FolderView> folder_of(const Known& known) {
  const std::string_view name = mailbox_of(known);
  return known.mail == nullptr || name.empty() ? std::nullopt : known.mail->look_at(name);
}

// A number of the folder; one that is 0 may be none.
template <typename Number>
FactValue number_of(const Known& known, Number FolderView::*member, bool zero_is_none = false) {
  const auto view = folder_of(known);
  if (!view || (zero_is_none && (*view).*member == 0)) return {};
  return FactValue(static_cast<std::size_t>((*view).*member));
}

const SequenceSet* set_in(const Known& known) {
  return known.parsed == nullptr || !known.parsed->command ? nullptr : set_of(*known.parsed->command);
}

FactValue is_descending(const Known& known) {
  const SequenceSet* const set = set_in(known);
  if (set == nullptr) return {};
  const auto& ranges = set->ranges();
  return std::any_of(ranges.begin(), ranges.end(), [](const SequenceSet::Range& one) {
    return one.last != SequenceSet::kLast && (one.first > one.last || one.first == SequenceSet::kLast);
  });
}

FactValue messages_known(const Known& known) {
  const bool may = known.mail != nullptr && set_in(known) != nullptr;
  const auto has = may ? known.mail->has_messages(*known.parsed->command) : std::nullopt;
  return has ? FactValue(*has) : FactValue();
}

// Octets of the message that an APPEND brings.
FactValue size_of(const Known& known) {
  if (known.announced > 0) return static_cast<std::size_t>(known.announced);
  const bool brings = known.parsed != nullptr && known.parsed->command && known.parsed->verb == Input::kAppend;
  if (!brings) return {};
  const core::Span where = known.parsed->command->words<AppendWords>().message;
  return where.end - where.begin;
}

struct Row {
  std::string_view name;
  std::string_view about = {};
  FactValue (*value)(const Known&);
  protocol::FactWords words = {};
};

constexpr std::array kFacts{
    Row{.name = "tag",
        .about = "of the command, which its answer repeats",
        .value = [](const Known& known) { return text(known.tag); }},
    Row{.name = "user", .about = "who logs in or has logged in", .value = user_of},
    Row{.name = "logged-in",
        .value = [](const Known& known) { return text(known.memory.user); },
        .words = {.label = {"authenticated", "已登录"}, .absent = {"no", "否"}}},
    Row{.name = "mechanism",
        .about = "of the AUTHENTICATE command",
        .value =
            [](const Known& known) {
              const bool begins =
                  known.parsed != nullptr && known.parsed->command && known.parsed->verb == Input::kAuthenticate;
              return text(begins ? known.parsed->command->words<Authenticate>().mechanism : known.memory.mechanism);
            }},
    Row{.name = "tls",
        .value = [](const Known& known) { return FactValue(known.memory.encrypted); },
        .words = {.label = {"encrypted", "已加密"}}},
    Row{.name = "client-name",
        .about = "the name that the client gave with ID",
        .value = [](const Known& known) { return text(known.memory.client); },
        .words = {.label = {"client", "客户端"}, .absent = {"(no ID yet)", "（还没发 ID）"}}},
    Row{.name = "mailbox",
        .about = "that is open",
        .value = [](const Known& known) { return text(known.memory.mailbox); },
        .words = {.label = {"mailbox", "打开的邮箱"}, .absent = {"(none)", "（无）"}}},
    Row{.name = "messages",
        .about = "messages in it, as the client knows",
        .value = [](const Known& known) { return number(known.memory.messages); },
        .words = {.label = {"EXISTS", "邮件数 EXISTS"}, .absent = {"–", "–"}, .unit = {"messages", "封"}}},
    Row{.name = "open-uidnext",
        .value = [](const Known& known) { return number(known.memory.uid_next); },
        .words = {.label = {"UIDNEXT", "UIDNEXT"}, .absent = {"–", "–"}}},
    Row{.name = "open-uidvalidity",
        .value = [](const Known& known) { return number(known.memory.uid_validity); },
        .words = {.label = {"UIDVALIDITY", "UIDVALIDITY"}, .absent = {"–", "–"}}},
    Row{.name = "access",
        .value =
            [](const Known& known) {
              return known.memory.mailbox.empty() ? FactValue()
                                                  : FactValue(std::string(known.memory.read_only ? "READ-ONLY" : "READ-WRITE"));
            },
        .words = {.label = {"access", "权限"}, .absent = {"–", "–"}}},
    Row{.name = "named",
        .about = "the mailbox that the command names",
        .value = [](const Known& known) { return text(named_mailbox(known)); }},
    Row{.name = "mailbox-text",
        .value =
            [](const Known& known) {
              const auto name = parse_mailbox_name(mailbox_of(known), NameForm{known.memory.utf8, known.separator});
              return text(name ? mailbox_name_text(*name, NameForm{true, known.separator}) : std::string(mailbox_of(known)));
            }},
    Row{.name = "mailbox-known",
        .value =
            [](const Known& known) {
              return mailbox_of(known).empty() || known.mail == nullptr ? FactValue() : FactValue(folder_of(known).has_value());
            }},
    Row{.name = "exists",
        .about = "messages in the mailbox that the command names, or that is open",
        .value = [](const Known& known) { return number_of(known, &FolderView::exists); }},
    Row{.name = "recent",
        .about = "messages in it that are new",
        .value = [](const Known& known) { return number_of(known, &FolderView::recent); }},
    Row{.name = "unseen",
        .about = "the number of the first message in it that has not been read",
        .value = [](const Known& known) { return number_of(known, &FolderView::unseen, true); }},
    Row{.name = "uidvalidity",
        .about = "of that mailbox",
        .value = [](const Known& known) { return number_of(known, &FolderView::uid_validity); }},
    Row{.name = "uidnext",
        .about = "the UID that comes next there",
        .value = [](const Known& known) { return number_of(known, &FolderView::uid_next); }},
    Row{.name = "identified", .value = [](const Known& known) { return FactValue(known.memory.identified); }},
    Row{.name = "read-only",
        .value =
            [](const Known& known) { return known.memory.mailbox.empty() ? FactValue() : FactValue(known.memory.read_only); }},
    Row{.name = "by-uid",
        .value = [](const Known& known) { return known.parsed == nullptr ? FactValue() : FactValue(known.parsed->by_uid); }},
    Row{.name = "descending", .value = is_descending},
    Row{.name = "messages-known", .value = messages_known},
    Row{.name = "size", .about = "octets of the message that APPEND brings", .value = size_of},
    Row{.name = "command",
        .about = "the verb as the client wrote it",
        .value = [](const Known& known) { return text(part_of(known, 1)); }},
    Row{.name = "argument",
        .about = "what the client wrote behind it",
        .value = [](const Known& known) { return text(part_of(known, 2)); }},
};

constexpr auto kTold = protocol::told_of(kFacts);

}  // namespace

std::span<const protocol::FactRow> facts() { return kTold; }

FactValue fact(const Known& known, std::string_view name) {
  const auto* const row = std::find_if(kFacts.begin(), kFacts.end(), [&](const Row& one) { return one.name == name; });
  return row == kFacts.end() ? FactValue() : row->value(known);
}

}  // namespace imap
