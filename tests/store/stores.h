// Both kinds of store, for tests that say what is true of each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/store/maildir.h"
#include "mockserver/store/memory.h"
#include "tests/mockserver/folder.h"

namespace test {

inline const std::string kAlice = "alice@163.com";
inline const std::string kBob = "bob@163.com";

inline std::unique_ptr<store::Store> maildir_in(const std::string& folder) {
  auto made =
      std::make_unique<store::Maildir>(folder, store::Owners{{kAlice, kBob}}, [](const store::Message&) { return "{}\n"; });
  REQUIRE(made->prepare());
  return made;
}

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<store::Store>(const Folder&)> make;
};

inline const std::vector<StoreKind>& store_kinds() {
  static const std::vector<StoreKind> kKinds{
      {"memory",
       [](const Folder&) {
         return std::make_unique<store::Memory>(store::Owners{{kAlice, kBob}}, 7);
       }},
      {"Maildir", [](const Folder& folder) { return maildir_in(folder.path()); }},
  };
  return kKinds;
}

// Runs the test once for each kind of store, with a Scene of its own, which is made of the kind and the arguments.
template <typename Scene, typename Test, typename... Arguments>
void for_each_store(const Test& test, Arguments... arguments) {
  for (const StoreKind& kind : store_kinds()) {
    CAPTURE(kind.name);
    Scene scene(kind, arguments...);
    test(scene);
  }
}

using Names = std::vector<std::string>;
using Uids = std::vector<std::uint32_t>;

inline core::Result<store::Places> deliver(store::Store& store, std::vector<std::string> recipients, std::string content) {
  store::Message message;
  message.forward_paths = std::move(recipients);
  message.content = std::move(content);
  message.received = 1764510000;
  return store.deliver(std::move(message));
}

inline std::shared_ptr<mailbox::Folder> open(mailbox::Mailbox& mailbox, const std::string& name = "INBOX") {
  auto folder = mailbox.open(mailbox::FolderName::parse(name).value());
  REQUIRE_MESSAGE(folder.has_value(), name);
  return *folder;
}

inline mailbox::Snapshot listed(mailbox::Folder& folder) {
  auto listing = folder.list();
  REQUIRE_MESSAGE(listing.has_value(), core::describe(listing ? core::Error{} : listing.error(), core::Language::kEnglish));
  return *listing;
}

inline std::vector<std::uint32_t> uids(const mailbox::Listing& listing) {
  std::vector<std::uint32_t> all;
  for (const mailbox::Entry& entry : listing.entries) all.push_back(entry.uid.value);
  return all;
}

inline std::string read(mailbox::Content& content) {
  std::string octets;
  for (;;) {
    const auto piece = content.next();
    REQUIRE(piece);
    CHECK(piece->size() <= mailbox::Content::kMaxPiece);
    if (piece->empty()) return octets;
    octets += *piece;
  }
}

inline std::string content(mailbox::Folder& folder, std::uint32_t uid, mailbox::Lines lines = mailbox::Lines::kAsStored) {
  const auto opened = folder.content({uid}, lines);
  REQUIRE_MESSAGE(opened.has_value(), uid);
  return read(**opened);
}

// "" when it has worked, otherwise the id of the error, or its text where it has none.
template <typename T>
std::string error_of(const core::Result<T>& result) {
  if (result) return "";
  return result.error().id.empty() ? result.error().text.en : result.error().id;
}

}  // namespace test
