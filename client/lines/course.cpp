#include "client/lines/course.h"

#include <string_view>
#include <utility>
#include <vector>

#include "client/lines/narrator.h"
#include "client/stepper/identity.h"
#include "client/stepper/purpose.h"
#include "core/secret.h"
#include "core/show.h"

namespace lines {
namespace {

const scenario::Scenario* scenario_of(const client::Setup& setup) { return setup.scenario ? &*setup.scenario : nullptr; }

}  // namespace

Course::Course(const client::Setup& setup, const client::StepOptions& options, std::optional<std::deque<std::string>> script)
    : setup_(setup),
      language_(options.language),
      show_secrets_(options.show_secrets),
      is_by_line_(options.by_line),
      script_(std::move(script)),
      guide_(client::protocol_of(setup), scenario_of(setup), stepper::identity_of(options, scenario_of(setup))) {
  const bool is_led = script_ || setup.scenario || options.by_line;
  if (setup.server && !is_led) visit_.emplace(client::protocol_of(setup), !options.user.empty());
}

std::optional<Next> Course::next(const client::Conversation& talk, bool is_over) {
  if (is_over) return std::nullopt;
  if (script_) {
    if (script_->empty()) return std::nullopt;
    Next line{std::move(script_->front()), {}, {}, {}};
    script_->pop_front();
    return line;
  }
  std::vector<stepper::Proposal> proposals = guide_.proposals(talk.session(), talk.is_open());
  if (proposals.empty()) return std::nullopt;
  if (visit_ && !visit_->choose(proposals, talk.session())) return std::nullopt;
  // Beside the path only a person goes on.
  const bool is_of_path = !guide_.is_finished() && proposals.front().guided;
  if (!is_of_path && !visit_ && (!is_by_line_ || (guide_.has_steps() && guide_.is_finished()))) return std::nullopt;
  return next_of(proposals.front(), talk);
}

// What was tried and came to nothing is not tried for ever.
std::optional<Next> Course::next_connection(const client::Conversation& talk) const {
  if (script_ && script_->empty()) return std::nullopt;
  if (tried_ == guide_.position() || guide_.is_finished()) return std::nullopt;
  const std::vector<stepper::Proposal> proposals = guide_.proposals(talk.session(), false);
  return proposals.front().guided ? std::optional(next_of(proposals.front(), talk)) : std::nullopt;
}

Course::Pause Course::pause(const client::Conversation& talk) const {
  if (guide_.is_finished() || (script_ && script_->empty())) return {};
  const std::vector<stepper::Proposal> proposals = guide_.proposals(talk.session(), talk.is_open());
  if (proposals.empty()) return {};
  return {proposals.front().wait, script_ ? core::Text() : proposals.front().why};
}

void Course::take(const Next& next, const client::Conversation& talk) {
  tried_.reset();
  if (!next.connects) guide_.sent(next.bytes, talk.session());
}

void Course::follow(const dialogue::Event& event, const client::Conversation& talk) {
  if (event.kind == dialogue::Kind::kConnected) {
    guide_.connected();
    guide_.call(talk.client_name());
    if (connections_++ > 0) tried_ = guide_.position();
  }
  const bool is_answer = event.kind == dialogue::Kind::kServer && event.reply;
  if (is_answer && event.reply->outcome != protocol::Outcome::kNews) guide_.answered(*event.reply);
}

bool Course::is_complete(const client::Conversation& talk, bool all_sent) const {
  if (!script_ && setup_.scenario && !setup_.scenario->failure.empty()) return false;  // it has not been shown
  const protocol::ClientSession& session = talk.session();
  if (script_) return script_->empty() && session.awaited() == 0 && session.unfinished().empty() && !is_in_message(session);
  if (visit_) return visit_->is_complete();
  return all_sent || guide_.is_finished();
}

Next Course::next_of(const stepper::Proposal& proposal, const client::Conversation& talk) const {
  return {proposal.octets(talk.protocol()),
          why_of(proposal, talk),
          proposal.then,
          proposal.expect,
          proposal.connects(),
          proposal.server,
          true,
          shown(proposal, talk)};
}

core::Text Course::why_of(const stepper::Proposal& proposal, const client::Conversation& talk) const {
  if (!proposal.why.empty()) return proposal.why;
  const auto purpose = [&](core::Language language) {
    return stepper::purpose_of(proposal, talk.protocol(), talk.session(), talk.log(), setup_.knowledge, language);
  };
  return {purpose(core::Language::kEnglish), purpose(core::Language::kChinese)};
}

std::string Course::shown(const stepper::Proposal& proposal, const client::Conversation& talk) const {
  if (proposal.connects()) return stepper::connection_shown(proposal.server, scenario_of(setup_), language_);
  if (proposal.is_text() || show_secrets_) return proposal.text;
  const bool is_secret = proposal.is_secret || (talk.session().next_is_secret() && proposal.text != "*");
  if (is_secret) return std::string(core::kMask);
  return core::show_masked(proposal.text, talk.protocol().read_line(proposal.text).secrets);
}

}  // namespace lines
