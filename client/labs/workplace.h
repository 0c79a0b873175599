// A fresh copy of a folder, which is gone when its owner is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/text.h"

namespace lab {

class Workplace {
 public:
  // Files, folders and symbolic links as they are; not the histories of version control. Errors: it cannot be copied (kSystem),
  // or holds more than a submission does (kInput).
  static core::Result<Workplace> copy_of(const std::string& folder);
  static core::Result<Workplace> empty();
  ~Workplace();
  Workplace(Workplace&& other) noexcept;
  Workplace& operator=(Workplace&&) = delete;
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  // A file of this name where there is none yet; true: the content there is this one.
  bool give(const std::string& name, const std::string& content) const;
  // The octets of a file in it, at most as many as a source has; empty: there is none.
  [[nodiscard]] std::string content(const std::string& name) const;
  // The octets of all its files, one behind the other, those that were changed last at the end; of each as content().
  [[nodiscard]] std::string contents() const;
  // The first line of a source that has this, letter case aside: "client.py, line 3". Nothing: none has.
  [[nodiscard]] std::optional<core::Text> place_of(std::string_view words) const;
  // Whether a source of the submission says this.
  [[nodiscard]] bool mentions(const std::string& words) const;

 private:
  explicit Workplace(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty: somebody else has it now
};

}  // namespace lab
