#include "client/stepper/tls_view.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "client/base/spoken.h"
#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "client/stepper/meaning.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;
using screen::Line;
using screen::Role;

constexpr std::array kLabels{Word::kTlsVersion,       Word::kTlsCipher,          Word::kTlsHost,
                             Word::kTlsVerified,      Word::kCertificateSubject, Word::kCertificateIssuer,
                             Word::kCertificateNames, Word::kCertificateFrom,    Word::kCertificateUntil,
                             Word::kCertificateKey,   Word::kCertificateSerial,  Word::kCertificateFingerprint};

class TlsTeller {
 public:
  TlsTeller(const View& view, const knowledge::Knowledge& knowledge, core::Language language)
      : view_(view), knowledge_(knowledge), language_(language) {
    for (const Word label : kLabels) label_width_ = std::max(label_width_, screen::width(say(label)));
  }

  std::vector<Line> tell() {
    if (view_.tls == nullptr) {
      in_clear();
    } else {
      connection(*view_.tls);
    }
    failure();
    if (view_.tls != nullptr) certificates(*view_.tls);
    return std::move(lines_);
  }

 private:
  [[nodiscard]] std::string say(Word word) const { return std::string(client::word(word, language_)); }

  void sentence(std::string text, Role role = Role::kPlain) { lines_.push_back({{role, std::move(text)}}); }

  // A label in a column of its own; nothing for an empty value.
  void row(Word label, std::string_view value, Role role = Role::kPlain) {
    if (value.empty()) return;
    const std::string text = say(label);
    lines_.push_back(
        {{Role::kDim, text + std::string(label_width_ - screen::width(text) + 2, ' ')}, {role, core::show_bytes(value)}});
  }

  void in_clear() {
    sentence(say(view_.is_securing ? Word::kTlsUnderWay : Word::kTlsNone));
    if (view_.is_securing || view_.is_closed) return;
    sentence("");
    const bool offers = view_.session.offers(view_.protocol.input(protocol::Role::kStartTls).verb());
    const bool has_asked = view_.session.has_asked_for_offers();
    sentence(client::word(offers      ? Word::kTlsOffered
                          : has_asked ? Word::kTlsNotOffered
                                      : Word::kTlsAskEhlo,
                          view_.protocol, language_));
  }

  void connection(const tls::Details& details) {
    if (view_.is_securing) sentence(say(Word::kTlsUnderWay));
    if (!details.version.empty()) row(Word::kTlsVersion, tls_version(details));
    row(Word::kTlsCipher, details.cipher);
    row(Word::kTlsHost, details.host);
    if (details.chain.empty() && !details.distrust) return;
    if (!details.distrust) {
      row(Word::kTlsVerified, say(Word::kTlsConvinces), Role::kPositive);
      return;
    }
    row(Word::kTlsVerified, say(view_.session.is_encrypted() ? Word::kTlsTaken : Word::kTlsNotVerified), Role::kWarning);
    explain(details.distrust->id, details.distrust->text.in(language_));
  }

  // Why it failed, when it was not the certificate.
  void failure() {
    const auto& events = view_.log.events();
    if (events.empty() || events.back().kind != dialogue::Kind::kClosed || events.back().failure.empty()) return;
    const bool is_told = view_.tls != nullptr && view_.tls->distrust && view_.tls->distrust->id == events.back().failure;
    if (!is_told) explain(events.back().failure, events.back().note.in(language_));
  }

  void explain(std::string_view id, std::string_view detail) {
    sentence("");
    for (const Paragraph& one : failure_meaning(id, knowledge_, language_))
      lines_.push_back({{Role::kStrong, one.label + "  "}, {one.role, one.text}});
    sentence(core::show_bytes(detail), Role::kDim);
  }

  void certificates(const tls::Details& details) {
    bool is_own = true;
    for (const tls::Certificate& certificate : details.chain) {
      sentence("");
      sentence(say(std::exchange(is_own, false) ? Word::kTlsOwnCertificate : Word::kTlsIssuerCertificate), Role::kStrong);
      row(Word::kCertificateSubject, certificate.subject);
      row(Word::kCertificateIssuer, certificate.issuer);
      std::string names;
      for (const std::string& name : certificate.names) names += (names.empty() ? "" : ", ") + name;
      row(Word::kCertificateNames, names);
      row(Word::kCertificateFrom, certificate.not_before.empty() ? "" : certificate.not_before + " UTC");
      row(Word::kCertificateUntil, certificate.not_after.empty() ? "" : certificate.not_after + " UTC");
      row(Word::kCertificateKey, certificate.key);
      row(Word::kCertificateSerial, certificate.serial);
      row(Word::kCertificateFingerprint, certificate.fingerprint);
    }
  }

  const View& view_;
  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  std::size_t label_width_ = 0;
  std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> tls_lines(const View& view, const knowledge::Knowledge& knowledge, core::Language language) {
  return TlsTeller(view, knowledge, language).tell();
}

std::string tls_version(const tls::Details& details) {
  if (!details.version.starts_with("TLSv")) return details.version.empty() ? "TLS" : core::show_bytes(details.version);
  return "TLS " + core::show_bytes(details.version.substr(4));
}

}  // namespace stepper
