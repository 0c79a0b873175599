#include "mime/compose.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <gmime/gmime.h>

#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "mime/header.h"
#include "mime/library.h"
#include "mime/media_type.h"
#include "mime/owned.h"

namespace mime {
namespace {

constexpr const char* kCharset = "utf-8";
constexpr std::size_t kLongestLine = 76;  // more is legal (RFC 5322 §2.1.1: 78, at most 998), and wrapped all the same

core::Failure wrong(core::Text text, core::Part place, core::Text hint = {}) {
  return core::fail(core::Blame::kInput, std::move(text), std::move(place), std::move(hint));
}

core::Result<void> check_utf8(std::string_view text, const std::string& place) {
  const std::string_view whole = text;
  while (!text.empty()) {
    const std::size_t length = core::utf8_sequence_length(text);
    if (length == 0) {
      return wrong(core::phrase("octet {0} is not UTF-8", "第 {0} 个字节不是 UTF-8", {whole.size() - text.size()}), place,
                   {"save the text as UTF-8", "把文本存成 UTF-8"});
    }
    text.remove_prefix(length);
  }
  return {};
}

// What stands in a header is one line: another one in it would be a header of its own.
core::Result<void> check_header(std::string_view text, const std::string& place) {
  const auto bad = std::find_if(text.begin(), text.end(),
                                [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
  if (bad != text.end()) {
    return wrong(core::phrase("'{0}' has a line end or another control character in it", "'{0}' 里有换行或别的控制字符",
                              {core::show_bytes(text)}),
                 place, {"leave it out", "把它去掉"});
  }
  return check_utf8(text, place);
}

core::Result<void> check(const Message& message) {
  if (message.to.empty()) return wrong({"there is nobody to send it to", "没有收件人"}, "receiver");
  if (auto ok = check_header(message.subject, "subject"); !ok) return ok;
  if (auto ok = check_header(message.id, "message id"); !ok) return ok;
  if (auto ok = check_utf8(message.body, "body"); !ok) return ok;
  std::vector<std::pair<std::string_view, const char*>> headers{{message.from.name, "sender"},
                                                                {message.from.mailbox, "sender"}};
  for (const Address& one : message.to) {
    headers.emplace_back(one.name, "receiver");
    headers.emplace_back(one.mailbox, "receiver");
  }
  for (const Attachment& one : message.attachments) {
    headers.emplace_back(one.name, "attachment");
    headers.emplace_back(one.type, "attachment");
  }
  for (const auto& [text, place] : headers) {
    if (auto ok = check_header(text, place); !ok) return ok;
  }
  return {};
}

// Every line end as LF: GMime makes CRLF of it on the way out.
std::string with_lf(std::string_view text) { return core::replace_all(core::replace_all(text, "\r\n", "\n"), "\r", "\n"); }

// The plainest way in which a text arrives unchanged: as it is, with the few odd octets spelt out, or as a whole in base64.
GMimeContentEncoding encoding_for(std::string_view body) {
  std::size_t odd = 0;
  std::size_t column = 0;
  bool is_long = false;
  for (const char c : body) {
    const auto octet = static_cast<unsigned char>(c);
    column = c == '\n' ? 0 : column + 1;
    is_long = is_long || column > kLongestLine;
    if (octet >= 0x7f || (octet < 0x20 && c != '\n' && c != '\t')) ++odd;
  }
  if (odd == 0 && !is_long) return GMIME_CONTENT_ENCODING_7BIT;
  return odd * 4 > body.size() ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

void set_content(GMimePart* part, std::string_view octets, GMimeContentEncoding encoding) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(octets.data(), octets.size()));
  const Owned<GMimeDataWrapper> content(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, content.get());
  g_mime_part_set_content_encoding(part, encoding);
}

Owned<GMimeObject> text_part(const std::string& text) {
  GMimeTextPart* const part = g_mime_text_part_new();
  std::string body = with_lf(text);
  if (!body.empty() && !body.ends_with('\n')) body += '\n';
  const GMimeContentEncoding encoding = encoding_for(body);
  g_mime_text_part_set_charset(part, core::is_ascii(body) ? "us-ascii" : kCharset);
  // In base64 nobody mends line ends on the way, so a text has its CRLFs inside (RFC 2045 §6.8).
  if (encoding == GMIME_CONTENT_ENCODING_BASE64) body = core::replace_all(body, "\n", "\r\n");
  set_content(GMIME_PART(part), body, encoding);
  return Owned<GMimeObject>(GMIME_OBJECT(part));
}

// The header of an attachment's part, with the empty line behind it.
core::Result<std::string> attachment_header(const Attachment& attachment) {
  const std::string type = attachment.type.empty() ? guess_type(attachment.name, attachment.octets) : attachment.type;
  const Owned<GMimeContentType> parsed(g_mime_content_type_parse(nullptr, type.c_str()));
  if (!parsed || type.find('/') == std::string::npos)
    return wrong(core::phrase("'{0}' is no type", "'{0}' 不是媒体类型", {core::show_bytes(type)}), attachment.name);
  return parameter_field("Content-Type", type, "name", attachment.name) +
         parameter_field("Content-Disposition", "attachment", "filename", attachment.name) +
         "Content-Transfer-Encoding: base64\r\n\r\n";
}

// "=_" stands in no line of quoted-printable or base64 (RFC 2045 §6.7); a plain body may hold anything.
std::string boundary_for(const std::string& body) {
  std::size_t number = 1;
  std::string boundary = "=_smtplab_1";
  while (body.find("--" + boundary) != std::string::npos) boundary = "=_smtplab_" + std::to_string(++number);
  return boundary;
}

// date-time = [ day-of-week "," ] date time (RFC 5322 §3.3)
std::string date_text(const Message& message) {
  const Owned<GDateTime> utc(g_date_time_new_from_unix_utc(message.date.time_since_epoch().count()));
  const Owned<GTimeZone> zone(
      g_time_zone_new_offset(static_cast<gint32>(std::chrono::duration_cast<std::chrono::seconds>(message.zone).count())));
  const Owned<GDateTime> local(g_date_time_to_timezone(utc.get(), zone.get()));
  const std::unique_ptr<char, decltype(&g_free)> text(g_mime_utils_header_format_date(local.get()), &g_free);
  return text.get();
}

std::string octets_of(GMimeObject* object) {
  const Owned<GMimeFormatOptions> format(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, format.get(), stream.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

// The fields of the message are our own, since GMime's encoded-words get too long for RFC 2047 §2.
std::string fields_of(const Message& message) {
  return address_field("From", {message.from}) + address_field("To", message.to) + text_field("Subject", message.subject) +
         text_field("Date", date_text(message)) + text_field("Message-ID", "<" + message.id + ">") + "MIME-Version: 1.0\r\n";
}

std::string with_line_end(const std::string& text) { return text.ends_with("\r\n") ? text : text + "\r\n"; }

}  // namespace

std::string base64_lines(std::string_view octets) {
  std::string out;
  out.reserve(base64_lines_size(octets.size()));
  for (; !octets.empty(); octets.remove_prefix(std::min(kOctetsOfLine, octets.size()))) {
    out += core::base64_encode(octets.substr(0, kOctetsOfLine));
    out += "\r\n";
  }
  return out;
}

std::size_t base64_lines_size(std::size_t octets) {
  const std::size_t rest = octets % kOctetsOfLine;
  return octets / kOctetsOfLine * 78 + (rest > 0 ? (rest + 2) / 3 * 4 + 2 : 0);
}

core::Result<std::vector<Piece>> outline(const Message& message) {
  if (auto ok = check(message); !ok) return core::Failure(ok.error());
  start_library();
  const std::string text = with_line_end(octets_of(text_part(message.body).get()));
  if (message.attachments.empty()) return std::vector<Piece>{{fields_of(message) + text}};
  const std::string boundary = boundary_for(message.body);
  const std::string line = "--" + boundary + "\r\n";
  std::vector<Piece> pieces{{fields_of(message) + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n" +
                             line + text + "\r\n" + line}};
  for (std::size_t i = 0; i < message.attachments.size(); ++i) {
    const auto header = attachment_header(message.attachments[i]);
    if (!header) return core::Failure(header.error());
    pieces.back().text += *header;
    pieces.back().attachment = i;
    const bool is_last = i + 1 == message.attachments.size();
    pieces.push_back({"\r\n" + (is_last ? "--" + boundary + "--\r\n" : line)});
  }
  return pieces;
}

core::Result<std::string> compose(const Message& message) {
  const auto pieces = outline(message);
  if (!pieces) return core::Failure(pieces.error());
  std::string out;
  for (const Piece& piece : *pieces) {
    out += piece.text;
    if (piece.attachment) out += base64_lines(message.attachments[*piece.attachment].octets);
  }
  return out;
}

}  // namespace mime
