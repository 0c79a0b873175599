#include "mockserver/scenario/reading.h"
#include "tls/library.h"

namespace scenario {
namespace {

std::optional<tls::Version> version_in(const Reading& reading, const document::Node& table, std::string_view key) {
  const auto version = word_in<tls::Version>(table, "tls", key);
  if (!version || *version <= tls::newest_version()) return version;
  reading.problems.add(table.find(key)->where,
                       std::string(tls::name(*version)) + " is more than the library here speaks (" + tls::library_version() +
                           ": up to " + std::string(tls::name(tls::newest_version())) + ")",
                       "an older version, or a newer mbedTLS");
  return std::nullopt;
}

}  // namespace

void read_tls(const Reading& reading) {
  const document::Node* const table = reading.document.root.find("tls", document::NodeType::kTable);
  if (table == nullptr) return;
  Tls& tls = reading.draft.scenario.tls;
  if (const auto certificate = word_in<tls::Flaw>(*table, "tls", "certificate")) tls.certificate = *certificate;
  if (const auto handshake = word_in<Handshake>(*table, "tls", "handshake")) tls.handshake = *handshake;
  const auto oldest = version_in(reading, *table, "oldest");
  const auto newest = version_in(reading, *table, "newest");
  tls.oldest = oldest.value_or(tls.oldest);
  tls.newest = newest.value_or(tls.newest);
  if (tls.oldest <= tls.newest) return;
  reading.problems.add(table->find(newest ? "newest" : "oldest")->where,
                       "the newest version (" + std::string(tls::name(tls.newest)) + ") is older than the oldest (" +
                           std::string(tls::name(tls.oldest)) + ")",
                       newest ? "say oldest too" : "say newest too");
}

}  // namespace scenario
