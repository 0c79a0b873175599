#include "client/fetch/mail.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "tests/fetch/folder.h"

namespace {

namespace fs = std::filesystem;

const fs::path kMails = fs::path(SMTPLAB_SOURCE) / "tests/golden/fetch";

std::string octets_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> mails() {
  std::vector<fs::path> found;
  for (const auto& one : fs::directory_iterator(kMails)) {
    if (one.path().extension() == ".eml") found.push_back(one.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

// Each NAME.eml, its lines ended by CRLF, is NAME.json. UPDATE_GOLDEN=1 writes these anew.
TEST_CASE("fetch mail: odd ones of every kind") {
  const std::vector<fs::path> found = mails();
  REQUIRE(found.size() > 20);
  for (const fs::path& path : found) {
    CAPTURE(path.filename().string());
    const fetch_test::Folder folder;
    const auto saved = fetch::AttachmentFolder::open(folder.at("files"));
    REQUIRE(saved.has_value());
    const auto mail = fetch::read_mail(core::replace_all(octets_of(path), "\n", "\r\n"), false, &*saved);
    REQUIRE(mail.has_value());
    CHECK(mail->json.find('\n') == std::string::npos);
    const auto json = nlohmann::ordered_json::parse(mail->json);
    const std::string text = json.dump(2, ' ', false) + "\n";
    const fs::path golden = fs::path(path).replace_extension(".json");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << text;
    CHECK(text == octets_of(golden));
    for (const auto& one : json["Attachments"]) {
      CHECK(fs::is_regular_file(folder.path / "files" / one["Saved"].get<std::string>()));
    }
    CHECK(std::distance(fs::recursive_directory_iterator(folder.path / "files"), {}) ==
          static_cast<std::ptrdiff_t>(json["Attachments"].size()));
  }
}

TEST_CASE("fetch mail: one that was cut says so, and saves nothing") {
  const fetch_test::Folder folder;
  const auto saved = fetch::AttachmentFolder::open(folder.at("files"));
  const auto mail = fetch::read_mail("Content-Type: image/png; name=a.png\r\n\r\nPN", true, &*saved);
  REQUIRE(mail.has_value());
  CHECK(nlohmann::json::parse(mail->json)["Truncated"] == true);
  CHECK(fs::is_empty(folder.path / "files"));
}
