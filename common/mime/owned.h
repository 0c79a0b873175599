// What GMime and GLib give us to own, freed as each wants it. Internal to mime/.
#pragma once

#include <memory>

struct _GDateTime;
struct _GTimeZone;
struct _GMimeFormatOptions;

namespace mime {

struct Unref {
  void operator()(void* object) const;  // any GObject: all of GMime's own types but options
  void operator()(_GDateTime* date) const;
  void operator()(_GTimeZone* zone) const;
  void operator()(_GMimeFormatOptions* options) const;
};

template <typename T>
using Owned = std::unique_ptr<T, Unref>;

}  // namespace mime
