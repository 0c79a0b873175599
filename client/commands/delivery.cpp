#include "client/commands/delivery.h"

#include <algorithm>
#include <utility>

#include "client/base/options.h"
#include "core/show.h"
#include "dialogue/text_lines.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {
namespace {

using send::Say;

// Of a message, in lines: more than both together is shortened on the screen.
constexpr std::size_t kFirstLines = 60;
constexpr std::size_t kLastLines = 5;

// Where line `number` begins, counted from 0; npos when there are not so many.
std::size_t line_begin(std::string_view text, std::size_t number) {
  std::size_t at = 0;
  for (; number > 0 && at != std::string_view::npos; --number) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return at;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& one : names) all += (all.empty() ? "" : ", ") + core::show_bytes(one);
  return all;
}

// "550 5.1.1 No such user": the first line, and that there are more.
std::string first_line(const smtp::Reply& reply) {
  std::string text = std::to_string(reply.code.value());
  if (!reply.lines.empty()) text += " " + core::show_bytes(reply.lines.front());
  return reply.lines.size() > 1 ? text + " …" : text;
}

}  // namespace

Delivery::Delivery(net::Loop& loop, Order order, const knowledge::Knowledge& knowledge, DeliveryOptions options,
                   std::ostream& out)
    : loop_(loop),
      knowledge_(knowledge),
      options_(options),
      printer_(out, knowledge, options.language, options.show_secrets),
      path_(std::move(order.wish), order.mail),
      conversation_(
          loop, order.server, [this] { advance(); }, std::move(order.manners)),
      turn_(loop, [this] { send_next(); }) {
  heading(order);
}

void Delivery::heading(const Order& order) {
  std::string text = conversation_.address() + " · " + std::string(client::name(order.server.security));
  if (order.mail) text += " · " + core::show_bytes(order.mail->from) + " → " + joined(order.mail->to);
  printer_.line(text);
  printer_.line("");
}

int Delivery::run() {
  if (const auto opened = conversation_.open(); !opened) {
    broken_ = true;
    path_.lost(opened.error());
    summary();
    return status();
  }
  loop_.run();
  return status();
}

void Delivery::advance() {
  print_new();
  if (conversation_.is_closed()) {
    finish();
    return;
  }
  if (conversation_.is_out_of_step()) {
    path_.lost(core::Error{core::Blame::kPeer, "what came is no reply", {}, {}, {}});
  } else if (!conversation_.is_settled() && !path_.is_over()) {
    return;
  }
  turn_.start(std::chrono::milliseconds(0));  // not from inside the callback of the connection
}

void Delivery::send_next() {
  if (!conversation_.is_open()) return;
  const auto step = path_.next(conversation_.session());
  if (path_.is_over()) {
    conversation_.close();
    return;
  }
  if (!step) return;
  const std::string why = step->why.in(options_.language);
  printer_.step(++steps_, step->is_warning ? "! " + why : why);
  conversation_.send(step->bytes);
}

void Delivery::print_new() {
  const auto& events = conversation_.log().events();
  for (; printed_ < events.size(); ++printed_) {
    dialogue::Event event = events[printed_];
    if (event.kind == dialogue::Kind::kServer && event.reply) {
      path_.answered(event.input.value_or(smtp::Input::kUnknown), *event.reply);
      explain_refusal(event);
    }
    if (event.kind == dialogue::Kind::kClient && event.input == smtp::Input::kMessage) {
      print_message(std::move(event));
    } else {
      printer_.event(event, dialogue::auth_turn(conversation_.log(), event));
    }
  }
}

