#include "client/commands/check.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <nlohmann/json.hpp>

#include "client/base/options.h"
#include "client/commands/printer.h"
#include "client/explain/secrets.h"
#include "client/labs/collection.h"
#include "client/labs/grading.h"
#include "client/labs/python_call.h"
#include "client/labs/reports/requests.h"
#include "core/show.h"

namespace commands {
namespace {

int complain(const core::Error& error, core::Language language, std::ostream& err) {
  err << "smtplab: " << core::describe(error, language) << '\n';
  return error.blame == core::Blame::kSystem ? client::kNetwork : client::kUsage;
}

core::Text kind_words(lab::Kind kind) {
  switch (kind) {
    case lab::Kind::kProgram: return {"program", "程序"};
    case lab::Kind::kServer: return {"server", "服务器"};
    case lab::Kind::kHand: return {"by hand", "手动"};
    case lab::Kind::kAnswer: return {"questions", "问答"};
  }
  return {};
}

core::Failure not_for_programs(const lab::Lab& lab) {
  return core::fail(core::Blame::kInput, core::phrase("lab '{0}' marks no client: {1}", "实验 '{0}' 不给客户端程序评分：{1}",
                                                      {core::show_bytes(lab.id), kind_words(lab.kind)}));
}

core::Result<lab::Sheet> mark(const CheckOptions& options, const scenario::Catalogue& catalogue,
                              const knowledge::Knowledge& knowledge) {
  const auto lab = lab::find(options.lab);
  if (!lab) return core::Failure(lab.error());
  if (lab->kind != lab::Kind::kProgram && lab->kind != lab::Kind::kServer) return not_for_programs(*lab);
  lab::Submission submission;
  submission.command = options.command;
  if (options.python) {
    auto call = lab::python_call(*options.python, *lab);
    if (!call) return core::Failure(call.error());
    submission.command = std::move(*call);
  }
  if (submission.command.empty())
    return core::fail(core::Blame::kInput, {"there is no program to be marked", "没有要评分的程序"}, {},
                      {"write it behind --, or --python FILE:FUNCTION", "写在 -- 后面，或用 --python 文件:函数"});
  submission.folder = std::filesystem::current_path().string();
  submission.smtplab = options.smtplab;
  submission.seed = options.seed;
  if (options.time) submission.time = *options.time;
  auto sheet = lab::grade(*lab, submission, catalogue, knowledge);
  if (!sheet) return sheet;
  if (options.python) {
    sheet->command = {"--python", *options.python};
  } else if (sheet->command.empty()) {  // it was never run
    sheet->command = explain::without_secrets(options.command);
  }
  sheet->seed = options.seed;
  sheet->version = options.version;
  return sheet;
}

}  // namespace

int list_labs(bool as_json, core::Language language, std::ostream& out, std::ostream& err) {
  const auto labs = lab::built_in();
  if (!labs) return complain(labs.error(), language, err);
  if (!as_json) {
    for (const lab::Lab& lab : *labs) {
      std::string number = std::to_string(lab.number);
      number.insert(0, number.size() < 2 ? 1 : 0, ' ');
      std::string id = lab.id;
      id.resize(std::max<std::size_t>(id.size(), 20), ' ');
      out << number << "  " << id << "  " << lab.title.in(language) << " (" << kind_words(lab.kind).in(language) << ")\n";
    }
    return client::kDone;
  }
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const lab::Lab& lab : *labs) {
    nlohmann::ordered_json one;
    one["id"] = lab.id;
    one["number"] = lab.number;
    one["kind"] = lab::name(lab.kind);
    one["title"] = lab.title.in(language);
    one["task"] = lab.task.in(language);
    one["given"] = nlohmann::ordered_json(lab.given);
    one["checks"] = nlohmann::ordered_json::array();
    for (const lab::Check& check : lab.checks) {
      one["checks"].push_back({{"name", check.name},
                               {"kind", lab::name(check.kind)},
                               {"points", check.kind == lab::CheckKind::kMust ? check.points : 0},
                               {"title", check.title.in(language)}});
    }
    all.push_back(std::move(one));
  }
  out << all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  return client::kDone;
}

int check_program(const CheckOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
                  std::ostream& out, std::ostream& err) {
  const auto requests = reports::parse_reports(options.report);
  if (!requests) return complain(requests.error(), options.language, err);
  const auto sheet = mark(options, catalogue, knowledge);
  if (!sheet) return complain(sheet.error(), options.language, err);
  const auto text = reports::write_reports(*requests, *sheet, options.language);
  if (!text) return complain(text.error(), options.language, err);
  out << *text;
  const bool is_well = sheet->verdict == lab::Verdict::kFull || sheet->verdict == lab::Verdict::kPassWithNotes;
  return is_well ? client::kDone : client::kFailed;
}

}  // namespace commands
