#include "mockserver/pieces.h"

#include <algorithm>
#include <utility>

namespace mockserver {

namespace {

// Behind the first of several lines, or in the middle of the only one.
std::size_t middle_of(std::string_view bytes) {
  const std::size_t line = bytes.find('\n') + 1;  // 0 where there is none
  return line > 0 && line < bytes.size() ? line : (bytes.size() + 1) / 2;
}

}  // namespace

std::vector<std::size_t> Cutter::cut(std::string_view octets) {
  const std::size_t middle = split_.in_two && said_ == 0 ? middle_of(octets) : 0;
  std::vector<std::size_t> pieces;
  std::size_t begin = 0;
  for (std::size_t end = 1; end <= octets.size(); ++end) {
    const std::size_t at = said_ + end;
    const bool is_multiple = split_.every != 0 && at % split_.every == 0;
    const bool is_cut = is_multiple || end == middle || std::binary_search(split_.at.begin(), split_.at.end(), at);
    if (end != octets.size() && (!is_cut || pieces_ + pieces.size() >= kMostPieces)) continue;
    pieces.push_back(end - begin);
    begin = end;
  }
  said_ += octets.size();
  pieces_ += pieces.size();
  return pieces;
}

core::Actions Cutter::speech(std::string_view octets) {
  core::Actions speech;
  bool is_first = said_ == 0;
  for (const std::size_t length : cut(octets)) {
    if (!is_first) speech.emplace_back(core::Pause{split_.pause});
    is_first = false;
    speech.emplace_back(core::Send{std::string(octets.substr(0, length))});
    octets.remove_prefix(length);
  }
  return speech;
}

std::vector<std::size_t> pieces_of(const scenario::Decision& decision) {
  if (decision.effects.split) return Cutter(*decision.effects.split).cut(decision.bytes);
  return decision.bytes.empty() ? std::vector<std::size_t>() : std::vector<std::size_t>{decision.bytes.size()};
}

core::Actions speech_of(const scenario::Decision& decision) {
  if (decision.effects.split) return Cutter(*decision.effects.split).speech(decision.bytes);
  core::Actions speech;
  if (!decision.bytes.empty()) speech.emplace_back(core::Send{decision.bytes});
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