// Nobody reads a picture in base64: its beginning and its end are enough.
void Delivery::print_message(dialogue::Event event) {
  const auto lines = static_cast<std::size_t>(std::count(event.bytes.begin(), event.bytes.end(), '\n'));
  if (lines <= kFirstLines + kLastLines) {
    printer_.event(event);
    return;
  }
  const std::string bytes = std::move(event.bytes);
  dialogue::Event part;
  part.kind = event.kind;
  part.input = event.input;
  part.bytes = bytes.substr(0, line_begin(bytes, kFirstLines));
  for (const std::string& row : dialogue::text_lines(part)) printer_.line(row);
  printer_.line("   … " + std::to_string(lines - kFirstLines - kLastLines) + " " + say(Say::kLinesLeftOut));
  event.bytes = bytes.substr(line_begin(bytes, lines - kLastLines));
  for (smtp::Remark& remark : event.remarks) remark.where = {};
  printer_.event(event);
}

// A real server does not say why it refuses. Where its words are those of a provider we know, what is known of them is said.
void Delivery::explain_refusal(dialogue::Event& event) {
  if (event.explanation != nullptr || !event.reply->code.is_negative()) return;
  if (known_replies_ == nullptr) {
    known_replies_ = std::make_unique<KnownReplies>(scenario::Catalogue::embedded());
  }
  const std::vector<const KnownReply*> known = known_replies_->matching(*event.reply);
  if (!known.empty()) event.explanation = known.front()->entry.explanation;
}

void Delivery::finish() {
  if (finished_) return;
  finished_ = true;
  turn_.stop();
  broken_ = conversation_.failure().has_value();
  path_.lost(conversation_.failure());
  summary();
  loop_.stop();
}

void Delivery::summary() {
  const send::Outcome& outcome = path_.outcome();
  printer_.line("");
  if (!outcome.stopped_at && outcome.delivered.empty()) return;  // nothing was to be delivered
  if (!outcome.stopped_at) {
    printer_.line(say(Say::kDelivered) + " " + joined(outcome.delivered));
    return;
  }
  const std::string stage(send::name(*outcome.stopped_at));
  if (!outcome.delivered.empty()) {
    printer_.line(say(Say::kPartly) + " " + joined(outcome.delivered));
  } else {
    const bool is_refused = !outcome.refusals.empty() && outcome.refusals.back().stage == *outcome.stopped_at;
    printer_.line(say(is_refused ? Say::kRefused : Say::kUnfinished) + ": " + stage);
  }
  for (const send::Refusal& refusal : outcome.refusals) print_refusal(refusal);
  if (outcome.error) {
    print_failure(*outcome.error);
  } else if (outcome.refusals.empty()) {
    printer_.line(say(Say::kClosedByServer));
  }
  if (outcome.in_doubt) printer_.line(say(Say::kInDoubt));
}

void Delivery::print_refusal(const send::Refusal& refusal) {
  const std::string who = refusal.recipient.empty() ? std::string(send::name(refusal.stage))
                                                    : core::show_bytes(refusal.recipient) + " " + say(Say::kRecipientRefused);
  printer_.line("  " + who + ": " + first_line(refusal.reply));
}

void Delivery::print_failure(const core::Error& error) {
  const auto* const entry = knowledge_.failure(error.id);
  if (entry == nullptr) {
    printer_.line("  " + core::describe(error));
    return;
  }
  printer_.line("  " + entry->what.in(options_.language));
  if (broken_) return;  // how it came to that stands with the end of the connection, a few lines above
  if (!error.text.empty()) printer_.line("  (" + core::describe(error) + ")");
  printer_.line("  " + say(Say::kWhy) + "  " + entry->why.in(options_.language));
  printer_.line("  " + say(Say::kDo) + "  " + entry->fix.in(options_.language));
  // The words are those of `smtplab step`; here the same stands in the file.
  if (!options_.has_file) return;
  for (const std::string_view option : {"--security", "--server", "--port", "--user"}) {
    if (entry->fix.en.find(option) == std::string::npos) continue;
    printer_.line("  " + say(Say::kInTheFile));
    break;
  }
}

int Delivery::status() const {
  const auto stage = path_.outcome().stopped_at;
  if (!stage) return client::kDone;
  // TLS that was asked for and did not come about is a failure of TLS, whether the server said so or the handshake did.
  return broken_ || stage == send::Stage::kStarttls ? client::kNetwork : client::kFailed;
}

}  // namespace commands
