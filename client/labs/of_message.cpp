// Conditions on the messages that were accepted.
#include <algorithm>
#include <set>

#include "client/labs/held.h"
#include "client/labs/meant_parts.h"
#include "core/show.h"
#include "mime/content.h"
#include "mime/read.h"

namespace lab {
namespace {

// Lines ended by LF, without empty ones at the end.
std::string comparable(std::string_view text) {
  std::string plain = core::replace_all(core::replace_all(text, "\r\n", "\n"), "\r", "\n");
  while (plain.ends_with('\n')) plain.pop_back();
  return plain;
}

Held differs(core::Text reason, std::string_view expected, std::string_view actual) {
  Held held = no(std::move(reason));
  held.expected = expected;
  held.actual = actual;
  return held;
}

Held none_accepted() { return no({"no message was accepted", "没有邮件被收下"}); }

std::set<std::string> addresses(const Values& values) {
  std::set<std::string> all;
  for (const std::string& value : values) {
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      if (const std::string_view one = core::trim(rest.substr(0, comma)); !one.empty()) all.insert(core::to_lower(one));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  return all;
}

std::string joined(const std::set<std::string>& all) {
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : ", ") + core::show_bytes(one);
  return text.empty() ? "-" : text;
}

}  // namespace

Held look_accepted(const Values& values, const Evidence& evidence) {
  const std::size_t count = evidence.messages.size();
  if (parse_range(values.front())->has(count)) return yes();
  Held held =
      count == 0
          ? none_accepted()
          : no(core::phrase("{0} messages were accepted, and not {1}", "收下了 {0} 封邮件，应为 {1}", {count, values.front()}));
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    const program::Visit& visit = evidence.visits[at];
    if (count != 0 || !visit.refused_by) continue;
    held.reason =
        core::phrase("no message was accepted; the server said: {0}", "没有邮件被收下，服务器说：{0}", {*visit.refused_by});
    held.visit = at;
  }
  return held;
}

Held look_sender(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  for (const auto& message : evidence.messages) {
    if (!core::matches_glob(message->reverse_path, values.front()))
      return differs({"the sender of the envelope is another one", "信封的发件人不对"}, values.front(),
                     core::show_bytes(message->reverse_path));
  }
  return yes();
}

Held look_recipients(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  std::set<std::string> got;
  for (const auto& message : evidence.messages) {
    for (const std::string& path : message->forward_paths) got.insert(core::to_lower(path));
  }
  if (const auto range = parse_range(values.front()); range && values.size() == 1) {
    if (range->has(got.size())) return yes();
    return no(
        core::phrase("the recipients are {0} people, and not {1}", "收件人有 {0} 个，应为 {1}", {got.size(), values.front()}));
  }
  const std::set<std::string> wanted = addresses(values);
  if (got == wanted) return yes();
  return differs({"the recipients of the envelope are others", "信封的收件人不对"}, joined(wanted), joined(got));
}

Held look_recipients_each(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  for (const auto& message : evidence.messages) {
    const std::size_t count = message->forward_paths.size();
    if (!parse_range(values.front())->has(count))
      return no(core::phrase("a message has {0} recipients, and not {1}", "有一封信有 {0} 个收件人，应为 {1}",
                             {count, values.front()}));
  }
  return yes();
}

Held look_people(const Values& values, const Evidence& evidence) {
  if (!evidence.told.contains("file:" + values.front())) return yes();
  if (evidence.messages.empty()) return none_accepted();
  const auto file = std::find_if(evidence.files.begin(), evidence.files.end(),
                                 [&](const GivenFile& one) { return one.name == values.front(); });
  const std::set<std::string> listed =
      file == evidence.files.end() ? std::set<std::string>{} : addresses({core::replace_all(file->content, "\n", ",")});
  std::set<std::string> met;
  for (const auto& message : evidence.messages) {
    std::vector<std::string> people = message->forward_paths;
    people.push_back(message->reverse_path);
    for (const std::string& one : people) {
      const std::string address = core::to_lower(one);
      if (!listed.contains(address))
        return no(core::phrase("{0} does not stand in {1}", "{1} 里没有 {0}", {core::show_bytes(one), values.front()}));
      if (!met.insert(address).second)
        return no(core::phrase("{0} is in two groups", "{0} 出现在两个组里", {core::show_bytes(one)}));
    }
  }
  return yes();
}

