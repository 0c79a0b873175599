#include "imap/search_plan.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/show.h"
#include "core/text.h"
#include "imap/header_fields.h"
#include "mime/charset.h"
#include "mime/fold.h"

namespace imap {
namespace {

using Cost = Criterion::Cost;

core::Failure bad_charset(std::string_view charset) {
  return core::Failure(core::Error{core::Blame::kPeer,
                                   core::phrase("the search is not in the charset {0}", "搜索的文本不是字符集 {0}",
                                                {charset.empty() ? "US-ASCII" : core::show_bytes(charset)}),
                                   "RFC 9051 §6.4.4",
                                   {},
                                   "bad-charset"});
}

class Planner {
 public:
  Planner(std::string_view charset, const mailbox::Listing& listing) : charset_(charset), listing_(&listing) {}

  core::Result<Criterion> plan(const SearchKey& key) {
    return std::visit([this](const auto& one) { return this->plan(one); }, key.is);
  }

 private:
  static core::Result<Criterion> plan(const SearchAll&) { return Criterion{Cost::kListing, AllOf{}}; }
  static core::Result<Criterion> plan(const SearchFlag& key) { return Criterion{Cost::kListing, key}; }
  static core::Result<Criterion> plan(const SearchKeyword& key) { return Criterion{Cost::kListing, key}; }
  static core::Result<Criterion> plan(const SearchModSequence& key) { return Criterion{Cost::kListing, key}; }
  static core::Result<Criterion> plan(const SearchSize& key) { return Criterion{Cost::kListing, key}; }
  static core::Result<Criterion> plan(const SearchDate& key) {
    return Criterion{key.of == SearchDate::Of::kReceived ? Cost::kListing : Cost::kNotes, key};
  }

  core::Result<Criterion> plan(const SearchAnd& key) { return plan_all<AllOf>(key.keys); }
  core::Result<Criterion> plan(const SearchOr& key) { return plan_all<AnyOf>(key.keys); }
  core::Result<Criterion> plan(const SearchNot& key) { return plan_all<NoneOf>(key.keys); }

  core::Result<Criterion> plan(const SearchMessages& key) {
    const auto& entries = listing_->entries;
    const std::uint32_t count = static_cast<std::uint32_t>(entries.size());
    const std::uint32_t greatest = !key.by_uid ? count : entries.empty() ? 0 : entries.back().uid.value;
    return Criterion{Cost::kListing, InSet{key.set.resolved(greatest), key.by_uid}};
  }

  core::Result<Criterion> plan(const SearchHeader& key) {
    auto text = folded(key.text);
    if (!text) return core::Failure(text.error());
    const bool is_noted = std::any_of(kFieldNames.begin(), kFieldNames.end(),
                                      [&](std::string_view name) { return core::equals_ignoring_case(name, key.field); });
    return Criterion{is_noted ? Cost::kNotes : Cost::kHeader, SearchHeader{key.field, std::move(*text)}};
  }

  core::Result<Criterion> plan(const SearchText& key) {
    auto text = folded(key.text);
    if (!text) return core::Failure(text.error());
    return Criterion{Cost::kBody, SearchText{key.in_header, std::move(*text)}};
  }

  template <typename Several>
  core::Result<Criterion> plan_all(const std::vector<SearchKey>& keys) {
    Several several;
    Cost greatest = Cost::kListing;
    for (const SearchKey& key : keys) {
      auto criterion = plan(key);
      if (!criterion) return criterion;
      greatest = std::max(greatest, criterion->cost);
      several.criteria.push_back(std::move(*criterion));
    }
    std::stable_sort(several.criteria.begin(), several.criteria.end(),
                     [](const Criterion& one, const Criterion& other) { return one.cost < other.cost; });
    return Criterion{greatest, std::move(several)};
  }

  core::Result<std::string> folded(const std::string& text) {
    const bool is_default = charset_.empty() || core::equals_ignoring_case(charset_, "US-ASCII");
    const auto utf8 = is_default || core::equals_ignoring_case(charset_, "UTF-8")
                          ? (core::is_utf8(text) ? std::optional(text) : std::nullopt)
                          : mime::to_utf8_exactly(text, charset_);
    if (!utf8) return bad_charset(charset_);
    return mime::folded(*utf8);
  }

  std::string_view charset_;
  const mailbox::Listing* listing_;
};

}  // namespace

core::Result<Criterion> search_plan(const SearchProgram& program, const mailbox::Listing& listing) {
  // Also where no text is asked for: a client that names a charset wants to know.
  const bool is_known = program.charset.empty() || core::equals_ignoring_case(program.charset, "US-ASCII") ||
                        mime::to_utf8_exactly("a", program.charset).has_value();
  if (!is_known) return bad_charset(program.charset);
  return Planner(program.charset, listing).plan(program.key);
}

}  // namespace imap
