#include "client/by_hand.h"

#include <iostream>
#include <utility>

#include "client/conversation/complain.h"
#include "client/interactive.h"
#include "client/labs/collection.h"
#include "client/labs/hand/beside.h"
#include "client/labs/hand/clock.h"
#include "client/labs/hand/server.h"
#include "client/labs/hand/told.h"
#include "mockserver/output_files.h"

namespace client {

int lab_on_screen(const commands::HandOptions& options, StepOptions stepping, const scenario::Catalogue& catalogue,
                  const knowledge::Knowledge& knowledge) {
  const auto refuse = [&](const core::Error& error) {
    complain(error, options.language, std::cerr);
    return kUsage;
  };
  const auto lab = lab::find(options.lab);
  if (!lab) return refuse(lab.error());
  if (lab->kind == lab::Kind::kAnswer) return commands::work_by_hand(options, catalogue, knowledge, std::cout, std::cerr);
  const auto server = hand::server_of(*lab, catalogue);
  if (!server) return refuse(server.error());
  stepping.scenario = lab->trials.front().server;
  stepping.probes = lab->trials.front().probes;
  hand::Beside beside(*lab, *server, knowledge,
                      {lab->id, server->id, options.seed, options.version, hand::now_in_utc(), {}, {}, {}});
  beside.ask(options.language, std::cin, std::cout);
  if (const int status = run_lab(stepping, options.seed, beside); status != kDone) return status;
  const std::string file = commands::record_file(options, lab->id);
  const hand::Record record = beside.record();
  if (const auto written = mockserver::write_whole(file, hand::as_json(record)); !written) return refuse(written.error());
  for (const std::string& line : hand::tasks_told(beside.desk(), options.language)) std::cout << line << '\n';
  if (const core::Text origins = hand::origins_told(record); !origins.empty())
    std::cout << origins.in(options.language) << '\n';
  std::cout << hand::record_told(file).in(options.language) << '\n';
  return beside.desk().is_finished() ? kDone : kFailed;
}

}  // namespace client
