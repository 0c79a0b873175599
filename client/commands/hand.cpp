#include "client/commands/hand.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "client/base/options.h"
#include "client/labs/collection.h"
#include "client/labs/hand/asking.h"
#include "client/labs/hand/listening.h"
#include "client/labs/hand/replay.h"
#include "client/labs/hand/server.h"
#include "core/show.h"

namespace commands {
namespace {

int refuse(const core::Error& error, const HandOptions& options, std::ostream& err) {
  err << "smtplab: " << core::describe(error, options.language) << '\n';
  return client::kUsage;
}

core::Result<hand::Record> open_record(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf()))
    return core::fail(core::Blame::kInput, {"cannot be read", "读不了"}, core::show_bytes(name));
  return hand::read_record(text.str());
}

}  // namespace

std::string record_file(const HandOptions& options, const std::string& lab) {
  if (!options.record.empty()) return options.record;
  return std::filesystem::path(lab).stem().string() + ".record.json";
}

int work_by_hand(const HandOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
                 std::ostream& out, std::ostream& err) {
  std::optional<hand::Record> record;
  if (options.replay) {
    auto read = open_record(*options.replay);
    if (!read) return refuse(read.error(), options, err);
    record = std::move(*read);
  }
  const auto lab = lab::find(record && options.lab.empty() ? record->lab : options.lab);
  if (!lab) return refuse(lab.error(), options, err);
  const std::string file = record_file(options, lab->id);
  if (lab->kind == lab::Kind::kAnswer) {
    if (record) return hand::ask_again(*record, *lab, knowledge, options.language, out);
    return hand::ask(*lab, knowledge, {file, options.version, options.language}, out, err);
  }
  const auto server = hand::server_of(*lab, catalogue);
  if (!server) return refuse(server.error(), options, err);
  if (record) return hand::replay(*record, *lab, *server, knowledge, options.language, out, err);
  hand::ListenOptions listening;
  listening.port = options.port;
  listening.record = file;
  listening.seed = options.seed;
  listening.version = options.version;
  listening.language = options.language;
  return hand::listen(*lab, *server, knowledge, listening, out, err);
}

}  // namespace commands
