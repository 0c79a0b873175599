#include "client/program/symptoms.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/show.h"

namespace program {
namespace {

// A name for a place: "smtp.163.com:26", where it is one of the street's.
core::Text place_text(const Place& place, const Street& street) {
  std::string where = place.address;
  for (const Door& door : street.doors) {
    if (door.place.address == place.address && !is_everywhere(door.place)) where = door.name;
  }
  const std::string text = core::show_bytes(where) + ":" + std::to_string(place.port);
  return core::same(place.is_udp ? text + "/udp" : text);
}

class Symptoms {
 public:
  Symptoms(const Outcome& outcome, const Services& services) : outcome_(outcome), services_(services) {}

  std::vector<Symptom> all() {
    elsewhere();
    if (!services_.was_visited()) never_came();
    if (services_.was_encrypted() && outcome_.way && !outcome_.is_certificate_read)
      add("certificate-not-checked",
          {"it went on in TLS and never read the certificate of an authority", "它用了 TLS，却从没读过任何机构的证书"});
    return std::move(found_);
  }

 private:
  void add(std::string id, core::Text seen) { found_.push_back({std::move(id), std::move(seen)}); }

  // Where somebody listens is no elsewhere.
  void elsewhere() {
    for (const Place& place : outcome_.wanted) {
      if (services_.is_open(place)) continue;
      if (place.is_udp) {
        add("udp-socket",
            core::phrase("it sent a datagram to {0}", "它向 {0} 发了数据报", {place_text(place, services_.street())}));
      } else {
        add(services_.was_visited() ? "" : "never-connects",
            core::phrase("it wanted to connect to {0}, where nobody listens", "它想连接 {0}，那里没有人监听",
                         {place_text(place, services_.street())}));
      }
    }
  }

  void never_came() {
    const bool has_gone_elsewhere = !found_.empty();
    if (!outcome_.listens.empty()) {
      add("server-calls-in-client",
          core::phrase("it listened on port {0}", "它在监听 {0} 端口", {static_cast<unsigned>(outcome_.listens.front())}));
    } else if (outcome_.is_over_output) {
      add("never-connects", {"it never connected: it wrote without end", "它没有连接过：一直在输出"});
    } else if (outcome_.is_over_memory) {
      add("never-connects", {"it never connected: it took too much memory", "它没有连接过：占用了太多内存"});
    } else if ((outcome_.is_over_time || outcome_.is_stuck) && outcome_.reads_input) {
      add("never-connects", {"it never connected: it was still waiting for the keyboard", "它没有连接过：还在等键盘输入"});
    } else if (outcome_.is_over_time || outcome_.is_stuck) {
      add("never-connects", {"it never connected, and was still running", "它没有连接过，还在运行"});
    } else if (!has_gone_elsewhere) {
      add("never-connects", {"it ended and never connected to any of the servers", "它没有连接过任何服务器就结束了"});
    }
  }

  const Outcome& outcome_;
  const Services& services_;
  std::vector<Symptom> found_;
};

}  // namespace

std::vector<Symptom> symptoms_of(const Outcome& outcome, const Services& services) { return Symptoms(outcome, services).all(); }

}  // namespace program
