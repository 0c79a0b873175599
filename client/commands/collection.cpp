#include "client/commands/collection.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include <unistd.h>

#include "client/base/options.h"
#include "client/commands/mailbox_words.h"
#include "client/conversation/other_protocol.h"
#include "client/conversation/waiting.h"
#include "client/fetch/mail.h"
#include "core/base64.h"
#include "core/show.h"

namespace commands {
namespace {

constexpr std::chrono::minutes kUsualPatience{5};
constexpr std::chrono::milliseconds kBetweenProgress{200};
constexpr std::size_t kProgressStep = 1000;  // mails, where no line can be written over
constexpr std::size_t kMostBodyLines = 20;   // of the last mail
constexpr std::size_t kShortestSecret = 4;   // what is shorter cannot be told from other words

bool on_terminal() { return isatty(STDOUT_FILENO) != 0; }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t lf = std::min(text.find('\n'), text.size() - 1);
    lines.emplace_back(core::without_line_end(text.substr(0, lf + 1)));
    text.remove_prefix(lf + 1);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string without_word(const std::string& text, std::string_view secret) {
  return secret.size() < kShortestSecret ? text : core::replace_all(text, secret, core::kMask);
}

}  // namespace

Collection::Collection(net::Loop& loop, Errand errand, const knowledge::Knowledge& knowledge, CollectionOptions options,
                       std::ostream& out)
    : loop_(loop),
      errand_(std::move(errand)),
      knowledge_(knowledge),
      options_(options),
      out_(out),
      silence_(loop,
               [this] {
                 const auto patience = errand_.patience.value_or(kUsualPatience);
                 lost(core::Error{core::Blame::kPeer,
                                  core::phrase("no reply for {0}", "{0} 内没有回复", {client::seconds(patience)}),
                                  {},
                                  {},
                                  errand_.way->stage() == fetch::Stage::kGreeting ? "silent-greeting" : "silent-reply"});
               }),
      turn_(loop, [this] { finish(); }),
      hidden_{errand_.password.reveal(), core::base64_encode(errand_.password.reveal())} {
  for (const int number : {SIGINT, SIGTERM}) {
    signals_.push_back(std::make_unique<net::Signal>(loop, number, [this] {
      errand_.way->lost(core::Error{core::Blame::kCaller, {"interrupted", "已中断"}, {}, {}, {}});
      finish();
    }));
  }
}

Collection::~Collection() = default;

int Collection::run() {
  const std::string place = errand_.server.host + ":" + std::to_string(errand_.server.port);
  line(core::show_bytes(place) + " · " + std::string(client::name(errand_.server.security)) + " · " +
       core::show_bytes(errand_.server.user));
  connect();
  loop_.run();
  return status();
}

void Collection::connect() {
  const std::chrono::milliseconds usual = net::Stream::kConnectPatience;
  connecting_ = net::Stream::connect(
      loop_, errand_.server.host, errand_.server.port,
      [this](core::Result<std::unique_ptr<net::Stream>> stream) { connected(std::move(stream)); },
      std::min(errand_.patience.value_or(usual), usual));
}

void Collection::connected(core::Result<std::unique_ptr<net::Stream>> stream) {
  if (!stream) return lost(stream.error());
  stream_ = std::move(*stream);
  const bool in_tls = errand_.server.security == client::Security::kTls;
  errand_.way->connected(in_tls);
  driver_ = std::make_unique<net::Driver>(
      loop_, *stream_, [] {}, [this] { begin_tls(); });
  stream_->start({.on_bytes = [this](std::string_view octets) { received(octets); },
                  .on_end = [this] { lost(std::nullopt); },
                  .on_error = [this](const core::Error& error) { lost(error); },
                  .on_secured =
                      [this] {
                        errand_.way->secured();
                        go_on();
                      }});
  if (in_tls) begin_tls();
  wait();
}

void Collection::begin_tls() {
  auto engine = client::make_engine(errand_.tls);
  if (!engine) return lost(engine.error());
  stream_->start_tls(std::move(*engine));
  wait();
}

void Collection::wait() { silence_.start(errand_.patience.value_or(kUsualPatience)); }

void Collection::received(std::string_view octets) {
  if (is_finished_) return;
  wait();
  if (errand_.way->stage() == fetch::Stage::kGreeting && !octets.empty()) {
    std::string_view id = client::other_protocol(fetch::name(errand_.server.over), octets, true);
    if (stream_->tls() == nullptr && client::begins_tls_record(octets.front())) id = "tls-port-in-clear";
    if (!id.empty()) {
      const core::Error error{core::Blame::kPeer, {"this is no mailbox", "这里不是邮箱"}, {}, {}, std::string(id)};
      return lost(error);
    }
  }
  errand_.way->receive(octets);
  go_on();
}

void Collection::lost(std::optional<core::Error> error) {
  errand_.way->lost(std::move(error));
  tell();
  turn_.start(std::chrono::milliseconds(0));  // not from inside a callback of the connection
}

void Collection::go_on() {
  if (is_finished_) return;
  if (errand_.way->is_listed() && !has_chosen_) choose();
  for (const fetch::Fetched& message : errand_.way->take_fetched()) keep(message);
  tell();
  driver_->perform(errand_.way->take_actions());
  if (errand_.way->is_over() || write_error_) turn_.start(std::chrono::milliseconds(0));
}

// The newest first, but for what is here already.
void Collection::choose() {
  has_chosen_ = true;
  const std::vector<std::string>& ids = errand_.way->ids();
  std::vector<std::size_t> places;
  std::size_t looked_at = 0;
  for (std::size_t place = ids.size(); place-- > 0 && (!errand_.newest || looked_at < *errand_.newest); ++looked_at) {
    if (ids[place].empty() || !errand_.archive.has(ids[place])) places.push_back(place);
  }
  to_come_ = places.size();
  tell();
  line("");
  line(say(fetch::Say::kMailbox, {ids.size(), to_come_}));
  errand_.way->want(std::move(places));
}

std::string Collection::shown(const std::string& text, const std::vector<core::Span>& secrets) const {
  if (options_.show_secrets) return core::show_bytes(text);
  std::string masked = core::mask(text, secrets);
  for (const std::string& one : hidden_) masked = without_word(masked, one);
  return core::show_bytes(masked);
}

void Collection::tell() {
  for (const fetch::Told& told : errand_.way->take_told()) {
    for (const core::Span& one : told.secrets) hidden_.push_back(told.line.substr(one.begin, one.end - one.begin));
    if (std::exchange(is_progress_shown_, false)) line("");
    if (told.is_ours) {
      line("");
      line(std::to_string(++steps_) + ". " + (told.is_warning ? "! " : "") + told.why.in(options_.language));
    }
    line((told.is_ours ? "C: " : "S: ") + shown(told.line, told.secrets));
  }
}

void Collection::keep(const fetch::Fetched& message) {
  if (write_error_) return;
  const auto mail = fetch::read_mail(message.octets, message.is_cut, errand_.attachments ? &*errand_.attachments : nullptr);
  const auto kept = mail ? errand_.archive.add(message.id, mail->json) : core::Result<void>(core::Failure(mail.error()));
  if (!kept) {
    write_error_ = kept.error();
    return;
  }
  saved_ += mail->attachments;
  ++came_;
  if (message.is_cut) line(say(fetch::Say::kCut) + " " + core::show_bytes(message.id));
  progress();
}

void Collection::progress() {
  const std::string text = say(fetch::Say::kProgress, {came_, to_come_});
  if (!on_terminal()) {
    if (came_ % kProgressStep == 0) line(text);
    return;
  }
  const std::chrono::milliseconds now = loop_.now();
  if (came_ < to_come_ && now - told_at_ < kBetweenProgress) return;
  told_at_ = now;
  out_ << '\r' << text << std::flush;
  is_progress_shown_ = true;
}

void Collection::finish() {
  if (std::exchange(is_finished_, true)) return;
  turn_.stop();
  silence_.stop();
  signals_.clear();
  connecting_.reset();
  if (stream_ && errand_.way->is_over() && !errand_.way->outcome().lost) stream_->finish();
  driver_.reset();
  stream_.reset();
  if (std::exchange(is_progress_shown_, false)) line("");
  if (has_chosen_ || errand_.archive.come() > 0) {
    const std::size_t come = errand_.archive.come();
    if (const auto done = errand_.archive.commit(errand_.way->ids()); !done && !write_error_) write_error_ = done.error();
    to_come_ = std::max(to_come_, came_);
    line("");
    if (!errand_.archive.set_aside().empty()) {
      line(say(fetch::Say::kSetAside,
               {core::show_bytes(errand_.archive.path()), core::show_bytes(errand_.archive.set_aside())}));
    }
    const core::Part file = core::show_bytes(errand_.archive.path());
    const bool is_partial = to_come_ > came_;
    line(is_partial ? say(fetch::Say::kPartly, {come, file, to_come_ - came_}) : say(fetch::Say::kDone, {come, file}));
    if (saved_ > 0) line(say(fetch::Say::kSaved, {saved_, core::show_bytes(errand_.attachments_path)}));
  }
  errand_.archive.leave();
  print_outcome();
  if (!errand_.way->outcome().stopped_at && !write_error_) print_last();
  loop_.stop();
}

void Collection::print_outcome() {
  const fetch::Outcome& outcome = errand_.way->outcome();
  if (write_error_) line("  " + core::describe(*write_error_, options_.language));
  if (outcome.stopped_at) {
    line("");
    const bool is_refused = outcome.refusal && !outcome.lost;
    line(say(is_refused ? fetch::Say::kRefused : fetch::Say::kUnfinished) + std::string(client::colon(options_.language)) +
         fetch::name(*outcome.stopped_at, options_.language));
  } else if (outcome.refused > 0) {
    line(say(fetch::Say::kUnread, {outcome.refused}));
  }
  if (outcome.refusal) print_refusal(*outcome.refusal);
  if (outcome.error) {
    print_failure(*outcome.error);
  } else if (outcome.lost) {
    line("  " + word(client::Word::kServerClosed));
  }
}

void Collection::print_refusal(const protocol::Answer& answer) {
  line("  " + shown(answer.code + (answer.lines.empty() ? "" : " " + answer.lines.front()), {}));
  const std::string traces = errand_.server.host + " " + errand_.way->greeting();
  const auto meaning = meaning_of_refusal(knowledge_, scenario::Catalogue::embedded(), fetch::name(errand_.server.over), traces,
                                          answer, errand_.way->outcome().stopped_at == fetch::Stage::kLogin);
  if (!meaning) return;
  if (!meaning->who.empty()) line("  " + say(fetch::Say::kSaidBy, {meaning->who}));
  print_meaning(meaning->why, meaning->fix);
}

void Collection::print_meaning(const core::Text& why, const core::Text& fix) {
  line("  " + word(client::Word::kWhy) + "  " + why.in(options_.language));
  line("  " + word(client::Word::kDo) + "  " + fix.in(options_.language));
}

void Collection::print_failure(const core::Error& error) {
  const auto* const entry = knowledge_.failure(error.id);
  if (entry == nullptr) return line("  " + core::describe(error, options_.language));
  line("  " + entry->what.in(options_.language));
  const bool is_chinese = options_.language == core::Language::kChinese;
  line((is_chinese ? "  （" : "  (") + core::describe(error, options_.language) + (is_chinese ? "）" : ")"));
  print_meaning(entry->why, entry->fix);
  for (const std::string_view option : {"--security", "--server", "--port", "--user"}) {
    if (entry->fix.en.find(option) == std::string::npos) continue;
    line("  " + say(fetch::Say::kInTheFile));
    break;
  }
}

void Collection::print_last() {
  const auto mail = fetch::first_mail(errand_.archive.path());
  if (!mail) return;
  line("");
  line(say(fetch::Say::kLast));
  for (const char* const key : {"From", "Date", "Subject"}) {
    const auto value = mail->find(key);
    if (value != mail->end()) line("  " + std::string(key) + ": " + core::show_bytes(value->second));
  }
  line("");
  const auto body = mail->find("Body");
  const std::vector<std::string> lines = body == mail->end() ? std::vector<std::string>() : lines_of(body->second);
  for (std::size_t i = 0; i < std::min(lines.size(), kMostBodyLines); ++i) line("  " + core::show_bytes(lines[i]));
  if (lines.size() > kMostBodyLines)
    line("  " + say(fetch::Say::kMoreLines, {lines.size() - kMostBodyLines, core::show_bytes(errand_.archive.path())}));
}

// The first cause. TLS that was asked for and did not come about is a failure of TLS, whoever said so.
int Collection::status() const {
  if (write_error_) return client::kUsage;
  const fetch::Outcome& outcome = errand_.way->outcome();
  if (!outcome.stopped_at) return outcome.refused > 0 ? client::kFailed : client::kDone;
  return outcome.lost || outcome.stopped_at == fetch::Stage::kStarttls ? client::kNetwork : client::kFailed;
}

}  // namespace commands
