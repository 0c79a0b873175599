// The mailboxes of a street: whoever is told 250 by one server finds the message at another one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "client/program/stands.h"
#include "mockserver/store/store.h"

namespace program {

// One for each account of each stand, for whoever has an address at one of the providers', and one for everybody else. folder:
// of their Maildirs; nothing: in memory.
[[nodiscard]] std::unique_ptr<store::Store> open_post_office(const Street& street, const std::optional<std::string>& folder);

}  // namespace program
