#include "client/commands/delivery.h"

#include <utility>

#include "client/base/options.h"
#include "core/show.h"
#include "dialogue/text_lines.h"

namespace commands {
namespace {

using send::Say;

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& one : names) all += (all.empty() ? "" : ", ") + core::show_bytes(one);
  return all;
}

// "550 5.1.1 No such user": the first line, and that there are more.
std::string first_line(const protocol::Answer& reply) {
  std::string text = reply.code;
  if (!reply.lines.empty()) text += " " + core::show_bytes(reply.lines.front());
  return reply.lines.size() > 1 ? text + " …" : text;
}

}  // namespace

Delivery::Delivery(net::Loop& loop, Order order, const knowledge::Knowledge& knowledge, DeliveryOptions options,
                   std::ostream& out)
    : loop_(loop),
      knowledge_(knowledge),
      options_(options),
      printer_(out, *order.server.protocol, knowledge, options.language, options.show_secrets),
      path_(std::move(order.wish), order.mail),
      excerpt_([this](const std::string& octets) { print_beginning(octets); }),
      recogniser_(std::make_shared<Recogniser>(order.server.host)),
      tls_first_(order.server.security == client::Security::kTls),
      conversation_(
          loop, order.server, [this] { advance(); }, manners_of(order)),
      turn_(loop, [this] { send_next(); }) {
  heading(order);
}

client::Manners Delivery::manners_of(Order& order) {
  client::Manners manners = std::move(order.manners);
  manners.recognise = [recogniser = recogniser_](dialogue::Event& event) { recogniser->look_at(event); };
  return manners;
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
    path_.lost(core::Error{core::Blame::kPeer, {"what came is no reply", "收到的不是回复"}, {}, {}, "not-a-reply"});
  } else if (!conversation_.is_settled() && !path_.is_over()) {
    return;
  }
  turn_.start(std::chrono::milliseconds(0));  // not from inside the callback of the connection
}

void Delivery::send_next() {
  if (!conversation_.is_open() || conversation_.unsent() > 0) return;  // what the network has not taken yet has to wait
  const auto step = path_.next(conversation_.session());
  if (path_.is_over()) {
    conversation_.close();
    return;
  }
  if (!step) return;
  const std::string why = step->why.in(options_.language);
  if (!step->goes_on) printer_.step(++steps_, step->is_warning ? "! " + why : why);
  conversation_.send(step->bytes);
}

void Delivery::print_new() {
  const auto& events = conversation_.log().events();
  for (; printed_ < events.size(); ++printed_) {
    const dialogue::Event& event = events[printed_];
    if (event.kind == dialogue::Kind::kConnected) path_.connected(conversation_.client_name(), tls_first_);
    if (event.kind == dialogue::Kind::kSecured) path_.secured();
    if (event.kind == dialogue::Kind::kServer && event.reply && event.input) path_.answered(*event.input, *event.reply);
    if (event.kind == dialogue::Kind::kClient && event.input && event.input->is(protocol::Role::kContent)) {
      print_message(event);
      conversation_.forget_octets(printed_);
    } else {
      printer_.event(event, dialogue::auth_turn(conversation_.log(), event));
    }
  }
}

// Parts of it come one by one; the last one is answered.
void Delivery::print_message(const dialogue::Event& event) {
  excerpt_.add(options_.show_secrets ? event.bytes : core::mask(event.bytes, event.secrets));
  if (!event.bytes.ends_with("\r\n.\r\n") && event.bytes != ".\r\n") return;
  const Excerpt::Rest rest = excerpt_.take_rest();
  if (rest.left_out > 0) printer_.line("   … " + std::to_string(rest.left_out) + " " + say(Say::kLinesLeftOut));
  dialogue::Event end = event;
  end.bytes = rest.last;
  end.secrets.clear();
  for (protocol::Remark& remark : end.remarks) remark.where = {};
  printer_.event(end);
}

void Delivery::print_beginning(const std::string& octets) {
  dialogue::Event beginning;
  beginning.kind = dialogue::Kind::kClient;
  beginning.input = conversation_.protocol().input(protocol::Role::kContent);
  beginning.bytes = octets;
  for (const std::string& row : dialogue::text_lines(beginning)) printer_.line(row);
}

void Delivery::finish() {
  if (finished_) return;
  finished_ = true;
  turn_.stop();
  broken_ = conversation_.failure().has_value();
  path_.lost(conversation_.failure(), conversation_.unsent());
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
  const std::string stage = send::name(*outcome.stopped_at, options_.language);
  if (!outcome.delivered.empty()) {
    printer_.line(say(Say::kPartly) + " " + joined(outcome.delivered));
  } else {
    const bool is_refused = !outcome.lost && !outcome.refusals.empty();
    printer_.line(say(is_refused ? Say::kRefused : Say::kUnfinished) + std::string(client::colon(options_.language)) + stage);
  }
  for (const send::Refusal& refusal : outcome.refusals) print_refusal(refusal);
  if (outcome.error) {
    print_failure(*outcome.error);
  } else if (outcome.lost) {
    printer_.line(word(client::Word::kServerClosed));
  }
  if (outcome.in_doubt) printer_.line(say(Say::kInDoubt));
}

void Delivery::print_refusal(const send::Refusal& refusal) {
  const std::string who = refusal.recipient.empty() ? send::name(refusal.stage, options_.language)
                                                    : core::show_bytes(refusal.recipient) + " " + say(Say::kRecipientRefused);
  printer_.line("  " + who + std::string(client::colon(options_.language)) + first_line(refusal.reply));
}

void Delivery::print_failure(const core::Error& error) {
  const auto* const entry = knowledge_.failure(error.id);
  if (entry == nullptr) {
    printer_.line("  " + core::describe(error, options_.language));
    return;
  }
  printer_.line("  " + entry->what.in(options_.language));
  if (error.id == "tls-not-tls" && options_.has_file && !options_.security_is_named)
    printer_.line("  " + say(Say::kAddSecurity));
  if (broken_) return;  // how it came to that stands with the end of the connection, a few lines above
  const bool is_chinese = options_.language == core::Language::kChinese;
  if (!error.text.empty())
    printer_.line((is_chinese ? "  （" : "  (") + core::describe(error, options_.language) + (is_chinese ? "）" : ")"));
  printer_.line("  " + word(client::Word::kWhy) + "  " + entry->why.in(options_.language));
  printer_.line("  " + word(client::Word::kDo) + "  " + entry->fix.in(options_.language));
  // The words are those of `smtplab step`; here the same stands in the file.
  if (!options_.has_file) return;
  for (const std::string_view option : {"--security", "--server", "--port", "--user"}) {
    if (entry->fix.en.find(option) == std::string::npos) continue;
    printer_.line("  " + say(Say::kInTheFile));
    break;
  }
}

// The first cause: what came behind a refusal, or behind the delivery, changes nothing.
int Delivery::status() const {
  const send::Outcome& outcome = path_.outcome();
  if (!outcome.stopped_at) return client::kDone;
  // TLS that was asked for and did not come about is a failure of TLS, whether the server said so or the handshake did.
  return outcome.lost || outcome.stopped_at == send::Stage::kStarttls ? client::kNetwork : client::kFailed;
}

}  // namespace commands
