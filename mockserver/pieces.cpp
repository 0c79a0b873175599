#include "mockserver/pieces.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace mockserver {
namespace {

// Behind the first of several lines, or in the middle of the only one.
std::size_t middle_of(std::string_view bytes) {
  const std::size_t line = bytes.find('\n') + 1;  // 0 where there is none
  return line > 0 && line < bytes.size() ? line : (bytes.size() + 1) / 2;
}

}  // namespace

std::vector<std::size_t> pieces_of(const scenario::Decision& decision) {
  const std::size_t size = decision.bytes.size();
  if (size == 0) return {};
  if (!decision.effects.split) return {size};
  const scenario::Split& split = *decision.effects.split;
  const std::size_t middle = split.in_two ? middle_of(decision.bytes) : 0;
  std::vector<std::size_t> pieces;
  std::size_t begin = 0;
  for (std::size_t end = 1; end <= size; ++end) {
    const bool is_multiple = split.every != 0 && end % split.every == 0;
    if (end != size && end != middle && !is_multiple && !std::binary_search(split.at.begin(), split.at.end(), end)) continue;
    pieces.push_back(end - begin);
    begin = end;
  }
  return pieces;
}

core::Actions speech_of(const scenario::Decision& decision) {
  core::Actions speech;
  std::size_t begin = 0;
  for (const std::size_t length : pieces_of(decision)) {
    if (begin != 0) speech.emplace_back(core::Pause{decision.effects.split->pause});
    speech.emplace_back(core::Send{decision.bytes.substr(begin, length)});
    begin += length;
  }
  return speech;
}

protocol::StateChange answer_with(protocol::ServerSession& session, protocol::Turn& turn, scenario::Decision& decision) {
  const bool is_cut = decision.effects.split && !(decision.is_proposed && turn.is_pulled);
  if (is_cut) return session.answer(decision.reply, speech_of(decision), decision.closes());
  if (!decision.is_proposed) return session.answer(decision.reply, decision.bytes, decision.closes());
  turn.proposed = std::move(decision.reply);
  turn.bytes = std::move(decision.bytes);
  const protocol::StateChange change = session.answer_as_proposed(turn, decision.closes());
  decision.reply = std::move(turn.proposed);
  decision.bytes = std::move(turn.bytes);
  return change;
}

}  // namespace mockserver
