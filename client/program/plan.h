// What a closed network is to be: who listens where, and what a program finds there in the place of the system's own files.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace program {

// Where somebody listens: an address of 127.0.0.0/8, or everywhere (0.0.0.0), which is where no other place is.
struct Place {
  std::string address;
  std::uint16_t port = 0;
  bool is_udp = false;

  bool operator==(const Place&) const = default;
  // In no order that means anything: for sets.
  bool operator<(const Place& other) const {
    return std::tie(address, port, is_udp) < std::tie(other.address, other.port, other.is_udp);
  }
};

inline constexpr const char* kEverywhere = "0.0.0.0";
[[nodiscard]] inline bool is_everywhere(const Place& place) { return place.address == kEverywhere; }

// A file that has another content in there. It exists outside too, or stands in a covered folder: nothing is ever made outside.
struct Overlay {
  std::string path;  // absolute, without symbolic links
  std::string content;

  bool operator==(const Overlay&) const = default;
};

// What the program and each of its children may use; 0: as much as the system lets them (setrlimit(2)).
struct Limits {
  std::uint64_t file_octets = 0;  // of a file that it writes
  std::uint64_t cpu_seconds = 0;

  bool operator==(const Limits&) const = default;
};

struct Plan {
  std::vector<Place> places;
  std::vector<std::string> covered;  // folders that are empty in there but for overlays; absolute, and they exist
  std::vector<Overlay> overlays;
  Limits limits = {};

  bool operator==(const Plan&) const = default;
};

// How the plan reaches the process that carries it out: a line each, and the contents of the overlays in descriptors of their
// own. Paths with a line end in them cannot be told; there are none.
[[nodiscard]] std::string as_text(const Plan& plan);
[[nodiscard]] Plan plan_from(const std::string& text);  // contents are empty

// The descriptors of that process.
inline constexpr int kControl = 3;       // the socket of words.h
inline constexpr int kPlan = 4;          // as_text
inline constexpr int kProgramIn = 5;     // what will be the program's standard input, output and error
inline constexpr int kFirstOverlay = 8;  // and on, in the order of the plan

// What its first argument is, by which smtplab knows that it is to be that process; the second is a stage.
inline constexpr const char* kHidden = "--closed-network";
inline constexpr const char* kInside = "inside";             // the namespaces are there: listen, and run the program
inline constexpr const char* kEnclose = "enclose";           // as root: make them, then go on inside
inline constexpr const char* kEncloseUser = "enclose-user";  // the same within a user namespace, as anybody

}  // namespace program
