// What GMime and GLib give us to own, freed as each wants it. Internal to mime/.
#pragma once

#include <memory>

#include <gmime/gmime.h>

namespace mime {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
  void operator()(GDateTime* date) const { g_date_time_unref(date); }
  void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};

template <typename T>
using Owned = std::unique_ptr<T, Unref>;

}  // namespace mime
