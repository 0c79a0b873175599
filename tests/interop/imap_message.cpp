// imap_message MAILDIR: answers what FETCH asks of messages, without a server: for test_imap_dovecot.py, which asks Dovecot the
// same. Each line of the input is a UID and an item: "3 ENVELOPE", "3 BODYSTRUCTURE", "3 BODY", "3 RFC822.SIZE", or a section
// as "3 SECTION 1.2 MIME", "3 SECTION - HEADER.FIELDS From To", with "3 SECTION<0.10> …" for a piece. Each answer is its length
// in a line of its own, and its octets; "-1" where there is none.
#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "imap/body_structure.h"
#include "imap/section.h"
#include "imap/stored_message.h"
#include "mockserver/store/maildir_mailbox.h"

namespace {

using imap::Section;

constexpr std::array<std::string_view, 6> kWhat{"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"};

Section read_section(std::istringstream& line) {
  Section section;
  std::string part;
  std::string what;
  line >> part >> what;
  std::istringstream numbers(part == "-" ? "" : part);
  for (std::string number; std::getline(numbers, number, '.');)
    section.part.push_back(static_cast<std::uint32_t>(std::stoul(number)));
  section.what = static_cast<Section::What>(std::find(kWhat.begin(), kWhat.end(), what) - kWhat.begin());
  for (std::string field; line >> field;) section.fields.push_back(field);
  return section;
}

std::optional<imap::Partial> read_partial(const std::string& item) {
  const std::size_t open = item.find('<');
  if (open == std::string::npos) return std::nullopt;
  const std::size_t dot = item.find('.', open);
  return imap::Partial{std::stoull(item.substr(open + 1)), std::stoull(item.substr(dot + 1))};
}

std::optional<std::string> octets_of(imap::StoredMessage& message, const Section& section,
                                     const std::optional<imap::Partial>& partial) {
  const auto source = imap::open_section(message, section, partial);
  if (!source) return std::nullopt;
  std::string octets;
  for (;;) {
    const auto piece = (*source)->next();
    if (!piece) return std::nullopt;
    if (piece->empty()) break;
    octets += *piece;
  }
  return octets.size() == (*source)->size() ? std::optional(octets) : std::nullopt;
}

std::optional<std::string> answer(mailbox::Folder& folder, const mailbox::Listing& listing, const std::string& question) {
  std::istringstream line(question);
  std::uint32_t uid = 0;
  std::string item;
  line >> uid >> item;
  const mailbox::Entry* const entry = listing.find({uid});
  if (entry == nullptr) return std::nullopt;
  imap::StoredMessage message(folder, *entry);
  std::string out;
  if (item == "ENVELOPE") return message.append_envelope(out) ? std::optional(out) : std::nullopt;
  if (item == "RFC822.SIZE") return std::to_string(entry->size);
  if (item.starts_with("SECTION")) return octets_of(message, read_section(line), read_partial(item));
  const auto tree = message.tree();
  if (!tree) return std::nullopt;
  imap::append_body_structure(out, **tree, item == "BODY" ? imap::Extension::kWithout : imap::Extension::kWith);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  store::MaildirMailbox box(argv[1]);
  const auto folder = box.open(mailbox::FolderName::inbox());
  const auto listing = folder ? (*folder)->list() : core::Failure(folder.error());
  if (!listing) {
    std::cerr << core::describe(listing.error(), core::Language::kEnglish) << '\n';
    return 1;
  }
  for (std::string question; std::getline(std::cin, question);) {
    const auto said = answer(**folder, **listing, question);
    if (said) {
      std::cout << said->size() << '\n' << *said << std::flush;
    } else {
      std::cout << "-1\n" << std::flush;
    }
  }
  return 0;
}
