#include "client/program/plan.h"

#include <sstream>
#include <utility>

namespace program {

std::string as_text(const Plan& plan) {
  std::string text;
  for (const Place& place : plan.places) {
    text += (place.is_udp ? "udp " : "tcp ") + std::to_string(place.port) + " " + place.address + "\n";
  }
  for (const std::string& folder : plan.covered) text += "cover " + folder + "\n";
  for (const Overlay& overlay : plan.overlays) text += "overlay " + overlay.path + "\n";
  text += "limit " + std::to_string(plan.limits.file_octets) + " " + std::to_string(plan.limits.cpu_seconds) + "\n";
  return text;
}

Plan plan_from(const std::string& text) {
  Plan plan;
  std::istringstream lines(text);
  for (std::string kind; lines >> kind;) {
    Place place;
    if (kind == "limit") {
      lines >> plan.limits.file_octets >> plan.limits.cpu_seconds;
      continue;
    }
    if (kind == "tcp" || kind == "udp") lines >> place.port;
    std::string rest;
    lines.get();
    std::getline(lines, rest);
    if (kind == "cover") {
      plan.covered.push_back(std::move(rest));
    } else if (kind == "overlay") {
      plan.overlays.push_back({std::move(rest), {}});
    } else {
      place.address = std::move(rest);
      place.is_udp = kind == "udp";
      plan.places.push_back(std::move(place));
    }
  }
  return plan;
}

}  // namespace program
