#include "imap/search.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "imap/extent_reader.h"
#include "imap/search_plan.h"
#include "imap/section.h"
#include "imap/stored_message.h"
#include "mime/charset.h"
#include "mime/date.h"
#include "mime/fields.h"
#include "mime/fold.h"
#include "mime/read.h"

namespace imap {
namespace {

using std::chrono::year_month_day;
using Fits = core::Result<bool>;

bool fits(const SearchDate& wanted, year_month_day day) {
  switch (wanted.is) {
    case SearchDate::Is::kBefore: return day < wanted.day;
    case SearchDate::Is::kOn: return day == wanted.day;
    case SearchDate::Is::kSince: return day >= wanted.day;
  }
  return false;
}

bool has(const mailbox::Flags& flags, SearchFlag::Flag flag, bool recent) {
  switch (flag) {
    case SearchFlag::Flag::kSeen: return flags.seen;
    case SearchFlag::Flag::kAnswered: return flags.answered;
    case SearchFlag::Flag::kFlagged: return flags.flagged;
    case SearchFlag::Flag::kDeleted: return flags.deleted;
    case SearchFlag::Flag::kDraft: return flags.draft;
    case SearchFlag::Flag::kRecent: return recent;
  }
  return false;
}

// Folded text in a value of a header.
bool is_in_value(std::string_view raw, const std::string& text) {
  return mime::folded(mime::decoded_value(raw)).find(text) != std::string::npos;
}

// One message, of which no more is read than criteria ask for.
class Candidate {
 public:
  Candidate(const Searched& searched, std::uint32_t index)
      : searched_(&searched),
        entry_(&searched.listing.entries[index]),
        number_(index + 1),
        message_(searched.folder, *entry_) {}

  Fits fits(const Criterion& criterion) {
    return std::visit([this](const auto& one) { return this->test(one); }, criterion.is);
  }

 private:
  Fits test(const AllOf& all) { return first_that(all.criteria, false, true); }
  Fits test(const AnyOf& any) { return first_that(any.criteria, true, false); }
  Fits test(const NoneOf& none) {
    return first_that(none.criteria, true, false).map([](bool fits) { return !fits; });
  }

  // What all together say, when the first that says `decisive` decides.
  Fits first_that(const std::vector<Criterion>& criteria, bool decisive, bool otherwise) {
    for (const Criterion& criterion : criteria) {
      const Fits one = fits(criterion);
      if (!one || *one == decisive) return one;
    }
    return otherwise;
  }

  Fits test(const InSet& set) { return contains(set.ranges, set.by_uid ? entry_->uid.value : number_); }
  Fits test(const SearchSize& size) { return size.larger ? entry_->size > size.octets : entry_->size < size.octets; }
  Fits test(const SearchModSequence& wanted) { return entry_->mod_sequence >= wanted.least; }

  Fits test(const SearchFlag& flag) {
    const auto& recent = searched_->recent;
    const bool is_recent =
        flag.flag == SearchFlag::Flag::kRecent && std::binary_search(recent.begin(), recent.end(), entry_->uid);
    return has(entry_->flags, flag.flag, is_recent) == flag.is_set;
  }

  Fits test(const SearchKeyword& keyword) {
    const auto& keywords = entry_->flags.keywords;
    return (mailbox::find_keyword(keywords, keyword.name) != keywords.end()) == keyword.is_set;
  }

  Fits test(const SearchDate& date) {
    if (date.of == SearchDate::Of::kReceived) {
      const std::chrono::sys_seconds local{std::chrono::seconds{entry_->received} + searched_->zone};
      return imap::fits(date, year_month_day(std::chrono::floor<std::chrono::days>(local)));
    }
    const auto tree = message_.tree();
    if (!tree) return core::Failure(tree.error());
    const auto value = (*tree)->parts.front().fields.find(Field::kDate);
    const auto day = value ? mime::day_of(*value) : std::nullopt;
    return day && imap::fits(date, *day);
  }

  Fits test(const SearchHeader& wanted) {
    const auto tree = message_.tree();
    if (!tree) return core::Failure(tree.error());
    const auto* const known = std::find_if(kFieldNames.begin(), kFieldNames.end(), [&](std::string_view name) {
      return core::equals_ignoring_case(name, wanted.field);
    });
    if (known != kFieldNames.end()) {
      const auto value = (*tree)->parts.front().fields.find(static_cast<Field>(known - kFieldNames.begin()));
      return value && is_in_value(*value, wanted.text);
    }
    const auto header = reader_.read((*tree)->parts.front().header, kMostSearched);
    if (!header) return core::Failure(header.error());
    // Other lines of the header may be no fields.
    const std::string named = filtered_header(*header, {.what = Section::What::kHeaderFields, .fields = {wanted.field}});
    const auto fields = mime::fields_in(named, mime::kMostFields);
    return std::any_of(fields.begin(), fields.end(),
                       [&](const mime::RawField& field) { return is_in_value(field.value, wanted.text); });
  }

  Fits test(const SearchText& wanted) {
    const auto tree = message_.tree();
    if (!tree) return core::Failure(tree.error());
    for (const std::uint32_t part : in_order(**tree)) {
      const Fits found = is_in_part(**tree, part, wanted);
      if (!found || *found) return found;
    }
    return false;
  }

  // As they stand in the message, so that it is walked through once.
  static std::vector<std::uint32_t> in_order(const MessageTree& tree) {
    std::vector<std::uint32_t> parts(tree.parts.size());
    std::iota(parts.begin(), parts.end(), 0);
    std::stable_sort(parts.begin(), parts.end(), [&](std::uint32_t one, std::uint32_t other) {
      return tree.parts[one].header.begin < tree.parts[other].header.begin;
    });
    return parts;
  }

  Fits is_in_part(const MessageTree& tree, std::uint32_t index, const SearchText& wanted) {
    const Part& part = tree.parts[index];
    if (index != 0 || wanted.in_header) {
      const auto header = reader_.read(part.header, kMostSearched);
      if (!header) return core::Failure(header.error());
      if (is_in_value(*header, wanted.text)) return true;
    }
    const ContentType type = content_type_of(tree, index);
    if (part.kind != Part::Kind::kSingle || !(type.is("text") || type.is("message"))) return false;
    const auto body = reader_.read(part.body, kMostSearched);
    if (!body) return core::Failure(body.error());
    return text_of(part, type, *body).find(wanted.text) != std::string::npos;
  }

  static std::string text_of(const Part& part, const ContentType& type, std::string_view body) {
    const auto encoding = part.fields.find(Field::kContentTransferEncoding);
    std::string charset;
    for (const auto& [name, value] : type.parameters) {
      if (core::equals_ignoring_case(name, "charset")) charset = value;
    }
    const std::string octets = mime::transfer_decoded(body, encoding ? parse_token(*encoding).value_or("") : "");
    return mime::folded(mime::to_utf8(octets, charset));
  }

  const Searched* searched_;
  const mailbox::Entry* entry_;
  std::uint32_t number_;
  StoredMessage message_;
  ExtentReader reader_{message_};
};

}  // namespace

core::Result<std::vector<std::uint32_t>> search(const Searched& searched, const SearchProgram& program) {
  const auto plan = search_plan(program, searched.listing);
  if (!plan) return core::Failure(plan.error());
  std::vector<std::uint32_t> found;
  for (std::uint32_t index = 0; index < searched.listing.entries.size(); ++index) {
    const Fits fits = Candidate(searched, index).fits(*plan);
    if (!fits && fits.error().id != "message-gone") return core::Failure(fits.error());
    if (fits && *fits) found.push_back(index);
  }
  return found;
}

}  // namespace imap
