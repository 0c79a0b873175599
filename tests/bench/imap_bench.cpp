// What IMAP tells of messages: worked out of their octets, and from the notes of a large mailbox.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <gmime/gmime.h>
#include <stdlib.h>

#include "imap/body_structure.h"
#include "imap/envelope.h"
#include "imap/search.h"
#include "imap/stored_message.h"
#include "mockserver/store/maildir_mailbox.h"
#include "tests/bench/beside.h"
#include "tests/bench/octets.h"

namespace {

std::string noted_letter(std::int64_t number) {
  return "Received: from mx.example.org (mx.example.org [192.0.2.1]) by mail.example.com; Mon, 1 Jan 2024 12:00:00 +0800\r\n"
         "Date: Mon, 1 Jan 2024 12:00:00 +0800\r\nFrom: Alice Liddell <alice@example.org>\r\n"
         "To: Bob <bob@example.com>, \"Carol (home)\" <carol@example.net>\r\nCc: dave@example.com\r\n"
         "Subject: =?utf-8?B?5L2g5aW9?= number " +
         std::to_string(number) + "\r\nMessage-ID: <" + std::to_string(number) +
         "@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"limit\"\r\n\r\n--limit\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n--limit\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Hello</p>\r\n--limit--\r\n";
}

std::string told_of(std::string_view message) {
  imap::TreeReader reader;
  reader.feed(message);
  const imap::MessageTree tree = reader.finish();
  std::string out;
  imap::append_envelope(out, tree.parts.front().fields);
  imap::append_body_structure(out, tree, imap::Extension::kWith);
  return out;
}

void parsed_by_gmime(std::string_view message) {
  GMimeStream* const stream = g_mime_stream_mem_new_with_buffer(message.data(), message.size());
  GMimeParser* const parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* const parsed = g_mime_parser_construct_message(parser, nullptr);
  benchmark::DoNotOptimize(parsed);
  g_object_unref(parsed);
  g_object_unref(parser);
  g_object_unref(stream);
}

void imap_structure(benchmark::State& state) {
  g_mime_init();
  const std::string message = noted_letter(1);
  bench::beside(state, "GMime", bench::times(1000, [&] { benchmark::DoNotOptimize(told_of(message)); }),
                bench::times(1000, [&] { parsed_by_gmime(message); }));
}
BENCHMARK(imap_structure)->UseManualTime();

void imap_large_attachment(benchmark::State& state) {
  const std::string message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n\r\n" +
                              bench::mail_data(std::size_t{16} << 20, 76, false) + "--b--\r\n";
  bench::beside(
      state, bench::kWalk, [&] { benchmark::DoNotOptimize(told_of(message)); },
      [&] { benchmark::DoNotOptimize(bench::count_line_ends(message)); });
  state.SetBytesProcessed(static_cast<std::int64_t>(message.size()) * state.iterations());
}
BENCHMARK(imap_large_attachment)->UseManualTime();

// A Maildir with so many messages, in memory where the system has a folder for that.
class NotedMessages {
 public:
  explicit NotedMessages(std::int64_t messages) {
    const std::string parent = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
    folder_ = parent + "/smtplab-bench-XXXXXX";
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
    for (const char* const part : {"/tmp", "/new", "/cur"}) std::filesystem::create_directory(folder_ + part);
    for (std::int64_t i = 1; i <= messages; ++i) {
      std::ofstream(folder_ + "/cur/" + std::to_string(i) + ".of.the.bench:2,S", std::ios::binary) << noted_letter(i);
    }
    mailbox_ = std::make_unique<store::MaildirMailbox>(folder_);
    inbox_ = *mailbox_->open(mailbox::FolderName::inbox());
    listing_ = *inbox_->list();
  }
  ~NotedMessages() {
    inbox_.reset();
    mailbox_.reset();
    std::filesystem::remove_all(folder_);
  }
  NotedMessages(const NotedMessages&) = delete;
  NotedMessages& operator=(const NotedMessages&) = delete;

  // What FETCH 1:* ENVELOPE says, thrown away in pieces as a session sends it.
  std::size_t envelopes() {
    std::size_t size = 0;
    std::string out;
    for (const mailbox::Entry& entry : listing_->entries) {
      if (!imap::StoredMessage(*inbox_, entry).append_envelope(out)) std::abort();
      if (out.size() < 65536) continue;
      size += out.size();
      out.clear();
    }
    return size + out.size();
  }

  std::size_t found(const imap::SearchKey& key) { return imap::search({*inbox_, *listing_, {}}, {"", key})->size(); }

  // The octets of the notes, read and nothing made of them.
  [[nodiscard]] std::size_t read_notes() const {
    std::ifstream file(folder_ + "/smtplab-notes", std::ios::binary);
    std::string piece(std::size_t{256} << 10, '\0');
    std::size_t size = 0;
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
      size += bench::count_line_ends(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    }
    return size;
  }

 private:
  std::string folder_;
  std::unique_ptr<store::MaildirMailbox> mailbox_;
  std::shared_ptr<mailbox::Folder> inbox_;
  mailbox::Snapshot listing_;
};

void imap_envelopes(benchmark::State& state) {
  NotedMessages many(state.range(0));
  many.envelopes();
  many.envelopes();  // those of the end are written, too
  bench::beside(
      state, "reading the notes", [&] { benchmark::DoNotOptimize(many.envelopes()); },
      [&] { benchmark::DoNotOptimize(many.read_notes()); });
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(imap_envelopes)->ArgName("messages")->Arg(100'000)->UseManualTime()->Unit(benchmark::kMillisecond);

void imap_search_of_listing(benchmark::State& state) {
  NotedMessages many(state.range(0));
  const imap::SearchKey seen{imap::SearchFlag{imap::SearchFlag::Flag::kSeen}};
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(many.found(seen));
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(imap_search_of_listing)->ArgName("messages")->Arg(10'000)->Unit(benchmark::kMicrosecond);

}  // namespace
