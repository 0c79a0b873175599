// Passwords in a pasted dialogue that no line betrays by itself: the client says them, and a reply repeats them.
#pragma once

#include <string_view>
#include <vector>

#include "client/explain/pasted.h"
#include "core/span.h"
#include "protocol/protocol.h"

namespace explain {

// Where `words`, of a server or a program, repeat what the client says in one of `lines` as a login: in an AUTH or its kind,
// behind one, where it was asked to go on with one. The name it logs in with is none where AUTH LOGIN asks for it. spoken: the
// protocol of the dialogue.
[[nodiscard]] std::vector<core::Span> find_repeated(const std::vector<Line>& lines, std::string_view words,
                                                    const protocol::Protocol& spoken);

}  // namespace explain
