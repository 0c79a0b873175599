#include "mockserver/scenario/reading.h"
#include "tls/library.h"

namespace scenario {
namespace {

std::optional<tls::Version> version_in(const Reading& reading, const document::Node& table, std::string_view key) {
  const auto version = word_in<tls::Version>(table, "tls", key);
  if (!version || *version <= tls::newest_version()) return version;
  reading.problems.add(
      table.find(key)->where,
      core::phrase("{0} is more than the library here speaks ({1}: up to {2})", "这里的库不支持 {0}（{1} 最高到 {2}）",
                   {tls::name(*version), tls::library_version(), tls::name(tls::newest_version())}),
      {"an older version, or a newer mbedTLS", "写一个旧一点的版本，或者换用更新的 mbedTLS"});
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
                       core::phrase("the newest version ({0}) is older than the oldest ({1})",
                                    "最新版本（{0}）比最旧版本（{1}）还旧", {tls::name(tls.newest), tls::name(tls.oldest)}),
                       core::phrase("say {0} too", "把 {0} 也写上", {newest ? "oldest" : "newest"}));
}

}  // namespace scenario
