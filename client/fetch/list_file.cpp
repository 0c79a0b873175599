#include "client/fetch/list_file.h"

#include <array>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace fetch {
namespace {

using Json = nlohmann::ordered_json;

// The next octet of JSON that says something; 0: there is none.
char next_octet(std::ifstream& file) {
  char c = 0;
  while (file.get(c)) {
    if (std::string_view(" \t\r\n\xEF\xBB\xBF").find(c) == std::string_view::npos) return c;
  }
  return 0;
}

// Keeps the texts of the first object in a list, and then wants no more.
class FirstObject final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& value) override {
    if (depth_ == 2) texts[key_] = value;
    return true;
  }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool key(string_t& name) override {
    if (depth_ == 2) key_ = name;
    return true;
  }
  bool end_object() override {
    is_whole = is_whole || depth_ == 2;
    return --depth_ > 1;
  }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return --depth_ > 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  std::unordered_map<std::string, std::string> texts;
  bool is_whole = false;

 private:
  std::size_t depth_ = 0;
  std::string key_;
};

}  // namespace

bool is_list(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return next_octet(file) == '[' && file.seekg(0) && Json::accept(file);
}

ListFile::ListFile(const std::string& path) : file_(path, std::ios::binary) {
  if (next_octet(file_) == '[') go_to_next();
}

void ListFile::go_to_next() {
  const char c = next_octet(file_);
  has_next_ = c != ']' && c != 0;
  if (has_next_) file_.unget();
}

// Up to the comma or bracket behind it, which stands in no string and in no brackets of its own.
std::string ListFile::next() {
  std::string element;
  std::size_t depth = 0;
  bool in_string = false;
  char c = 0;
  has_next_ = false;
  while (file_.get(c)) {
    if (!in_string && depth == 0 && (c == ',' || c == ']')) {
      if (c == ',') go_to_next();
      break;
    }
    element += c;
    if (in_string) {
      if (c == '\\') {
        if (file_.get(c)) element += c;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  element.erase(element.find_last_not_of(" \t\r\n") + 1);
  return element;
}

core::Result<std::size_t> ListFile::copy_rest(Output& to) {
  std::size_t size = 0;
  std::array<char, std::size_t{64} * 1024> piece{};
  while (file_.read(piece.data(), piece.size()) || file_.gcount() > 0) {
    const std::string_view octets(piece.data(), static_cast<std::size_t>(file_.gcount()));
    if (const auto done = to.write(octets); !done) return core::Failure(done.error());
    size += octets.size();
  }
  return size;
}

std::optional<std::unordered_map<std::string, std::string>> first_mail(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  FirstObject first;
  Json::sax_parse(file, &first);
  return first.is_whole ? std::optional(std::move(first.texts)) : std::nullopt;
}

}  // namespace fetch
