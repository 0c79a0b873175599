// The lines behind the first one of an answer, pulled piece by piece: no message and no listing is ever needed whole in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mailbox/folder.h"
#include "protocol/source.h"

namespace pop3 {

// Of these: dots not doubled.
using protocol::Source;

// Lines without their ends.
std::unique_ptr<Source> source_of(std::vector<std::string> lines);

// A message, opened with mailbox::Lines::kCrlf. body_lines: of its body only so many lines, as TOP wants it (RFC 1939 §7);
// nothing: all of it.
std::unique_ptr<Source> source_of(std::unique_ptr<mailbox::Content> content,
                                  std::optional<std::uint32_t> body_lines = std::nullopt);

}  // namespace pop3
