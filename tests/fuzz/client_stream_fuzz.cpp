// Invariant: any octets give things said, the same ones whole and byte by byte, in every mode, with every way to treat line
// ends and with and without chunks behind BDAT; remarks and secrets lie within the line; what is kept stays within the limits;
// what is said is all of the wire, without a gap; never a crash.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "smtp/client_stream.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// Small, so that an input can reach them.
constexpr smtp::StreamLimits kLimits{64, 96, 128, 256};

// Moves the stream as a server would that says yes to everything; after DATA, mail data.
void follow(smtp::ClientStream& stream, const smtp::Said& said) {
  if (said.input == smtp::Input::kAuth && said.command) {
    stream.set_mode(smtp::Mode::kAuth);
    stream.expect_response(!said.command->initial_response, said.command->mechanism == "PLAIN");
  } else if (said.input == smtp::Input::kData && said.command) {
    stream.set_mode(smtp::Mode::kData);
  } else {
    stream.set_mode(smtp::Mode::kCommand);
  }
  if (said.input == smtp::Input::kRset) stream.forget_chunks();
  if (said.input == smtp::Input::kQuit) stream.drop(3);
}

void note(std::string& out, const smtp::Said& said) {
  demand(said.bytes.size() <= kLimits.auth_line && said.message.size() <= kLimits.message);
  demand(said.line().size() <= said.bytes.size());
  demand(!said.command || !said.fault);
  demand(said.chunk_begin <= said.message.size() && said.message.size() <= said.message_size);
  if (said.has_chunk) demand(said.command && said.command->verb == smtp::Input::kBdat);
  if (said.has_chunk && !said.too_large) demand(said.message.substr(said.chunk_begin).size() == said.command->chunk_size);
  out += (said.has_chunk ? "chunk " + std::to_string(said.chunk_begin) + " " : std::string());
  out += std::string(smtp::name(said.input)) + " " + said.bytes + " " + said.message + (said.too_large ? "!" : "");
  out += std::to_string(static_cast<int>(said.line_end)) + " " + std::to_string(said.message_size);
  out += " " + std::to_string(said.octets);
  for (const smtp::Remark& remark : said.remarks) {
    demand(remark.where.begin <= remark.where.end && remark.where.end <= said.bytes.size());
    out += std::string(remark.kind.text()) + std::to_string(remark.where.begin);
  }
  for (const core::Span& span : said.secrets) {
    demand(span.begin <= span.end && span.end <= said.bytes.size());
    out += "*" + std::to_string(span.begin) + "-" + std::to_string(span.end);
  }
  out += '\n';
}

std::string run(std::string_view octets, smtp::LineEnds line_ends, bool chunking, std::size_t chunk) {
  smtp::ClientStream stream(line_ends, {}, kLimits);
  stream.set_chunking(chunking);
  std::string out;
  std::uint64_t told = 0;
  std::uint64_t received = 0;
  while (!octets.empty() && !stream.gave_up()) {
    stream.receive(octets.substr(0, chunk));
    received += std::min(chunk, octets.size());
    octets.remove_prefix(std::min(chunk, octets.size()));
    while (const auto said = stream.next()) {
      note(out, *said);
      told += said->octets;
      demand(said->octets >= said->bytes.size() && stream.handed_out() == told && told <= received);
      follow(stream, *said);
    }
    demand(stream.pending().size() <= kLimits.auth_line);
    for (const smtp::Remark& remark : stream.pending_remarks()) demand(remark.where.end <= stream.pending().size());
  }
  if (stream.gave_up()) return out + "gave up";
  out +=
      std::to_string(static_cast<int>(stream.mode())) + std::string(stream.pending()) + std::to_string(stream.message_octets());
  for (const smtp::Remark& remark : stream.pending_remarks()) out += remark.kind.text();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  for (const auto line_ends :
       {smtp::LineEnds::kNormalize, smtp::LineEnds::kByHand, smtp::LineEnds::kStrict, smtp::LineEnds::kLenient}) {
    for (const bool chunking : {false, true}) {
      const std::string whole = run(octets, line_ends, chunking, octets.size() + 1);
      demand(run(octets, line_ends, chunking, 1) == whole);
      demand(run(octets, line_ends, chunking, 3) == whole);
    }
  }
  return 0;
}