Held look_subject(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  std::string last;
  for (const auto& message : evidence.messages) {
    for (const mime::Field& field : mime::read_fields(message->content)) {
      if (!core::equals_ignoring_case(field.name, "Subject")) continue;
      if (field.value == values.front()) return yes();
      last = field.value;
    }
  }
  return differs({"the subject, decoded, is another one", "主题解码后不对"}, values.front(), last);
}

Held look_text(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  const std::string wanted = comparable(values.front());
  std::string last;
  for (const auto& message : evidence.messages) {
    last = comparable(mime::read_content(message->content).text);
    if (last == wanted) return yes();
  }
  return differs({"the text that arrived is not the one that was given", "收到的正文和给定的不一样"}, wanted, last);
}

Held look_attachment(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  for (const std::string& name : values) {
    const auto file =
        std::find_if(evidence.files.begin(), evidence.files.end(), [&](const GivenFile& one) { return one.name == name; });
    const bool is_told = evidence.told.contains(name);
    const auto fits = [&](const mime::Enclosed& part) {
      if (is_told && file != evidence.files.end()) return mime::octets_of(part) == file->content;
      return !mime::octets_of(part).empty();
    };
    bool has_any = false;
    const bool is_there = std::any_of(evidence.messages.begin(), evidence.messages.end(), [&](const auto& message) {
      const std::string meant = with_meant_boundary(message->content);
      const mime::Content content = mime::read_content(meant);
      has_any = has_any || !content.enclosed.empty();
      return std::any_of(content.enclosed.begin(), content.enclosed.end(), fits);
    });
    if (is_there) continue;
    if (has_any)
      return no(core::phrase("what is attached does not decode to {0}", "附件解码后不是 {0}", {core::show_bytes(name)}));
    return no({"nothing is attached", "没有附件"});
  }
  return yes();
}

Held look_parts(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  for (const auto& message : evidence.messages) {
    const std::string meant = with_meant_boundary(message->content);
    const mime::Content content = mime::read_content(meant);
    const std::size_t count = content.enclosed.size() + (content.text.empty() ? 0 : 1);
    if (!parse_range(values.front())->has(count))
      return no(
          core::phrase("a message has {0} parts, and not {1}", "有一封信有 {0} 个部分，应为 {1}", {count, values.front()}));
  }
  return yes();
}

Held look_field(const Values& values, const Evidence& evidence) {
  if (evidence.messages.empty()) return none_accepted();
  for (const auto& message : evidence.messages) {
    const std::vector<mime::Field> fields = mime::read_fields(message->content);
    for (const std::string& name : values) {
      const bool is_there = std::any_of(fields.begin(), fields.end(), [&](const mime::Field& field) {
        return core::equals_ignoring_case(field.name, name) && !field.value.empty();
      });
      if (!is_there) return no(core::phrase("the header has no {0}", "信头里没有 {0}", {name}));
    }
  }
  return yes();
}

Held look_field_lacks(const Values& values, const Evidence& evidence) {
  for (const auto& message : evidence.messages) {
    for (const mime::Field& field : mime::read_fields(message->content)) {
      if (!core::matches_glob(field.name, values.front())) continue;
      const bool has = values.size() == 1 || std::any_of(values.begin() + 1, values.end(), [&](const std::string& pattern) {
                         return core::matches_glob(field.value, "*" + pattern + "*");
                       });
      if (has)
        return no(core::phrase("the field {0} has what must not stand there", "{0} 字段里有不该出现的内容",
                               {core::show_bytes(field.name)}));
    }
  }
  return yes();
}

}  // namespace lab
