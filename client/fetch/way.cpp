#include "client/fetch/way.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "sasl/hashes.h"

namespace fetch {

void Way::Collected::add(std::string_view piece) {
  size += piece.size();
  octets.append(piece.substr(0, kMaxMessage - std::min(kMaxMessage, octets.size())));
}

void Way::lost(std::optional<core::Error> error) {
  if (std::exchange(is_over_, true) || is_stopped()) return;
  if (stage_ == Stage::kQuit) return;  // everything is here; some servers close without a word
  outcome_.stopped_at = stage_;
  outcome_.lost = true;
  outcome_.error = std::move(error);
}

void Way::tell_ours(std::string_view line, core::Text why, std::vector<core::Span> secrets, bool is_warning) {
  told_.push_back({true, std::string(line), std::move(secrets), std::move(why), is_warning});
}

void Way::tell_theirs(std::string_view line) { told_.push_back({false, std::string(line)}); }

core::Error Way::peer_error(core::Text text, std::string id) {
  return {core::Blame::kPeer, std::move(text), {}, {}, std::move(id)};
}

void Way::refuse(Stage stage, protocol::Answer answer) {
  if (is_stopped()) return;
  stage_ = stage;
  outcome_.stopped_at = stage;
  if (!outcome_.refusal) outcome_.refusal = std::move(answer);
}

void Way::fail(Stage stage, core::Error error) {
  if (is_stopped()) return;
  stage_ = stage;
  outcome_.stopped_at = stage;
  outcome_.error = std::move(error);
}

void Way::make_ids_unique() {
  std::unordered_map<std::string_view, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::size_t>> again;
  for (std::size_t place = 0; place < ids_.size(); ++place) {
    if (const std::size_t times = ++seen[ids_[place]]; times > 1 && !ids_[place].empty()) again.emplace_back(place, times);
  }
  for (const auto& [place, times] : again) ids_[place] += "#" + std::to_string(times);
}

void Way::deliver(std::string id, Collected message) {
  if (id.empty()) id = "sha256-" + sasl::hexadecimal(sasl::digest(sasl::Hash::kSha256, message.octets));
  const bool is_cut = message.size > message.octets.size();
  fetched_.push_back({std::move(id), std::move(message.octets), is_cut});
}

bool shows_password(std::string_view mechanism) { return mechanism == "PLAIN" || mechanism == "LOGIN"; }

}  // namespace fetch
