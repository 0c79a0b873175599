#include "sasl/mechanism.h"

#include <algorithm>
#include <utility>

namespace sasl {

const std::vector<Mechanism>& table() {
  static const std::vector<Mechanism> kTable{scram_sha_256(), scram_sha_1(), cram_md5(), oauthbearer(),
                                             xoauth2(),       plain(),       login()};
  return kTable;
}

const Mechanism* find_mechanism(std::string_view name) {
  const auto hit = std::find_if(table().begin(), table().end(), [&](const Mechanism& one) { return one.name == name; });
  return hit == table().end() ? nullptr : &*hit;
}

core::Failure malformed(core::Text text, core::Part place, core::Text hint) {
  return core::fail(core::Blame::kPeer, std::move(text), std::move(place), std::move(hint));
}

core::Failure too_many_responses() {
  return malformed({"the exchange is over: the server has not asked for anything more", "交换已经结束：服务器没有再要求什么"},
                   "RFC 4422 §3.5");
}

core::Failure too_many_challenges() {
  return malformed({"the exchange is over: the server asks once more than this mechanism does",
                    "交换已经结束：服务器多问了一次，这种机制没有这一步"},
                   "RFC 4422 §3.4", {"cancel with *", "用 * 取消"});
}

core::Failure cannot_write(core::Text text, core::Part place) {
  return core::fail(core::Blame::kCaller, std::move(text), std::move(place));
}

}  // namespace sasl
